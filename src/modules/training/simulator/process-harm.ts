/** How a simulated run kills the process it runs in; replaced in unit tests, which would not survive it. */
export interface ProcessHarm {
  /** Dies at once, as by `kill -9`: no handler runs, no lease is released. */
  crash(): void;
  /** Ends with code 137 (128 + SIGKILL), as a container that the kernel killed for its memory. Allocates nothing. */
  outOfMemory(): void;
}

export const processHarm: ProcessHarm = {
  crash: () => {
    process.kill(process.pid, 'SIGKILL');
  },
  outOfMemory: () => {
    process.exit(137);
  },
};
