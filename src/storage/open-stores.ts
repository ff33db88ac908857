import { artefactsFolder, datasetsFolder, type Environment } from '../config/environment.js';
import { s3Settings } from '../config/s3-settings.js';
import { LocalObjectStore } from './local-object-store.js';
import type { ObjectStore } from './object-store.js';

/** By the names that they have in a bucket: of model files, and of the contents of datasets. */
export const STORE_FOLDERS = { artifacts: artefactsFolder, datasets: datasetsFolder } as const;

export type StoreName = keyof typeof STORE_FOLDERS;

/** In a folder or in a bucket, as the environment says. */
export async function openStore(environment: Environment, name: StoreName): Promise<ObjectStore> {
  const settings = s3Settings(environment);
  if (!settings) return new LocalObjectStore(STORE_FOLDERS[name](environment));
  // The SDK is large: only those who use it load it.
  const { S3ObjectStore } = await import('./s3-object-store.js');
  return new S3ObjectStore({ ...settings, prefix: [settings.prefix, name].filter(Boolean).join('/') });
}
