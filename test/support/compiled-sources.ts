import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = process.cwd();

/** Folders of src, or files, to compile; nothing stands for all of it. */
export interface CompiledSources {
  folder: string;
  remove(): void;
}

/**
 * The sources as a process of its own can run them, always current and in a folder of the test's own. `parts` are
 * folders or files below src; without any: all of it.
 */
export function compileSources(...parts: string[]): CompiledSources {
  const folder = mkdtempSync(path.join(tmpdir(), 'compiled-'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  for (const file of sources(parts)) {
    const target = path.join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, compile(path.join(ROOT, 'src', file)));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function sources(parts: string[]): string[] {
  return readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .filter((file) => parts.length === 0 || parts.some((part) => file === part || file.startsWith(`${part}/`)));
}

function compile(file: string): string {
  const { code } = transformFileSync(file, {
    swcrc: false,
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  });
  return code;
}
