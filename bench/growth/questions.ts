const named = (kind: string, number: number) => `${kind}_${number.toString(16).padStart(32, '0')}`;

/**
 * What is asked of the API, by what it is called. The rows that it is about are there from 1,000 jobs on; pages are short,
 * so that they are as full with 1,000 jobs as with a million.
 */
export const READS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    `/status`,
    `/jobs/${named('job', 5)}`,
    `/jobs/job_01${(1).toString(16).padStart(30, '0')}`,
    `/jobs/${named('job', 5)}/progress`,
    `/jobs/${named('job', 5)}/progress/history`,
    `/jobs/${named('job', 5)}/events`,
    `/jobs/${named('job', 3)}/alerts`,
    ...listed('/jobs', [
      '',
      'status=failed',
      'status=cancelled',
      'status=running',
      'status=cancelled&status=failed',
      'kind=verification',
      'kind=training',
      'modelType=lstm',
      'modelType=lstm&modelType=transformer',
      `datasetId=${named('dataset', 1)}`,
      `datasetId=${named('dataset', 1)}&datasetId=${named('dataset', 2)}`,
      'modelId=model_0',
      'modelId=model_0&modelId=model_2',
      'status=failed&modelType=lstm',
      'kind=verification&status=failed',
    ]),
    ...listed('/datasets', ['', 'status=error', 'status=error&status=uploading', 'type=nlp', 'type=nlp&status=error']),
    `/datasets/${named('dataset', 1)}`,
    ...listed('/alerts', [
      '',
      'state=firing',
      'state=resolved',
      'state=firing&state=acknowledged',
      'kind=divergence',
      'kind=accuracy_drop',
      `jobId=${named('job', 3)}`,
    ]),
    ...listed('/audit', [
      '',
      'actor=bob',
      'action=models_rollback',
      'action=models_restore',
      'resource=deployment',
      `resourceId=${named('job', 5)}`,
    ]),
    ...listed('/models', [
      '',
      'modelType=lstm',
      'modelType=transformer',
      'status=training',
      'label=env:prod',
      'label=env:none',
      'metrics.accuracy[gte]=0.9',
      'metrics.accuracy[gte]=1',
      'sort=-metrics.accuracy',
      'sort=metrics.accuracy',
      'sort=metrics.rmse',
      'sort=-metrics.accuracy&status=deployed',
    ]),
    `/models/model_0`,
    ...listed('/models/model_0/versions', ['', 'status=archived', 'sort=-metrics.accuracy']),
    `/models/model_0/versions/1.1.0`,
    `/models/model_0/versions/1.1.0/card`,
    `/models/model_0/deployed`,
    `/models/model_0/deployments`,
    `/models/model_0/compare?versions=1.1.0&versions=1.2.0`,
    `/revocations`,
    `/queue`,
    `/quotas`,
    `/health`,
  ].map((path) => [`GET ${path.replace(/0{20,}/g, '…')}`, path]),
);

function listed(path: string, queries: readonly string[]): string[] {
  return queries.map((query) => `${path}?limit=5${query && `&${query}`}`);
}
