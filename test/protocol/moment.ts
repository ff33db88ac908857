import { ATTEMPT_RULES, JOB_RULES } from './model.js';
import type { Step } from './step.js';
import type { Held, Standing, Worker, World } from './world.js';

/** Whom a step is about: a job, and the attempt at it that acts, in steps of a worker. */
interface Target {
  job: Standing;
  held?: Held;
}

/** Somebody else has the run by now, or had it since. */
function isOvertaken({ job, held }: Target): boolean {
  return held !== undefined && held.run.attempt < job.attempt && job.status === 'running';
}

/** What a step meets: the platform as it stood right before. */
export class Moment {
  private readonly allJobs: readonly Target[];
  /** Newest first. */
  private readonly allAttempts: readonly Target[];

  constructor(
    readonly world: World,
    standings: ReadonlyMap<string, Standing>,
  ) {
    this.allJobs = world.jobIds.map((id) => ({ job: standings.get(id)! }));
    this.allAttempts = world.held.map((held) => ({ job: standings.get(held.run.id)!, held })).toReversed();
  }

  worker({ worker }: Step): Worker {
    return this.world.workers[worker]!;
  }

  job(step: Step): Standing {
    return this.target(step).job;
  }

  /** Undefined while no job has been claimed. */
  attempt(step: Step): Held | undefined {
    return this.target(step).held;
  }

  /**
   * The step's own target if the protocol would let that through, or else another for which it would, so that most
   * steps come to something. Odd steps keep to their own. An age asks for an attempt that lost its run to another.
   */
  private target(step: Step): Target {
    const targets = step.name in ATTEMPT_RULES ? this.attempts(step) : this.jobs(step);
    const preferred = step.age > 0 ? isOvertaken : (target: Target) => !step.odd && this.allows(step, target);
    return targets.find(preferred) ?? targets[0]!;
  }

  /** True where the protocol is to let the step through; undefined where that is nobody's to say. */
  isAllowed(step: Step): boolean | undefined {
    return this.allows(step, this.target(step));
  }

  /** An attempt that is not the newest before the step will never be again: whatever else happens, it is refused. */
  isStale(step: Step): boolean {
    const { job, held } = this.target(step);
    return held !== undefined && held.run.attempt < job.attempt;
  }

  private allows(step: Step, { job, held }: Target): boolean | undefined {
    return held ? ATTEMPT_RULES[step.name]?.(job, held, step) : JOB_RULES[step.name]?.(job, step);
  }

  /** The step's own first. */
  private jobs({ job }: Step): Target[] {
    const own = job % this.allJobs.length;
    return [...this.allJobs.slice(own), ...this.allJobs.slice(0, own)];
  }

  /** The step's own first, or the job alone where nothing was ever claimed. */
  private attempts(step: Step): Target[] {
    const jobs = this.jobs(step);
    const own = this.allAttempts.filter(({ job }) => job.id === jobs[0]!.job.id);
    const nth = own[step.age % own.length];
    return [...(nth ? [nth] : []), ...this.allAttempts, ...jobs];
  }
}

/** True: let through; false: refused; null: there was nothing to do it with, or it is nobody's to refuse. */
export type Outcome = boolean | null;

export type Action = (moment: Moment, step: Step) => Promise<Outcome>;
