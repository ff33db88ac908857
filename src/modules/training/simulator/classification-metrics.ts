export interface ClassificationMetrics {
  accuracy: number;
  precision: number;
  recall: number;
  f1Score: number;
}

/**
 * Computed from a confusion matrix (rows true, columns predicted). Precision, recall and F1 are macro averages: the
 * plain mean over the classes that occur as truth or prediction, where 0/0 counts as 0, and F1 is the mean of the
 * classes' F1, not the F1 of the means (the definitions of scikit-learn).
 */
export function classificationMetrics(matrix: readonly (readonly number[])[]): ClassificationMetrics {
  const classes = matrix.map((row, index) => {
    const hits = row[index]!;
    const actual = sum(row);
    const predicted = sum(matrix.map((other) => other[index]!));
    return { hits, actual, predicted };
  });
  const occurring = classes.filter(({ actual, predicted }) => actual + predicted > 0);
  const macro = (measure: (counts: (typeof classes)[number]) => number) =>
    sum(occurring.map(measure)) / occurring.length;
  return {
    accuracy: ratio(sum(classes.map(({ hits }) => hits)), sum(classes.map(({ actual }) => actual))),
    precision: macro(({ hits, predicted }) => ratio(hits, predicted)),
    recall: macro(({ hits, actual }) => ratio(hits, actual)),
    // 2PR / (P + R), in counts.
    f1Score: macro(({ hits, actual, predicted }) => ratio(2 * hits, actual + predicted)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
