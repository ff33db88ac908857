import type { Pool } from 'pg';
import { interleave, type Subject } from '../harness/interleave.js';
import { median } from '../harness/median.js';
import type { Report } from '../harness/report.js';
import { type Offered, offered } from './offered.js';
import { recording, SETTINGS } from './recording.js';
import type { Racing } from './running-jobs.js';

const EPOCHS_A_SECOND = 10_000;
const RECORDED = 'recorder';
const OFFERED = 'offered to nobody';

/** What 10,000 epochs a second take until they are committed, and of a core, beside offering them to nobody. */
export async function tellOffered(
  report: Report,
  rounds: number,
  ms: number,
  pool: Pool,
  runs: readonly Racing[],
): Promise<void> {
  const came: Record<string, Offered[]> = { [RECORDED]: [], [OFFERED]: [] };
  const subject =
    (name: string, write: (racing: Racing) => Promise<void>): Subject =>
    async () => {
      const one = await offered(runs, EPOCHS_A_SECOND, ms, write);
      came[name]!.push(one);
      return one.p50;
    };
  await interleave(rounds, {
    [RECORDED]: subject(RECORDED, recording(pool, SETTINGS, runs)),
    [OFFERED]: subject(OFFERED, async (racing) => void (racing.epoch -= 1)),
  });
  // The first round is not counted.
  const of = (name: string, part: keyof Offered) => came[name]!.slice(1).map((one) => one[part]);
  const title = `${EPOCHS_A_SECOND.toLocaleString('en')} epochs a second offered`;
  const [p50, share, own] = [of(RECORDED, 'p50'), of(RECORDED, 'share'), of(OFFERED, 'share')];
  report.table(`${title}, p50`, 'ms until committed', RECORDED, { [RECORDED]: p50 });
  report.table(`${title}, p99`, 'ms until committed', RECORDED, { [RECORDED]: of(RECORDED, 'p99') });
  report.table(`${title}, processor time`, 'of a core', RECORDED, { [RECORDED]: share, [OFFERED]: own });
  // Either is enough: whoever holds on gathers more, and takes less of the processor.
  report.target(`${title}: p50 ÷ 1 ms, or share ÷ 20 % of a core`, Math.min(median(p50), median(share) / 0.2), {
    atMost: 1,
  });
}
