const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm passes on the interrupt that the terminal has sent to everybody: both are one. */
const ONE_KEYSTROKE_MS = 500;
const FORCED_EXIT_CODE = 130;

/** Thrown by what was under way when somebody asked to stop: not an error of the platform's. */
export class Interrupted extends Error {
  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.name = 'Interrupted';
  }
}

/** A signal that is aborted by the first request to stop. A second one ends this process at once. */
export function shutdownSignal(exit: (code: number) => void = (code) => process.exit(code)): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  for (const name of SIGNALS) {
    process.on(name, () => {
      first ??= Date.now();
      if (!controller.signal.aborted) controller.abort(new Interrupted(name));
      else if (Date.now() - first > ONE_KEYSTROKE_MS) exit(FORCED_EXIT_CODE);
    });
  }
  return controller.signal;
}
