interface Wish<Q, R> {
  question: Q;
  resolve: (answer: R) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers many askers with few statements: those who ask while the statements before are under way go together. So a
 * commit that a hundred streams wait for is read once, and none of them waits for a timer.
 */
export class Batched<Q, R> {
  private wishes: Wish<Q, R>[] = [];
  private underWay = 0;

  /** `answer`: in the order of the questions. */
  constructor(
    private readonly answer: (questions: readonly Q[]) => Promise<R[]>,
    private readonly limits: { together: number; atOnce: number },
  ) {}

  ask(question: Q): Promise<R> {
    return new Promise((resolve, reject) => {
      this.wishes.push({ question, resolve, reject });
      // After everybody who was woken by the same notification has asked.
      setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.underWay >= this.limits.atOnce || this.wishes.length === 0) return;
    const batch = this.wishes.splice(0, this.limits.together);
    this.underWay += 1;
    void this.fulfil(batch).finally(() => {
      this.underWay -= 1;
      this.next();
    });
    this.next();
  }

  private async fulfil(batch: readonly Wish<Q, R>[]): Promise<void> {
    try {
      const answers = await this.answer(batch.map(({ question }) => question));
      batch.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
