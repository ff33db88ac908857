import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the public data sets that `vega-datasets` ships. */
export const PUBLIC_DATA = path.resolve('node_modules/vega-datasets/data');

/** Horst, Hill and Gorman's Palmer Archipelago penguins, as facts. */
export const PENGUINS = {
  rows: 344,
  features: ['Island', 'Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)', 'Sex'],
  classes: [
    ['Adelie', 152],
    ['Gentoo', 124],
    ['Chinstrap', 68],
  ] as [string, number][],
};

/** Them as a csv, the target first. */
export function penguinsCsv(): string {
  const rows = JSON.parse(readFileSync(path.join(PUBLIC_DATA, 'penguins.json'), 'utf8')) as Record<string, unknown>[];
  const lines = rows.map((row) => [row.Species, ...PENGUINS.features.map((name) => row[name] ?? '')].join(','));
  return [['species', ...PENGUINS.features].join(','), ...lines].join('\n') + '\n';
}
