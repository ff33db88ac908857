import type { Metrics } from '../../jobs/metrics.js';
import { code, table } from './markdown.js';

/** A wider table is for programs. */
const MOST_CLASSES = 20;

/** Rows are true classes, columns predicted ones; by name where the names are known. */
export function confusionMatrix({ confusionMatrix: matrix = [], classes }: Metrics): string {
  if (matrix.length > MOST_CLASSES) {
    return `Of ${matrix.length} classes: see \`metrics.confusionMatrix\` of the card as JSON.`;
  }
  const names = matrix.map((_, index) => (classes?.[index] === undefined ? `class ${index}` : code(classes[index])));
  const rows = matrix.map((counts, index) => [`**${names[index]}**`, ...counts.map(String)]);
  return table(['true \\ predicted', ...names], rows);
}
