import fc from 'fast-check';
import { DatasetType } from '../../datasets/dataset-type.js';
import { classificationMetrics } from './classification-metrics.js';
import { confusionMatrix } from './confusion-matrix.js';
import { exampleSpec } from './simulator.arbitrary.js';

const trace = (matrix: number[][]) => matrix.reduce((sum, row, i) => sum + row[i]!, 0);

test('the matrix holds every held-out row once, and the correct ones on its diagonal', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(DatasetType.Classification, DatasetType.Nlp, DatasetType.ComputerVision),
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (type, rows, share, seed) => {
        const correct = Math.round(rows * share);
        const matrix = confusionMatrix(exampleSpec({ seed, dataset: { type } }), rows, correct);
        expect(matrix.flat().every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
        expect(matrix.flat().reduce((a, b) => a + b)).toBe(rows);
        expect(trace(matrix)).toBe(correct);
      },
    ),
  );
});

test('runs on one dataset see the same sizes of its classes', () => {
  const sizes = [1, 2].map((seed) =>
    confusionMatrix(exampleSpec({ seed }), 1000, 900).map((row) => row.reduce((a, b) => a + b)),
  );
  expect(sizes[0]).toEqual(sizes[1]);
});

test('metrics of a matrix follow the definitions', () => {
  const { accuracy, precision, recall, f1Score } = classificationMetrics([
    [8, 2, 0],
    [4, 6, 0],
    [0, 0, 0],
  ]);
  expect(accuracy).toBeCloseTo(14 / 20, 12);
  expect(precision).toBeCloseTo((8 / 12 + 6 / 8) / 2, 12);
  expect(recall).toBeCloseTo((8 / 10 + 6 / 10) / 2, 12);
  expect(f1Score).toBeCloseTo((16 / 22 + 12 / 18) / 2, 12);
});

test('a class that is never predicted has precision 0', () => {
  expect(
    classificationMetrics([
      [5, 0],
      [5, 0],
    ]),
  ).toEqual({ accuracy: 0.5, precision: 0.25, recall: 0.5, f1Score: 10 / 15 / 2 });
});
