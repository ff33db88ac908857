import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InvalidEnvironmentError, readEnvironment } from './environment.js';
import { generatedSecret } from './generated-secret.js';
import { jwtSecret } from './jwt-secret.js';

describe('jwtSecret', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'jwt-secret-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const environment = (variables: NodeJS.ProcessEnv = {}) => readEnvironment({ DATA_DIR: folder, ...variables });

  it('is JWT_SECRET where that is set, and then leaves the disk alone', () => {
    const explicit = 'a secret that nobody would guess, ever';
    expect(jwtSecret(environment({ JWT_SECRET: explicit, NODE_ENV: 'production' }))).toBe(explicit);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is generated once, readable by its owner only', () => {
    const nested = path.join(folder, 'not', 'there', 'yet');
    const secret = jwtSecret(environment({ DATA_DIR: nested }));
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(jwtSecret(environment({ DATA_DIR: nested }))).toBe(secret);
    expect(statSync(path.join(nested, 'jwt-secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(nested)).toEqual(['jwt-secret']);
  });

  it('is refused in production unless explicit', () => {
    expect(() => jwtSecret(environment({ NODE_ENV: 'production' }))).toThrow(InvalidEnvironmentError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not accept what is left of a broken file', () => {
    writeFileSync(path.join(folder, 'jwt-secret'), 'short\n');
    expect(() => jwtSecret(environment())).toThrow(/remove it/);
  });

  it('says so when the file cannot be read', () => {
    expect(() => generatedSecret(path.join(folder))).toThrow(/EISDIR/);
  });

  it('is the same one for processes that start together', async () => {
    const file = path.join(folder, 'shared');
    const draft = `const { linkSync, writeFileSync } = require('node:fs');
      writeFileSync(process.argv[1] + '.other', 'a'.repeat(43));
      try { linkSync(process.argv[1] + '.other', process.argv[1]); } catch (error) { if (error.code !== 'EEXIST') throw error; }`;
    const other = spawn(process.execPath, ['-e', draft, file], { stdio: 'inherit' });
    const mine = generatedSecret(file);
    const [code] = (await once(other, 'exit')) as [number];
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8').trim()).toBe(mine);
    expect(generatedSecret(file)).toBe(mine);
  });
});
