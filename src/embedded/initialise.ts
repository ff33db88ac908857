import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, type ServerUser } from './run.js';

/** The superuser of the embedded server, and the only user. */
export const SUPERUSER = 'postgres';

const DRAFT = 'draft-';

export interface Initialisation {
  initdb: string;
  data: string;
  password: string;
  user: ServerUser | undefined;
}

/** Makes the data folder unless it is there: beside its place and then renamed, so that there is never half of one. */
export async function initialise({ initdb, data, password, user }: Initialisation): Promise<void> {
  const around = path.dirname(data);
  await removeDrafts(around);
  if (await exists(data)) return;

  const draft = path.join(around, `${DRAFT}${randomBytes(4).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (user) await Promise.all([draft, passwordFile].map((file) => chown(file, user.uid, user.gid)));
    const parameters = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${SUPERUSER}`];
    const { code, output } = await run(initdb, [...parameters, `--pwfile=${passwordFile}`, `--pgdata=${draft}`], {
      user,
    });
    if (code !== 0) throw new Error(`initdb failed (exit code ${code}): ${output}`);
    await rename(draft, data);
  } finally {
    await removeDrafts(around);
  }
}

/**
 * Those of an initdb that was interrupted. Whoever calls holds the folder's lock: nobody else is at it, except for an
 * initdb that outlived its parent and still writes while its folder is taken away; hence the tries.
 */
async function removeDrafts(around: string): Promise<void> {
  const drafts = (await readdir(around)).filter((name) => name.startsWith(DRAFT));
  const tries = { maxRetries: 20, retryDelay: 100 };
  await Promise.all(drafts.map((name) => rm(path.join(around, name), { recursive: true, force: true, ...tries })));
}

const exists = (file: string) => stat(file).then(Boolean, () => false);
