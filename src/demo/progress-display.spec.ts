import { ProgressDisplay } from './progress-display.js';
import type { Progress } from './resources.js';

const progressAt = (currentEpoch: number): Progress => ({
  currentEpoch,
  totalEpochs: 100,
  loss: 0.25,
  validationLoss: 0.28,
  accuracy: 0.87,
  estimatedTimeRemaining: 5_432,
  status: 'training',
});

describe('ProgressDisplay', () => {
  const written = (isTTY: boolean, epochs: Progress[], columns?: number) => {
    const chunks: string[] = [];
    const display = new ProgressDisplay({ isTTY, ...(columns && { columns }), write: (text) => chunks.push(text) });
    epochs.forEach((progress) => display.show(progress));
    display.end();
    return chunks;
  };

  it('shows bar, epoch, loss, validation loss, accuracy and time left', () => {
    expect(written(false, [progressAt(45)])).toEqual([
      '[###########.............]  45 %  epoch  45/100  loss 0.2500  val loss 0.2800  accuracy 0.8700   6 s left\n',
    ]);
  });

  it('has a dash for what was not measured yet', () => {
    const line = written(false, [{ currentEpoch: 0, totalEpochs: 0, status: 'queued' }]).join();
    expect(line).toContain('0 %  epoch 0/0  loss      -  val loss      -  accuracy      -     - left');
  });

  it('adds a line every ten per cent where it cannot redraw', () => {
    const lines = written(
      false,
      Array.from({ length: 101 }, (_, epoch) => progressAt(epoch)),
    );
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toContain('100 %');
  });

  it('redraws one line on a terminal, cut to its width, and leaves it at the end', () => {
    const chunks = written(true, [progressAt(1), progressAt(1), progressAt(2)], 40);
    expect(chunks).toHaveLength(3);
    expect(chunks[1]).toBe(`\r\x1b[2K${'[........................]   2 %  epoch   2/100'.slice(0, 39)}`);
    expect(chunks.at(-1)).toBe('\n');
  });
});
