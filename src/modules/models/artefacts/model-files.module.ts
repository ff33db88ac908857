import { Module } from '@nestjs/common';
import { StorageModule } from '../../../storage/storage.module.js';
import { ModelFiles } from './model-files.js';

/** For the API, which hands them out, and for workers, which look after them. */
@Module({ imports: [StorageModule], providers: [ModelFiles], exports: [ModelFiles] })
export class ModelFilesModule {}
