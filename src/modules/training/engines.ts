import type { Environment } from '../../config/environment.js';
import { SimulatorTrainer } from './simulator/simulator.trainer.js';
import type { Trainer } from './trainer.js';

/** The engines that ENGINE may name (docs/engines.md). */
const ENGINES: Readonly<Record<Environment['ENGINE'], (environment: Environment) => Trainer>> = {
  simulator: ({ SIMULATOR_EPOCH_MS, SIMULATOR_PROCESS_FAULTS }) =>
    new SimulatorTrainer({ epochMs: SIMULATOR_EPOCH_MS, processFaults: SIMULATOR_PROCESS_FAULTS }),
};

export function createTrainer(environment: Environment): Trainer {
  return ENGINES[environment.ENGINE](environment);
}
