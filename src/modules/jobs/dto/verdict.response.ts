import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArtefactState } from '../../models/artefact-state.js';
import { DifferenceKind, DifferingSeries } from '../verdict.js';
import type { Difference, Verdict } from '../verdict.js';

const FIGURE = { oneOf: [{ type: 'number' as const }, { type: 'string' as const }] };

export class DifferenceResponse implements Difference {
  @ApiProperty({
    description:
      'dataset: its hash; progress: of an epoch; artifact: the hash of the trained model; stored_artifact: the file in the store is not what was stored.',
    enum: DifferenceKind,
    enumName: 'DifferenceKind',
  })
  what: DifferenceKind;

  @ApiPropertyOptional({ description: 'Of the progress.', type: 'integer', example: 12 })
  epoch?: number;

  @ApiPropertyOptional({
    description: 'Of the progress; absent where the whole epoch is.',
    enum: DifferingSeries,
    enumName: 'DifferingSeries',
  })
  series?: DifferingSeries;

  @ApiPropertyOptional({ description: 'What the training had; hashes in hexadecimal.', ...FIGURE })
  expected?: number | string;

  @ApiPropertyOptional({ description: 'What the verification found instead.', ...FIGURE })
  actual?: number | string;
}

export class VerdictResponse {
  @ApiProperty({
    description: 'Every epoch and the model file came out the same, and what is stored is that file (unless deleted).',
  })
  reproducible: boolean;

  @ApiPropertyOptional({
    description: 'Where it was not the same; the dataset first, then the epochs, then the file.',
    type: () => DifferenceResponse,
  })
  firstDifference?: DifferenceResponse;

  @ApiProperty({ description: 'The verification.', example: 'job_456' })
  jobId: string;

  @ApiProperty({ description: 'How the stored file was found.', enum: ArtefactState, enumName: 'ArtifactState' })
  storedArtifact: ArtefactState;

  static from(this: void, { reproducible, firstDifference, jobId, storedArtifact }: Verdict): VerdictResponse {
    return { reproducible, firstDifference, jobId, storedArtifact };
  }
}
