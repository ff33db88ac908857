import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { artefactsFolder, datasetsFolder, ENVIRONMENT, type Environment } from '../config/environment.js';
import { s3Settings } from '../config/s3-settings.js';
import { LocalObjectStore } from './local-object-store.js';
import type { ObjectStore } from './object-store.js';

/** DI tokens of the object stores: of model files, and of the contents of datasets. */
export const ARTEFACT_STORE = Symbol('ARTEFACT_STORE');
export const DATASET_STORE = Symbol('DATASET_STORE');

function store(token: symbol, name: string, folder: (environment: Environment) => string) {
  return {
    provide: token,
    inject: [ENVIRONMENT],
    useFactory: async (environment: Environment): Promise<ObjectStore> => {
      const settings = s3Settings(environment);
      if (!settings) return new LocalObjectStore(folder(environment));
      // The SDK is large: only those who use it load it.
      const { S3ObjectStore } = await import('./s3-object-store.js');
      return new S3ObjectStore({ ...settings, prefix: [settings.prefix, name].filter(Boolean).join('/') });
    },
  };
}

/** In folders or in a bucket, as the environment says. */
@Module({
  providers: [store(ARTEFACT_STORE, 'artifacts', artefactsFolder), store(DATASET_STORE, 'datasets', datasetsFolder)],
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
