import { OutageMemory } from './outage-memory.js';

describe('OutageMemory', () => {
  let clock: number;
  let memory: OutageMemory;
  const after = (ms: number) => {
    clock += ms;
    return memory.isRecent();
  };
  beforeEach(() => {
    clock = 5_000;
    memory = new OutageMemory(1_000, 500, () => clock);
  });

  it('begins without one', () => {
    expect(memory.isRecent()).toBe(false);
  });

  it('remembers a failure for one lease, counted from the last', () => {
    memory.failed();
    memory.answered();
    expect(after(400)).toBe(true);
    memory.failed();
    memory.answered();
    expect([after(400), (memory.answered(), after(400)), (memory.answered(), after(200))]).toEqual([true, true, false]);
  });

  it('takes a long silence for an outage, and a regular one for none', () => {
    expect(after(500)).toBe(false);
    memory.answered();
    expect(after(501)).toBe(true);
  });
});
