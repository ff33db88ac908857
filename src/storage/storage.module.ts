import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import type { ObjectStore } from './object-store.js';
import { openStore, type StoreName } from './open-stores.js';

/** DI tokens of the object stores: of model files, and of the contents of datasets. */
export const ARTEFACT_STORE = Symbol('ARTEFACT_STORE');
export const DATASET_STORE = Symbol('DATASET_STORE');

function store(token: symbol, name: StoreName) {
  return {
    provide: token,
    inject: [ENVIRONMENT],
    useFactory: (environment: Environment): Promise<ObjectStore> => openStore(environment, name),
  };
}

/** In folders or in a bucket, as the environment says. */
@Module({
  providers: [store(ARTEFACT_STORE, 'artifacts'), store(DATASET_STORE, 'datasets')],
  exports: [ARTEFACT_STORE, DATASET_STORE],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    @Inject(ARTEFACT_STORE) private readonly artefacts: ObjectStore,
    @Inject(DATASET_STORE) private readonly datasets: ObjectStore,
  ) {}

  onApplicationShutdown(): void {
    this.artefacts.close();
    this.datasets.close();
  }
}
