import { inspect } from './inspect.js';
import type { InspectionTask } from './inspection.js';
import type { Failed } from './inspector.errors.js';
import { guard } from './guard.js';

/**
 * A process that looks at one file and ends: content may be hostile, and what parses it is native code. It knows no
 * database, no secret and no queue; whoever started it kills it when it takes too long.
 */
process.once('message', (task: InspectionTask) => {
  guard(task.limits.timeoutMs);
  inspect(task).then(
    (inspection) => process.send!(inspection, () => process.exit(0)),
    ({ message, stack, code }: Error & { code?: unknown }) =>
      process.send!({ failed: { message, stack, code } } satisfies Failed, () => process.exit(1)),
  );
});
process.once('disconnect', () => process.exit(1));
