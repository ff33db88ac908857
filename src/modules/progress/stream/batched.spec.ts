import { Batched } from './batched.js';

describe('questions that are asked together', () => {
  it('are answered together, each with its own answer', async () => {
    const batches: number[][] = [];
    const batched = new Batched<number, number>(
      async (questions) => {
        batches.push([...questions]);
        return questions.map((n) => 10 * n);
      },
      { together: 3, atOnce: 1 },
    );
    expect(await Promise.all([1, 2, 3, 4].map((n) => batched.ask(n)))).toEqual([10, 20, 30, 40]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it('fail together, and those after them do not', async () => {
    let isAway = true;
    const batched = new Batched<number, number>(
      async (questions) => {
        if (isAway) throw new Error('away');
        return [...questions];
      },
      { together: 10, atOnce: 2 },
    );
    const failed = await Promise.allSettled([batched.ask(1), batched.ask(2)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await batched.ask(3)).toBe(3);
  });
});
