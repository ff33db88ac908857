import { inspect } from './inspect.js';
import type { InspectionTask } from './inspection.js';

/**
 * A process that looks at one file and ends: content may be hostile, and what parses it is native code. It knows no
 * database, no secret and no queue; whoever started it kills it when it takes too long.
 */
process.once('message', (task: InspectionTask) => {
  inspect(task).then(
    (inspection) => process.send!(inspection, () => process.exit(0)),
    (error: Error) => {
      console.error(error.stack);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(1));
