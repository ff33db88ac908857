import type { Metrics } from '../../jobs/metrics.js';
import type { Difference } from '../../jobs/verdict.js';
import { confusionMatrix } from './confusion.markdown.js';
import { code, facts, list, Markdown, shown, table, type Value } from './markdown.js';
import type { CurvePoint, ModelCard } from './model-card.js';
import { settings } from './settings.js';

const SIMULATED =
  '> **Simulated.** Nothing was trained: the curve, the metrics and the performance are computed from the settings and the seed. They say nothing about real data.';
/** Features in the table of what the model looks at. */
const MOST_IMPORTANT = 20;

/** The card for people. Ends with a newline; whatever others wrote is in code spans. */
export function markdownOf(card: ModelCard): string {
  const sections = [
    `# Model card: ${code(card.modelId)} ${card.version}`,
    card.simulated && SIMULATED,
    summary(card),
    section('Data', dataOf(card)),
    section('Hyperparameters', facts(named(card.training.hyperparameters))),
    section('Configuration', facts({ ...named(card.training.configuration), ...trainingOf(card) })),
    section('Learning curve', curveOf(card)),
    card.metrics && section('Metrics', facts(measurements(card.metrics))),
    card.metrics?.confusionMatrix && section('Confusion matrix', confusionMatrix(card.metrics)),
    card.metrics?.featureImportance && section('Feature importance', importance(card.metrics.featureImportance)),
    card.performance && section('Performance', performanceOf(card.performance)),
    section('Lineage', lineageOf(card)),
    card.artifact && section('Model file', fileOf(card.artifact)),
    section('Deployments', deploymentsOf(card)),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

const section = (title: string, content: string) => `## ${title}\n\n${content}`;

const named = (given: object) =>
  Object.fromEntries(Object.entries(settings(given)).map(([name, value]) => [code(name), value]));

function summary(card: ModelCard): string {
  const labels = Object.entries(card.labels).map(([name, value]) => code(`${name}=${value}`));
  return facts({
    Model: card.modelId,
    Version: new Markdown(card.version),
    'Model type': new Markdown(card.modelType),
    Status: new Markdown(card.status),
    'Archived because': card.statusReason,
    Labels: list(labels),
    Created: card.createdAt,
    'Last deployed': card.deployedAt,
  });
}

function dataOf({ data }: ModelCard): string {
  const { features = [], featureCount = 0 } = data;
  const more = featureCount > features.length ? `, and ${featureCount - features.length} more` : '';
  return facts({
    Dataset: data.name,
    Id: data.datasetId,
    Type: new Markdown(data.type),
    'Rows (images: files)': data.size,
    Features: featureCount > 0 ? new Markdown(`${featureCount}: ${features.map(code).join(', ')}${more}`) : undefined,
    Target: data.targetColumn,
    SHA256: data.sha256,
    Source: data.source,
    Format: data.format,
  });
}

function trainingOf({ training }: ModelCard): Record<string, Value | undefined> {
  return {
    seed: training.seed,
    ...named({ simulation: training.simulation }),
    started: training.startedAt,
    completed: training.completedAt,
    'duration (ms)': training.duration,
  };
}

function curveOf({ curve }: ModelCard): string {
  const { first, last, lowestLoss, lowestValidationLoss, highestAccuracy } = curve;
  const points = {
    First: first,
    Last: last,
    'Lowest loss': lowestLoss,
    'Lowest validation loss': lowestValidationLoss,
  };
  const rows = Object.entries({ ...points, 'Highest accuracy': highestAccuracy })
    .filter((entry): entry is [string, CurvePoint] => entry[1] !== undefined)
    .map(([name, point]) => {
      const { epoch, loss, validationLoss, accuracy = new Markdown('–') } = point;
      return [name, ...[epoch, loss, validationLoss, accuracy].map(shown)];
    });
  const { epochs, plannedEpochs, historyRemovedAt: removedAt } = curve;
  const gone = removedAt ? ` What each of them came to is kept no more, since ${removedAt.toISOString()}.` : '';
  const run = `${epochs} of ${plannedEpochs} epochs were run.${gone}`;
  return rows.length === 0 ? run : `${run}\n\n${table(['', 'Epoch', 'Loss', 'Validation loss', 'Accuracy'], rows)}`;
}

function measurements(metrics: Metrics): Record<string, number | undefined> {
  const { accuracy, precision, recall, f1Score, mae, mse, rmse, r2Score, silhouetteScore } = metrics;
  const { loss, validationLoss } = metrics;
  return {
    ...{ Accuracy: accuracy, Precision: precision, Recall: recall, 'F1 score': f1Score },
    ...{ MAE: mae, MSE: mse, RMSE: rmse, 'R²': r2Score, 'Silhouette score': silhouetteScore },
    ...{ Loss: loss, 'Validation loss': validationLoss },
  };
}

function importance(features: NonNullable<Metrics['featureImportance']>): string {
  const rows = features.slice(0, MOST_IMPORTANT).map((entry) => [code(entry.feature), shown(entry.importance)]);
  return table(['Feature', 'Share'], rows);
}

function performanceOf(performance: NonNullable<ModelCard['performance']>): string {
  return facts({
    Accuracy: performance.accuracy,
    'Latency (ms a request)': performance.latency,
    'Throughput (requests a second)': performance.throughput,
    'Memory (MiB)': performance.memoryUsage,
  });
}

function lineageOf({ lineage, verification }: ModelCard): string {
  const retried = lineage.retried.map(({ id, status, errorCode }) => `${code(id)} (${code(errorCode ?? status)})`);
  return facts({
    Job: lineage.jobId,
    'Tries again': list(retried),
    Dataset: lineage.datasetId,
    Reproducible: new Markdown(verification ? (verification.reproducible ? 'yes' : 'no') : 'not verified'),
    'Verified by': verification?.jobId,
    Verified: verification?.verifiedAt,
    'First difference': verification?.firstDifference && sentence(verification.firstDifference),
  });
}

function sentence({
  what,
  epoch,
  series,
  expected = 'nothing',
  actual = 'something else, or nothing,',
}: Difference): string {
  const where = [what.replaceAll('_', ' '), epoch !== undefined && `epoch ${epoch}`, series].filter(Boolean).join(', ');
  return `${where}: ${actual} instead of ${expected}`;
}

function fileOf(file: NonNullable<ModelCard['artifact']>): string {
  return facts({
    File: file.fileName,
    Format: file.format && new Markdown(`${code(file.format.name)}, version ${file.format.version}`),
    Bytes: file.size,
    SHA256: file.sha256,
    State: new Markdown(file.state),
    Checked: file.checkedAt,
    Deleted: file.deletedAt,
  });
}

function deploymentsOf({ deployments: { count, last } }: ModelCard): string {
  if (!last) return 'Never deployed.';
  const { at, kind, actor, reason } = last;
  return facts({ Deployments: count, Last: at, Kind: new Markdown(kind), By: actor, Because: reason });
}
