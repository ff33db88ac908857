import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { schema } from '../src/config/schema.js';
import { SECRETS } from '../src/config/secret-files.js';
import { ENTITIES } from '../src/database/entities.js';

const PAGE = readFileSync('docs/inventory.md', 'utf8');

/** The text between a heading and the next one of its level. */
function section(title: string): string {
  const [, text] = PAGE.split(`\n## ${title}\n`);
  return text!.split('\n## ')[0]!;
}
const named = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

/** Where connections are opened, and to what the page says that there are; one that is new belongs there as well. */
const CONNECTING: Readonly<Record<string, string>> = {
  'src/backup/session.ts': 'PostgreSQL, for npm run backup and npm run restore',
  'src/cli/audit-verify.ts': 'PostgreSQL',
  'src/cli/retention.ts': 'PostgreSQL',
  'src/client/rest-client.ts': 'the API itself, for npm run watch',
  'src/config/plain-connections.ts': 'none: it reads a URL',
  'src/database/assert-schema.ts': 'PostgreSQL',
  'src/database/data-source.ts': 'PostgreSQL',
  'src/database/grant-use.ts': 'none: it reads a URL',
  'src/database/listener.ts': 'PostgreSQL',
  'src/database/migrate.ts': 'PostgreSQL',
  'src/database/wait-for-database.ts': 'PostgreSQL',
  'src/embedded/application-database.ts': 'the embedded PostgreSQL',
  'src/http/rate-limit/redis-counter.ts': 'Redis',
  'src/modules/auth/read-key-set.ts': 'the key set',
  'src/storage/s3-client.ts': 'S3',
  'src/tracing/sdk.ts': 'the collector of traces',
};
const CONNECTS =
  /\bnew (pg\.Client|pg\.Pool|Redis|IORedis|S3Client|DataSource|WebSocket|NodeSDK)\(|\bfetch\(|\bhttps?\.(request|get)\(|\b(net|tls)\.(connect|createConnection)\(/;

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.(spec|contract|arbitrary)\.ts$/.test(name))
  .map((name) => ({ name: path.join('src', name), text: readFileSync(path.join('src', name), 'utf8') }));

describe('docs/inventory.md', () => {
  it('has the class of every table', () => {
    const tables = getMetadataArgsStorage().tables.filter(({ target }) => (ENTITIES as unknown[]).includes(target));
    expect(tables).toHaveLength(ENTITIES.length);
    const rows = section('Data')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const { name } of tables) {
      const row = rows.find((line) => named(line.split('|')[1]!).includes(name!));
      expect([name, row?.split('|')[3]!.trim()]).toEqual([
        name,
        expect.stringMatching(/^(confidential|record|internal)$/),
      ]);
    }
  });

  it('has every secret, and each key that comes of one', () => {
    const firsts = section('Keys and secrets')
      .split('\n')
      .flatMap((line) => named(line.split('|')[1] ?? ''));
    const purposes = SOURCES.flatMap(({ text }) =>
      [...text.matchAll(/derivedKeys\(environment, '([^']+)'/g)].map(([, purpose]) => purpose!),
    );
    expect(purposes.toSorted()).toEqual(['cursor', 'stream-ticket']);
    expect(firsts).toEqual(expect.arrayContaining([...SECRETS, ...purposes]));
    const looksSecret = Object.keys(schema).filter(
      (name) => /SECRET|PASSWORD|KEY|TOKEN|HEADERS/.test(name) && !/ALLOW/.test(name),
    );
    expect(firsts).toEqual(expect.arrayContaining(looksSecret));
  });

  it('has every use of cryptography, and no other file', () => {
    const using = SOURCES.filter(({ text }) =>
      /from '(node:crypto|crypto|jose|@nestjs\/jwt|jsonwebtoken)'|crypto\.subtle/.test(text),
    );
    expect(using.length).toBeGreaterThan(15);
    const lines = section('Cryptography')
      .split('\n')
      .filter((line) => /`src\//.test(line));
    const files = lines.flatMap((line) => {
      const all = named(line.split('|')[3]!);
      // Those that follow one with its folder are in the same.
      let folder = '';
      return all.map((file) => {
        if (file.includes('/')) folder = path.dirname(file);
        return file.includes('/') ? file : path.join(folder, file);
      });
    });
    expect(files.toSorted()).toEqual(using.map(({ name }) => name).toSorted());
  });

  it('has every address that the platform connects to', () => {
    const addresses = Object.keys(schema).filter(
      (name) => /(_URL|_ENDPOINT|_JWKS)$/.test(name) && name !== 'DATABASE_APP_URL',
    );
    expect(addresses).toHaveLength(7);
    expect(named(section('Connections'))).toEqual(expect.arrayContaining(addresses));
    const connecting = SOURCES.filter(({ text }) => CONNECTS.test(text)).map(({ name }) => name);
    expect(connecting.toSorted()).toEqual(Object.keys(CONNECTING));
  });

  it('has every operation that is counted as expensive, and no other', () => {
    const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    const known = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    const table = PAGE.split('Costly operations')[1]!;
    const listed = table.split('\n').flatMap((line) => named(line.split('|')[1] ?? ''));
    for (const operation of listed) expect(known).toContain(operation);
    const marked = SOURCES.reduce((sum, { text }) => sum + (text.match(/^ {2}@Expensive\(\)$/gm) ?? []).length, 0);
    expect(listed).toHaveLength(marked);
  });

  it('says in how many days a known weakness of a library is gone', () => {
    const days = [...section('Libraries').matchAll(/^\| (critical|high|moderate|low) +\| (\d+) days/gm)];
    expect(days.map(([, severity]) => severity)).toEqual(['critical', 'high', 'moderate', 'low']);
    const numbers = days.map(([, , count]) => Number(count));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const risky = named(/Risky ones[^:]*: ([^.]*)\./.exec(section('Libraries'))![1]!);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(risky));
  });
});
