import { alertNote, endNote, phaseNote } from './notes.js';

const phase = { at: '2026-11-27T12:03:05.123Z', status: 'running', phase: 'training', attempt: 1, epoch: 0 };
const alert = { at: phase.at, rule: 'overfitting', kind: 'overfitting', state: 'firing', epoch: 30 };

describe('notes', () => {
  it.each([
    [{}, '12:03:05Z  training'],
    [{ epoch: 45, workerId: 'worker_1' }, '12:03:05Z  training (epoch 45, worker_1)'],
    [{ phase: 'done', status: 'completed', epoch: 100 }, '12:03:05Z  completed (epoch 100)'],
    [
      { phase: 'retry_wait', attempt: 2, reason: 'worker_lost', detail: 'No\nsign \x1b[2J' },
      '12:03:05Z  retry wait (attempt 2): worker lost, No sign  [2J',
    ],
  ])('tell a phase', (fields, text) => expect(phaseNote({ ...phase, ...fields })).toBe(text));

  it.each([
    [{ action: 'notify' }, '12:03:05Z  alert firing: overfitting at epoch 30'],
    [{ action: 'pause', detail: 'It rises' }, '12:03:05Z  alert firing: overfitting at epoch 30 (pause): It rises'],
    [{ state: 'resolved', kind: 'slow_epochs' }, '12:03:05Z  alert resolved: slow epochs at epoch 30'],
  ])('tell an alert', (fields, text) => expect(alertNote({ ...alert, ...fields })).toBe(text));

  it.each([
    [{ status: 'completed', version: '1.0.0' }, 'The job ended as completed: version 1.0.0'],
    [{ status: 'cancelled' }, 'The job ended as cancelled'],
    [{ status: 'failed', error: 'No number', errorCode: 'diverged' }, 'The job ended as failed: No number (diverged)'],
  ])('tell the end', (done, text) => expect(endNote(done)).toBe(text));
});
