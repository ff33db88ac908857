import { createRequire } from 'node:module';
import { join } from 'node:path';

import { png } from './png.factory.js';

interface Digit {
  length: number;
  get(index: number): number[];
}

const SIDE = 28;
// From the root: specs run as CommonJS, where a module's own URL is not to be had.
const load = createRequire(join(process.cwd(), 'package.json'));

/** Handwritten digits of the MNIST database as images by class: `{ '0/0.png': ..., '0/1.png': ... }`. */
export function digits(perClass: number): Record<string, Buffer> {
  const source = load('mnist') as Digit[];
  const files = source.flatMap((digit, label) =>
    Array.from({ length: perClass }, (_, index) => [`${label}/${index}.png`, digitPng(digit.get(index))] as const),
  );
  return Object.fromEntries(files);
}

function digitPng(shades: number[]): Buffer {
  return png(
    SIDE,
    Uint8Array.from(shades, (shade) => Math.round(shade * 255)),
  );
}
