import type { TrainingSpec } from '../trainer.js';

/** A numeric hyperparameter; what the model type does not have counts as `absent`. */
export function numberOf(spec: TrainingSpec, name: string, absent = 0): number {
  const value = spec.hyperparameters[name];
  return typeof value === 'number' ? value : absent;
}

export function listOf(spec: TrainingSpec, name: string): readonly number[] {
  const value = spec.hyperparameters[name];
  return Array.isArray(value) ? (value as number[]) : [];
}

export function textOf(spec: TrainingSpec, name: string, absent = ''): string {
  const value = spec.hyperparameters[name];
  return typeof value === 'string' ? value : absent;
}

export function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
