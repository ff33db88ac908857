import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { readEnvironment } from '../config/environment.js';
import { dataSourceOptions } from './connection.js';

/** For TypeORM's own command line: `npx typeorm -d dist/database/data-source.js migration:show`. */
export default new DataSource(dataSourceOptions(readEnvironment().DATABASE_URL ?? '', 2));
