import { EXAMPLE_DATASET } from './factories/dataset.factory.js';
import { EXAMPLE_JOB } from './factories/job.factory.js';
import { Target, WRITES } from './support/bad-input.js';
import { type Answer, BASE_PATH, type Client } from './support/client.js';
import { fingerprint } from './support/fingerprint.js';
import * as hostile from './support/hostile.js';
import { notAProblem, type ProblemAnswer } from './support/problem.js';

/** White space separates columns, too. */
const MAY_BE_BLANK = '/metadata/delimiter';

describe('bad input in a body', () => {
  let target: Target;
  let client: Client;
  let before: unknown;

  beforeAll(async () => {
    target = await Target.start();
    ({ client } = target);
  });
  afterAll(() => target.platform.stop());
  beforeEach(async () => {
    before = await fingerprint(target.platform.database);
  });
  afterEach(async () => expect(await fingerprint(target.platform.database)).toEqual(before));

  const errorsOf = (answer: Answer<unknown>) => (answer.body as ProblemAnswer).errors;

  it('is tried on every operation that takes one', () => {
    const documented = target.api.operations.filter(({ body }) => body).map(({ method, path }) => `${method} ${path}`);
    expect(documented.toSorted()).toEqual(WRITES.map(([method, path]) => `${method} ${BASE_PATH}${path}`).toSorted());
  });

  describe.each(WRITES)('%s %s', (method, path, body) => {
    /** A body that is accepted: for a change, no more of it than the field in question. */
    const base = (field: string | undefined): Record<string, unknown> => {
      const whole = target.valid(body);
      return method === 'POST' || field === undefined ? whole : { [field]: whole[field] };
    };
    const send = (sent: unknown) => client.send(method, target.filled(path), sent);

    it.each(hostile.HOSTILE_BODIES)('refuses one that is %s', async (_label, hostileBody, status) => {
      const answer = await client.raw(method, target.filled(path), hostileBody);
      expect(notAProblem(answer)).toBeNull();
      expect(answer.status).toBe(status);
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/xml',
      'application/octet-stream',
      'nonsense',
    ])('refuses %s', async (type) => {
      const text = JSON.stringify(target.valid(body));
      const answer = await client.raw(method, target.filled(path), text, { 'content-type': type });
      expect(notAProblem(answer)).toBeNull();
      expect(answer.status).toBe(415);
    });

    it('refuses every wrong value of every field, and says which field', async () => {
      const faults: string[] = [];
      const attacks = hostile.attacks(target.api, target.operation(method, path).body!);
      for (const { path: steps, value } of attacks) {
        const pointer = `/${steps.join('/')}`;
        if (pointer === MAY_BE_BLANK && value === ' ') continue;
        const answer = await send(hostile.withValue(base(steps[0]), steps, value));
        const named = errorsOf(answer)?.some((error) => `${error.pointer}/`.startsWith(`/${steps[0]}/`));
        const fault = notAProblem(answer) ?? (answer.status === 400 && named ? null : answer.text.slice(0, 200));
        if (fault) faults.push(`${pointer} = ${JSON.stringify(value).slice(0, 60)}: ${fault}`);
      }
      expect(attacks.length).toBeGreaterThan(12 * Object.keys(body).length);
      expect(faults).toEqual([]);
    });

    it.each(['', ...Object.keys(body).filter((name) => ['metadata', 'hyperparameters'].includes(name))])(
      'refuses fields in "%s" by the names of what every object has',
      async (field) => {
        const faults: string[] = [];
        for (const name of hostile.PROPERTIES) {
          const sent = base(field || 'name');
          const marked = field ? { ...sent, [field]: { ...(sent[field] as object), MARK: 1 } } : { ...sent, MARK: 1 };
          const text = JSON.stringify(marked).replace('"MARK"', JSON.stringify(name));
          const fault = notAProblem(await client.raw(method, target.filled(path), text));
          if (fault) faults.push(`${name}: ${fault}`);
        }
        expect(faults).toEqual([]);
      },
    );
  });

  const NEEDS_FIELDS = WRITES.filter(([method, path]) => method === 'POST' && /^\/(datasets|jobs)$/.test(path));

  it.each(NEEDS_FIELDS)('%s %s needs its required fields', async (method, path, body) => {
    const { required } = target.operation(method, path).body!;
    for (const name of required!) {
      const { [name]: _, ...rest } = target.valid(body);
      const answer = await client.send(method, path, rest);
      expect(notAProblem(answer)).toBeNull();
      expect(errorsOf(answer)).toEqual([expect.objectContaining({ pointer: `/${name}`, code: 'required' })]);
    }
    const nothing = [await client.send(method, path, {}), await client.raw(method, path)];
    expect(nothing.map(({ status }) => status)).toEqual([400, 400]);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['/datasets', { size: undefined }, '/size', 'required'],
    ['/datasets', { features: undefined }, '/features', 'required'],
    ['/datasets', { targetColumn: 'age' }, '/targetColumn', 'target_in_features'],
    ['/datasets', { targetColumn: ' age ' }, '/targetColumn', 'target_in_features'],
    ['/datasets', { features: ['a', 'a '] }, '/features', 'duplicate_items'],
    ['/jobs', { modelId: '../../etc' }, '/modelId', 'wrong_format'],
    ['/jobs', { modelId: 'Upper' }, '/modelId', 'wrong_format'],
    ['/jobs', { name: '模型' }, '/modelId', 'required'],
    ['/jobs', { hyperparameters: { epochs: '3' } }, '/hyperparameters/epochs', 'wrong_type'],
    ['/jobs', { hyperparameters: { epochs: null } }, '/hyperparameters/epochs', 'wrong_type'],
    ['/jobs', { hyperparameters: { epochs: 100_001 } }, '/hyperparameters/epochs', 'out_of_range'],
    ['/jobs', { hyperparameters: { learningRate: -1 } }, '/hyperparameters/learningRate', 'out_of_range'],
    ['/jobs', { hyperparameters: { hiddenLayers: { 0: 1 } } }, '/hyperparameters/hiddenLayers', 'wrong_type'],
    ['/jobs', { hyperparameters: { '': 1 } }, '/hyperparameters/', 'unknown_hyperparameter'],
    ['/jobs', { simulation: { faults: [[{ kind: 'fail', atEpoch: 1 }]] } }, '/simulation/faults', 'wrong_type'],
    ['/jobs', { simulation: { faults: [{ kind: 'fail' }] } }, '/simulation/faults/0/atEpoch', 'required'],
  ])('%s with %j is refused at %s as %s', async (path, override, pointer, code) => {
    const body = target.valid(path === '/jobs' ? EXAMPLE_JOB : EXAMPLE_DATASET);
    const answer = await client.post(path, { ...body, ...override });
    expect(notAProblem(answer)).toBeNull();
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toContainEqual(expect.objectContaining({ pointer, code }));
  });
});
