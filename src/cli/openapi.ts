import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { renderOpenApi } from './render-openapi.js';

/** Writes openapi.json into the current folder; needs neither a database nor a queue. */
writeFileSync('openapi.json', await renderOpenApi());
