import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { withServers } from '../../bench/harness/with-servers.js';
import { testToken } from '../support/client.js';
import { TestPlatform } from '../support/platform.js';
import { createDataset, startedJob } from '../support/training.js';

/**
 * `npm run drill:board`: the queue board in a real browser (Debian's package `chromium`), with the queue in PostgreSQL
 * and in Redis. An admin has to see a job that runs, and everybody else nothing. Leaves a picture of each board.
 */
const CHROMIUM = '/usr/bin/chromium';
// Nothing but the page: no updates, no questions to anybody; root has no sandbox.
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 20_000;

type Seen = [who: string, what: string, isRight: boolean];

/** What the page comes to show to whoever logs in with this token; `ready`: how its text is known to be whole. */
async function seenBy(
  browser: Browser,
  origin: string,
  token: string | null,
  ready: string,
  picture?: string,
): Promise<string> {
  const credentials = token === null ? {} : { httpCredentials: { username: 'admin', password: token } };
  const context = await browser.newContext({ ...credentials, viewport: { width: 1_280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/admin/queues/queue/training?status=active`, { waitUntil: 'domcontentloaded' });
    await page.getByText(ready).first().waitFor({ timeout: PATIENCE_MS });
    if (picture !== undefined) await page.screenshot({ path: picture });
    return await page.innerText('body');
  } finally {
    await context.close();
  }
}

async function drill(browser: Browser, backend: 'postgres' | 'redis'): Promise<Seen[]> {
  if (backend === 'redis') process.env.TEST_QUEUE = 'redis';
  else delete process.env.TEST_QUEUE;
  const platform = await TestPlatform.start();
  try {
    const { client } = platform;
    const running = await startedJob(client, await createDataset(client), { simulation: { epochMs: 60_000 } });
    await platform.holderOf(running);
    // What a browser that cannot ask for a password says is what it would have asked with.
    const look = (token: string | null, ready: string, picture?: string) =>
      seenBy(browser, client.origin, token, ready, picture).catch(
        ({ message }: Error) => /net::\w+/.exec(message)?.[0] ?? '',
      );
    const board = await look(testToken(), running, path.resolve('.cache', 'drills', `board-${backend}.png`));
    const viewer = await look(testToken({ roles: ['viewer'] }), 'role_required');
    const foreign = await look(testToken({ tenant: 'other' }), 'operators_only');
    const nobody = await look(null, 'token_missing');
    const refused = (text: string, code: string) => text.includes(code) && !text.includes(running);
    return [
      ['an admin sees', `${running}, active`, /\bactive\s+1\b/i.test(board) && board.includes(`${running}-g`)],
      ['a viewer sees', '403 role_required', refused(viewer, 'role_required')],
      ['an admin of another tenant sees', '403 operators_only', refused(foreign, 'operators_only')],
      ['nobody', 'is asked for a password', refused(nobody, 'ERR_INVALID_AUTH_CREDENTIALS')],
    ];
  } finally {
    await platform.stop();
  }
}

await withServers(async () => {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  console.log(`Chromium ${browser.version()}`);
  try {
    for (const backend of ['postgres', 'redis'] as const) {
      for (const [who, what, isRight] of await drill(browser, backend)) {
        console.log(`${isRight ? 'right' : 'WRONG'}  ${backend}: ${who} ${what}`);
        if (!isRight) process.exitCode = 1;
      }
    }
  } finally {
    await browser.close();
  }
});
