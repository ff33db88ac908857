import { DomainError, type FieldError } from '../../../errors/domain.error.js';
import { type FaultKind, PROCESS_FAULTS, type Simulation } from './simulation.js';

/** Faults that would harm a whole worker process, where the configuration does not allow that. */
export class FaultNotAllowedError extends DomainError {
  constructor(errors: FieldError[]) {
    super('invalid', 'fault_not_allowed', 'Faults that harm a worker process are not allowed here.', { errors });
  }
}

export function isProcessFault(kind: FaultKind): boolean {
  return PROCESS_FAULTS.includes(kind);
}

/**
 * Holds a job's simulation against the configuration; the API asks when a job is created, the worker before it runs.
 * @throws FaultNotAllowedError with one entry a fault.
 */
export function assertFaultsAllowed(simulation: Simulation | undefined, processFaults: boolean): void {
  if (processFaults) return;
  const errors = (simulation?.faults ?? []).flatMap(({ kind }, index) =>
    isProcessFault(kind)
      ? [
          {
            pointer: `/simulation/faults/${index}/kind`,
            code: 'fault_not_allowed',
            detail: `The fault ${kind} harms a worker process; the configuration does not allow it.`,
          },
        ]
      : [],
  );
  if (errors.length > 0) throw new FaultNotAllowedError(errors);
}
