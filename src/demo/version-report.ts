import type { ModelVersion } from '../client/resources.js';

const UNITS: Record<string, string> = { latency: 'ms', throughput: 'requests/s', memoryUsage: 'MiB' };
const INDENT = '  ';

/** A model version for people: its measures in a table, then its confusion matrix and what its features are worth. */
export function versionReport(version: ModelVersion): string {
  const { confusionMatrix, featureImportance, ...measures } = version.metrics ?? {};
  return [
    `Model ${version.modelId} ${version.version} (${version.status}), trained by ${version.trainingJobId}`,
    ...(version.filePath ? [`${INDENT}file ${version.filePath}, ${version.fileSize} bytes`] : []),
    ...section('Metrics', table(measures)),
    ...section('Confusion matrix (rows: true class, columns: predicted)', matrix(confusionMatrix)),
    ...section('Feature importance', importances(featureImportance)),
    ...section('Performance (simulated)', table(version.performance ?? {})),
  ].join('\n');
}

const section = (title: string, lines: string[]) =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => INDENT + line)];

function table(values: Record<string, unknown>): string[] {
  const rows = Object.entries(values).filter((row): row is [string, number] => typeof row[1] === 'number');
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => [name.padEnd(width), number(value), UNITS[name]].filter(Boolean).join(' '));
}

function matrix(counts: unknown): string[] {
  if (!Array.isArray(counts)) return [];
  const rows = counts as number[][];
  const width = Math.max(...rows.flat().map((count) => String(count).length));
  return rows.map((row) => row.map((count) => String(count).padStart(width)).join('  '));
}

function importances(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  const entries = list as { feature: string; importance: number }[];
  return table(Object.fromEntries(entries.map(({ feature, importance }) => [feature, importance])));
}

const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toPrecision(4));
