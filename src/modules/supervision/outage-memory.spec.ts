import { OutageMemory } from './outage-memory.js';

describe('OutageMemory', () => {
  let steady: number;
  let slept: number;
  let memory: OutageMemory;
  const after = (ms: number) => {
    steady += ms;
    return memory.isRecent();
  };
  beforeEach(() => {
    [steady, slept] = [5_000, 0];
    memory = new OutageMemory(1_000, 500, () => ({ steady, wall: 1_700_000_000_000 + steady + slept }));
    for (let beat = 0; beat < 4; beat++) {
      expect(after(200)).toBe(true);
      memory.answered();
    }
    after(200);
    memory.answered();
  });

  it('begins with one lease of caution', () => {
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

  it('notices that the machine has slept', () => {
    slept = 600_000;
    expect(after(10)).toBe(true);
  });
});
