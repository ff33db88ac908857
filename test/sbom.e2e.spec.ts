import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

interface Component {
  name: string;
  version: string;
  hashes?: { alg: string; content: string }[];
}

describe('the bill of materials', () => {
  it('lists every package that runs, with its version and digest, and none that only builds', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'sbom'], { maxBuffer: 64 * 1024 * 1024 });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
    expect(bomFormat).toBe('CycloneDX');
    const digested = components.filter(({ version, hashes = [] }) => version && hashes.length > 0);
    expect(digested.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(components.map(({ name }) => name)).not.toContain('jest');
  });
});
