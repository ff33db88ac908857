import type { Metrics } from '../../jobs/metrics.js';
import { escaped, table } from './markdown.js';

/** A wider table is for programs. */
const MOST_CLASSES = 20;

/** Rows are true classes, columns predicted ones; by name where the names are known. */
export function confusionMatrix({ confusionMatrix: matrix = [], classes }: Metrics): string {
  if (matrix.length > MOST_CLASSES) {
    return `Of ${matrix.length} classes: see \`metrics.confusionMatrix\` of the card as JSON.`;
  }
  const names = matrix.map((_, index) => escaped(classes?.[index] ?? `class ${index}`));
  const rows = matrix.map((counts, index) => [`**${names[index]}**`, ...counts.map(String)]);
  return table(['true \\ predicted', ...names], rows);
}
