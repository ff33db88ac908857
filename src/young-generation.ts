import { setFlagsFromString } from 'node:v8';

/**
 * Imported before all else. V8 doubles its young generation, to three times 16 MiB in the end, each time that as much has
 * survived in it as it is large, which loading a few thousand modules does at once; a process at rest never gives that
 * back. Kept as it begins it saves some 20 MiB a process, and requests take as long (docs/performance.md, Memory).
 */
setFlagsFromString('--semi-space-growth-factor=1');
