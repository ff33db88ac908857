import { NoAnswerError, Patience } from './patience.js';

describe('Patience', () => {
  it('gives the answer, or what went wrong, and asks again', async () => {
    const patience = new Patience(1_000);
    await expect(patience.await('Asking', () => Promise.resolve(5))).resolves.toBe(5);
    await expect(patience.await('Asking', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    await expect(patience.await('Asking', () => Promise.resolve(6))).resolves.toBe(6);
  });

  it('asks nothing more while an answer is overdue', async () => {
    const patience = new Patience(5);
    let resolve = () => {};
    const promise = new Promise<void>((answer) => (resolve = answer));
    await expect(patience.await('Asking', () => promise)).rejects.toThrow('longer than 5 ms');
    const asked = jest.fn(() => Promise.resolve());
    await expect(patience.await('Asking', asked)).rejects.toThrow(NoAnswerError);
    expect(asked).not.toHaveBeenCalled();
    resolve();
    await new Promise(setImmediate);
    await patience.await('Asking', asked);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
