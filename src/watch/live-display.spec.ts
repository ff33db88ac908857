import { EventEmitter } from 'node:events';
import type { JobStreamEvent } from '../client/job-stream.js';
import { LiveDisplay } from './live-display.js';

const TERMINAL = { redraws: true, colour: true, unicode: true };
const progressAt = (currentEpoch: number): JobStreamEvent => ({
  name: 'progress',
  data: { currentEpoch, totalEpochs: 100, loss: 1 / currentEpoch, validationLoss: 2 / currentEpoch },
});
const alert: JobStreamEvent = {
  name: 'alert',
  data: { at: '2026-11-27T12:03:05Z', rule: 'r', kind: 'plateau', state: 'firing', epoch: 3 },
};
const phase: JobStreamEvent = {
  name: 'phase',
  data: { at: '2026-11-27T12:03:05Z', status: 'running', phase: 'training', attempt: 1, epoch: 0 },
};

class Screen extends EventEmitter {
  readonly chunks: string[] = [];
  constructor(
    public columns = 80,
    public rows = 24,
  ) {
    super();
  }
  write(text: string) {
    this.chunks.push(text);
  }
}

describe('LiveDisplay', () => {
  const CHART_HEIGHT = 17;
  let screen: Screen;
  let display: LiveDisplay;
  beforeEach(() => {
    jest.useFakeTimers();
    screen = new Screen();
    display = new LiveDisplay(screen, TERMINAL);
  });
  afterEach(() => {
    display.end();
    jest.useRealTimers();
  });

  it('hides the cursor, draws over what it drew, and leaves the last picture and the cursor behind', () => {
    display.show(progressAt(1));
    expect(screen.chunks[0]).toBe('\x1b[?25l');
    expect(screen.chunks[1]).toMatch(/^\r\x1b\[\?7lloss /);
    expect(screen.chunks[1]!.split('\n')).toHaveLength(CHART_HEIGHT);
    jest.advanceTimersByTime(100);
    display.show(progressAt(2));
    expect(screen.chunks[2]).toMatch(new RegExp(`^\\r\\x1b\\[${CHART_HEIGHT - 1}A`));
    display.end();
    expect(screen.chunks.at(-2)).toContain('epoch   2/100');
    expect(screen.chunks.at(-1)).toBe('\n\x1b[?25h');
    expect(screen.listenerCount('resize')).toBe(0);
  });

  it('draws at most ten times a second, the last state included', () => {
    for (let epoch = 1; epoch <= 100; epoch += 1) {
      display.show(progressAt(epoch));
      jest.advanceTimersByTime(10);
    }
    jest.advanceTimersByTime(100);
    const pictures = screen.chunks.filter((chunk) => chunk.includes('epoch'));
    expect(pictures.length).toBeGreaterThanOrEqual(10);
    expect(pictures.length).toBeLessThanOrEqual(12);
    expect(pictures.at(-1)).toContain('epoch 100/100');
  });

  it('puts phases and alerts above the picture, where they stay', () => {
    display.show(phase);
    expect(screen.chunks[1]).toMatch(/^\r12:03:05Z {2}training\x1b\[K\n\x1b\[\?7l\[\.+\]/);
    jest.advanceTimersByTime(100);
    display.show(alert);
    expect(screen.chunks[2]).toMatch(/^\r\x1b\[31m12:03:05Z {2}alert firing: plateau at epoch 3\x1b\[0m\x1b\[K\n/);
  });

  it('draws everything anew when the size changes', () => {
    display.show(phase);
    jest.advanceTimersByTime(100);
    display.show(progressAt(1));
    screen.columns = 60;
    screen.emit('resize');
    expect(screen.chunks.at(-2)).toBe('\x1b[2J\x1b[H');
    expect(screen.chunks.at(-1)).toMatch(/^\r12:03:05Z {2}training\x1b\[K\n\x1b\[\?7lloss/);
    const widths = screen.chunks
      .at(-1)!
      .replaceAll(/\x1b\[[\d;?]*[A-Za-z]/g, '')
      .split('\n')
      .map(({ length }) => length);
    expect(Math.max(...widths)).toBeLessThan(60);
  });

  it('has a smaller chart in a low terminal, and none in one that is tiny', () => {
    screen.rows = 16;
    display.show(progressAt(1));
    expect(screen.chunks.at(-1)!.split('\n')).toHaveLength(9);
    [screen.columns, screen.rows] = [30, 24];
    screen.emit('resize');
    expect(screen.chunks.at(-1)!.split('\n')).toHaveLength(1);
  });

  it('shows the cursor again when the process ends on the way', () => {
    display.show(progressAt(1));
    const exits = process.listeners('exit');
    (exits.at(-1) as () => void)();
    expect(screen.chunks.at(-1)).toBe('\n\x1b[?25h');
    display.end();
    expect(process.listeners('exit')).toHaveLength(exits.length - 1);
  });

  it('writes nothing at its end when there was nothing to show', () => {
    display.end();
    expect(screen.chunks).toEqual([]);
  });
});
