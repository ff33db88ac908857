import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { problemOf } from './declaration.js';
import { Inspector } from './inspection/inspector.js';
import { type ClaimedDataset, type Finding, ProcessingProtocol } from './processing.protocol.js';

/** Looks at a claimed dataset, and keeps its lease. */
@Injectable()
export class DatasetInspection {
  constructor(
    private readonly protocol: ProcessingProtocol,
    private readonly inspector: Inspector,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Throws InspectionAbortedError once `abort` did, as it does when the dataset is not ours any more. */
  async of(dataset: ClaimedDataset, abort: AbortController): Promise<Finding> {
    const problem = problemOf(dataset);
    if (problem) return { problems: [problem] };
    const { contentKey, contentBytes, type, features, targetColumn, metadata } = dataset;
    if (contentKey === null || contentBytes === null) return null;
    const { format, encoding, delimiter, hasHeader } = metadata;
    const declared = { type, features, targetColumn, format, encoding, delimiter, hasHeader };
    return this.inspector.inspect({ contentKey, bytes: contentBytes, ...declared }, abort.signal);
  }

  /** Until it is let go. While the database cannot be asked, nobody else can take the dataset either. */
  keepLease(dataset: ClaimedDataset, abort: AbortController): () => void {
    const { LEASE_MS } = this.environment;
    const renew = () =>
      this.protocol.renew(dataset, LEASE_MS).then(
        (ours) => ours || abort.abort(),
        () => {},
      );
    const timer = setInterval(() => void renew(), LEASE_MS / 3);
    return () => clearInterval(timer);
  }
}
