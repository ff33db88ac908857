import { TakenDeliveries } from './taken-deliveries.js';

describe('TakenDeliveries', () => {
  let clock = 0;
  const taken = () => new TakenDeliveries(100, () => clock);
  beforeEach(() => {
    clock = 0;
  });

  it('tells which have been taken for long, over several looks', () => {
    const deliveries = taken();
    expect(deliveries.isOverdue('job_1-g1')).toBe(false);
    deliveries.forgetOthers();
    clock = 60;
    expect([deliveries.isOverdue('job_1-g1'), deliveries.isOverdue('job_2-g1')]).toEqual([false, false]);
    deliveries.forgetOthers();
    clock = 100;
    expect([deliveries.isOverdue('job_1-g1'), deliveries.isOverdue('job_2-g1')]).toEqual([true, false]);
  });

  it('forgets those that were not seen in between', () => {
    const deliveries = taken();
    deliveries.isOverdue('job_1-g1');
    deliveries.forgetOthers();
    deliveries.forgetOthers();
    clock = 100;
    expect(deliveries.isOverdue('job_1-g1')).toBe(false);
  });
});
