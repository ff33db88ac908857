import { JobKind } from '../../jobs/job-kind.js';
import { JobStatus } from '../../jobs/job-state.js';
import { ModelType } from '../../jobs/model-type.js';
import type { Subject, SubjectData } from './subject.js';
import { warningsOf } from './warnings.js';

const subject = (dataset: Partial<SubjectData> = {}, overrides: Partial<Subject> = {}): Subject => ({
  ...{ jobId: 'job_1', modelId: 'm', version: '1.0.0', modelType: ModelType.Cnn, status: JobStatus.Completed },
  ...{
    kind: JobKind.Training,
    begun: true,
    seed: 7,
    hyperparameters: {},
    configuration: {},
    simulation: null,
    metrics: null,
  },
  dataset: { id: 'd1', type: 'nlp', sha256: 'aa', size: 10, features: null, targetColumn: 'y', ...dataset },
  ...overrides,
});
const codes = (...subjects: Subject[]) => warningsOf(subjects).map(({ code }) => code);

describe('warnings', () => {
  it('are none where the same was learned from, under whatever id', () => {
    expect(codes(subject(), subject())).toEqual([]);
    expect(codes(subject(), subject({ id: 'd2' }))).toEqual([]);
  });

  it.each<[Partial<SubjectData>, Partial<SubjectData>, string[]]>([
    [{}, { sha256: 'bb' }, ['data_differs']],
    [{}, { id: 'd2', sha256: 'bb' }, ['data_differs']],
    [{ sha256: null }, { id: 'd2', sha256: null }, ['data_differs', 'data_unverified']],
    [{}, { id: 'd2', sha256: null }, ['data_differs', 'data_unverified']],
    [{}, { sha256: null }, ['data_unverified']],
    [{ sha256: null }, { sha256: null }, ['data_unverified']],
    [{}, { type: 'regression', id: 'd2', sha256: 'bb' }, ['dataset_type_differs', 'data_differs']],
    [{}, { targetColumn: 'z' }, ['target_differs']],
  ])('between data %j and %j are %j', (one, other, expected) => {
    expect(codes(subject(one), subject(other))).toEqual(expected);
  });

  it('are given once, for a run among others that have their data known and different', () => {
    expect(codes(subject(), subject({ sha256: 'bb' }), subject({ sha256: null }))).toEqual([
      'data_differs',
      'data_unverified',
    ]);
  });

  it('name runs that have not completed', () => {
    const running = subject({}, { jobId: 'job_2', status: JobStatus.Running });
    expect(warningsOf([subject(), running])).toEqual([
      { code: 'not_completed', detail: expect.stringContaining('job_2 (running)') },
    ]);
  });
});
