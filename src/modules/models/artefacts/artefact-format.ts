/** What a model file says it is (docs/artifact-format.md). */
export interface ArtefactFormat {
  name: string;
  version: number;
}

/** Of the simulator's files. */
export const SIMULATED_MODEL: ArtefactFormat = { name: 'ai-training-platform/simulated-model', version: 1 };

/** Bytes at the beginning of a file in which its format has to stand. */
export const FORMAT_WITHIN = 256;

const HEAD = /^\{\s*"format":\s*"([\x21\x23-\x5b\x5d-\x7e]{1,100})",\s*"formatVersion":\s*(\d{1,9}),/;

/** Null: the beginning of the file does not say. */
export function formatIn(head: string): ArtefactFormat | null {
  const [, name, version] = HEAD.exec(head) ?? [];
  return name === undefined ? null : { name, version: Number(version) };
}
