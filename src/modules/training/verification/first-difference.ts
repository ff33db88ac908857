import { type Difference, DifferenceKind, DifferingSeries } from '../../jobs/verdict.js';
import { ArtefactState } from '../../models/artefact-state.js';

/** What identifies a training beside its epochs; hexadecimal. */
export interface TrainingHashes {
  /** Null for data held elsewhere. */
  datasetSha256: string | null;
  /** Of the model file. */
  sha256: string;
}

type Series = Readonly<Record<DifferingSeries, number | null>>;

/** The first epoch whose measurements are not the same; null where one side has no such epoch. */
export interface DifferentEpoch {
  epoch: number;
  expected: Series | null;
  actual: Series | null;
}

/** In the order of causes: the data, then the epochs, then the file, then what became of the stored one. */
export function firstDifference(
  trained: TrainingHashes,
  again: TrainingHashes,
  epoch: DifferentEpoch | undefined,
  stored: ArtefactState,
): Difference | null {
  if (trained.datasetSha256 !== again.datasetSha256) {
    return difference(DifferenceKind.Dataset, trained.datasetSha256, again.datasetSha256);
  }
  if (epoch) return ofProgress(epoch);
  if (trained.sha256 !== again.sha256) return difference(DifferenceKind.Artifact, trained.sha256, again.sha256);
  const isAsStored = stored === ArtefactState.Intact || stored === ArtefactState.Deleted;
  return isAsStored ? null : difference(DifferenceKind.StoredArtifact, trained.sha256, null);
}

function ofProgress({ epoch, expected, actual }: DifferentEpoch): Difference {
  if (!expected || !actual) return { what: DifferenceKind.Progress, epoch };
  const series = Object.values(DifferingSeries).find((name) => expected[name] !== actual[name])!;
  return { ...difference(DifferenceKind.Progress, expected[series], actual[series]), epoch, series };
}

/** Without what is not there. */
function difference(what: DifferenceKind, expected: number | string | null, actual: number | string | null) {
  return { what, ...(expected !== null && { expected }), ...(actual !== null && { actual }) };
}
