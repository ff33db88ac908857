import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnvironment } from './environment.js';
import { SECRETS, secretFiles } from './secret-files.js';

const SECRET = '0123456789abcdef0123456789abcdef';

describe('secrets in files', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'secrets-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(content: string): string {
    const name = path.join(folder, 'secret');
    writeFileSync(name, content);
    return name;
  }

  it.each(SECRETS)('may be %s', (name) => {
    expect(secretFiles({ [`${name}_FILE`]: file(` ${SECRET}\n`) })).toEqual({
      values: { [name]: SECRET },
      problems: [],
    });
  });

  it('become the environment', () => {
    const { JWT_SECRET } = readEnvironment({ NODE_ENV: 'production', JWT_SECRET_FILE: file(SECRET) });
    expect(JWT_SECRET).toBe(SECRET);
  });

  it.each([
    ['that is too short', (): NodeJS.ProcessEnv => ({ JWT_SECRET_FILE: file('short') }), 'JWT_SECRET: expected'],
    ['that can be guessed', () => ({ JWT_SECRET_FILE: file('x'.repeat(40)) }), 'JWT_SECRET: can be guessed'],
    ['that is empty', () => ({ JWT_SECRET_FILE: file('\n') }), 'JWT_SECRET_FILE: is empty'],
    ['that is not there', () => ({ JWT_SECRET_FILE: path.join(folder, 'none') }), 'JWT_SECRET_FILE: cannot be read'],
    ['beside the value', () => ({ JWT_SECRET_FILE: file(SECRET), JWT_SECRET: SECRET }), 'JWT_SECRET_FILE: must not'],
  ])('are refused: one %s', (_, variables, problem) => {
    expect(() => readEnvironment({ NODE_ENV: 'production', ...variables() })).toThrow(problem);
  });
});
