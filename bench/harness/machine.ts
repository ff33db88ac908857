import os from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  processors: string;
  memoryGiB: number;
  node: string;
  os: string;
}

export function thisMachine(): Machine {
  const processors = os.cpus();
  return {
    processors: `${processors.length} × ${processors[0]!.model}`,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    os: `${os.type()} ${os.arch()}`,
  };
}
