import { PlainDisplay } from './plain-display.js';

describe('PlainDisplay', () => {
  it('adds a line every ten per cent, and one for each phase and alert', () => {
    const lines: string[] = [];
    const display = new PlainDisplay({ write: (text) => lines.push(text) });
    const at = '2026-11-27T12:03:05Z';
    display.show({ name: 'phase', data: { at, status: 'running', phase: 'training', attempt: 1, epoch: 0 } });
    for (let epoch = 1; epoch <= 100; epoch += 1) {
      display.show({ name: 'progress', data: { currentEpoch: epoch, totalEpochs: 100, loss: 0.5 } });
    }
    display.show({ name: 'alert', data: { at, rule: 'r', kind: 'plateau', state: 'firing', epoch: 99 } });
    display.end();
    expect(lines).toHaveLength(12);
    expect(lines[0]).toBe('12:03:05Z  training\n');
    expect(lines[1]).toMatch(/ 10 % {2}epoch {2}10\/100 {2}loss 0.5000/);
    expect(lines[10]).toContain('100 %');
    expect(lines[11]).toBe('12:03:05Z  alert firing: plateau at epoch 99\n');
  });
});
