import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { newId } from '../../../database/id.js';
import { DomainError } from '../../../errors/domain.error.js';
import type { UnitOfWork } from '../../../database/unit-of-work.js';
import { ContentEmptyError, ContentTooLargeError, type Room } from '../../../http/upload/upload.errors.js';
import { logContext } from '../../../logging/request-context.js';
import type { Outbox } from '../../../queue/outbox.js';
import { DATASET_OUTBOX } from '../../../queue/queue.module.js';
import { type ByteRange, ObjectMissingError, ObjectStore, type StoredObject } from '../../../storage/object-store.js';
import { DATASET_STORE } from '../../../storage/storage.module.js';
import { QuotasService } from '../../quotas/quotas.service.js';
import { DatasetStatus } from '../dataset-state.js';
import { DatasetFormat } from '../dataset-type.js';
import type { Dataset } from '../dataset.entity.js';
import { DatasetNotFoundError } from '../datasets.errors.js';
import { DatasetsService } from '../datasets.service.js';
import { isUpload } from '../declaration.js';
import type { DatasetProfileRow } from '../profile/dataset-profile.entity.js';
import type { ReadAs } from '../profile/profile-type.js';
import {
  DatasetContentFixedError,
  DatasetContentMissingError,
  DatasetInUseError,
  DatasetNotAnUploadError,
  DatasetNotProcessableError,
  DatasetProfileMissingError,
} from './content.errors.js';
import { ContentRepository, type NewContent } from './content.repository.js';
import { archiveLayout, fileNameOf, mediaTypeOf } from './content-type.js';
import type { DatasetWithContent } from './dataset-with-content.js';

const TAKES_CONTENT: readonly DatasetStatus[] = [DatasetStatus.Uploading, DatasetStatus.Error];

/** A file on its way in; `confirm` throws when it did not arrive as announced. */
export interface Arriving {
  stream: Readable;
  name: string | undefined;
  confirm(): Promise<void>;
}

/** The bytes of datasets: in, out, looked at again, and away. */
@Injectable()
export class ContentService {
  private readonly logger = new Logger('Content');

  constructor(
    private readonly datasets: DatasetsService,
    private readonly content: ContentRepository,
    @Inject(DATASET_STORE) private readonly store: ObjectStore,
    @Inject(DATASET_OUTBOX) private readonly outbox: Outbox,
    private readonly quotas: QuotasService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Asked before a byte is read, so that a sender hears at once: most bytes that may come. Throws DatasetNotAnUpload- or
   * ContentFixedError.
   */
  async roomFor(tenantId: string, id: string): Promise<Room> {
    await this.assertTakesContent(tenantId, id);
    const most = this.environment.UPLOAD_LIMIT_BYTES;
    const space = await this.quotas.spaceFor(tenantId, id);
    if (space && space.bytes < most) return space;
    return { ...space, bytes: most, exceeded: () => new ContentTooLargeError(most) };
  }

  private async assertTakesContent(tenantId: string, id: string): Promise<void> {
    const { metadata, status } = await this.datasets.get(tenantId, id);
    if (!isUpload(metadata)) throw new DatasetNotAnUploadError(id, status);
    if (!TAKES_CONTENT.includes(status)) throw new DatasetContentFixedError(id, status);
  }

  /** Stores the bytes, then has them looked at. Whatever goes wrong leaves the dataset as it was. */
  async receive(tenantId: string, id: string, file: Arriving): Promise<Dataset> {
    const object = await this.stored(id, file);
    const content = { object, name: file.name ?? null, requestId: logContext().requestId ?? null };
    const accepted = await this.accepted(tenantId, id, content);
    if (!accepted) {
      await this.discard(object.key);
      await this.assertTakesContent(tenantId, id);
      // It takes content again already, but not this one's.
      throw new DatasetContentFixedError(id, DatasetStatus.Processing);
    }
    if (accepted.replaced) await this.discard(accepted.replaced, 'was named');
    const { size, sha256 } = object;
    this.logger.log({ msg: 'Content received', datasetId: id, tenant: tenantId, bytes: size, sha256 });
    void this.outbox.dispatchNow(id);
    return this.datasets.get(tenantId, id);
  }

  async processAgain(unit: UnitOfWork, tenantId: string, id: string): Promise<Dataset> {
    const again = await this.content.processAgain(unit.transaction, tenantId, id, logContext().requestId ?? null);
    const dataset = await this.datasets.get(tenantId, id, unit.transaction);
    if (!again) throw new DatasetNotProcessableError(id, dataset.status);
    unit.afterCommit(() => void this.outbox.dispatchNow(id));
    return dataset;
  }

  async withContent(tenantId: string, id: string): Promise<DatasetWithContent> {
    const dataset = await this.datasets.get(tenantId, id);
    if (dataset.contentKey === null) throw new DatasetContentMissingError(id);
    return dataset as DatasetWithContent;
  }

  /** For whoever saves it. Of what no worker has read, the kind of archive shows in its first bytes. */
  async described(dataset: DatasetWithContent): Promise<{ name: string; mediaType: string }> {
    const isRead = dataset.status === DatasetStatus.Ready;
    const readAs: ReadAs = (isRead ? await this.content.readAs(dataset.id) : null) ?? {};
    const layout = readAs.layout ?? (await this.layoutOf(dataset));
    return { name: fileNameOf(dataset, layout), mediaType: mediaTypeOf(dataset, readAs) };
  }

  private async layoutOf(dataset: DatasetWithContent): Promise<string | undefined> {
    if (dataset.metadata.format !== DatasetFormat.Images) return undefined;
    return archiveLayout(await buffer(await this.open(dataset, { start: 0, end: 1 })));
  }

  /** Throws DatasetContentMissingError: a restored backup may have been made without a file that was missing. */
  async open({ id, contentKey }: DatasetWithContent, range?: ByteRange): Promise<Readable> {
    try {
      return await this.store.read(contentKey, range);
    } catch (error) {
      throw error instanceof ObjectMissingError ? new DatasetContentMissingError(id) : error;
    }
  }

  async profileOf(tenantId: string, id: string): Promise<DatasetProfileRow> {
    const profile = await this.content.profileOf(tenantId, id);
    if (profile) return profile;
    const { status } = await this.datasets.get(tenantId, id);
    throw new DatasetProfileMissingError(id, status);
  }

  async remove(tenantId: string, id: string): Promise<void> {
    const outcome = await this.content.remove(tenantId, id);
    if (!outcome) throw new DatasetNotFoundError(id);
    const { dataset, removed } = outcome;
    if (!removed) throw new DatasetInUseError(id, dataset.status);
    if (dataset.contentKey) await this.discard(dataset.contentKey, 'was named');
    this.logger.log({ msg: 'Dataset deleted', datasetId: id, tenant: tenantId });
  }

  private async stored(id: string, file: Arriving): Promise<StoredObject> {
    const object = await this.store.put(`${id}/${newId('content')}`, file.stream).catch((error: Error) => {
      // Why the file is not whole says more than that its stream ended; a store that failed has ended it, too.
      throw file.stream.errored instanceof DomainError ? file.stream.errored : error;
    });
    try {
      await file.confirm();
      if (object.size === 0) throw new ContentEmptyError();
      return object;
    } catch (error) {
      await this.discard(object.key);
      throw error;
    }
  }

  private async accepted(tenantId: string, id: string, content: NewContent) {
    try {
      return await this.content.accept(tenantId, id, content);
    } catch (error) {
      // Refused for sure; after any other error it may have been committed, and a sweep decides.
      if (error instanceof DomainError) await this.discard(content.object.key);
      throw error;
    }
  }

  /** What cannot be removed now is nobody's, and a worker's sweep finds it. */
  private async discard(key: string, past?: 'was named'): Promise<void> {
    await this.removed(key, past).catch((error: Error) => {
      this.logger.warn({ msg: 'Content left to the sweep', key, reason: error.message });
    });
  }

  /** A row that named it may be part of a backup. */
  private async removed(key: string, past?: 'was named'): Promise<void> {
    if (past && !(await this.content.mayRemoveFiles())) throw new Error('a backup is under way');
    await this.store.remove(key);
  }
}
