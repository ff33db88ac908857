import { createReadStream } from 'node:fs';
import readline from 'node:readline';
import { STORES } from './layout.js';
import type { StoreName } from '../storage/open-stores.js';

/**
 * The files that rows name, and what they say of them; in an order of their own, so that the same rows give the same
 * text. Files that were deleted stay named for the record.
 */
export const REFERENCES = `
  SELECT DISTINCT store, key COLLATE "C" AS key, bytes, sha256, state FROM (
    SELECT 'artifacts' AS store, file_path AS key, file_size AS bytes, sha256,
      CASE WHEN artefact_state IN ('damaged', 'missing') THEN artefact_state ELSE 'intact' END AS state
    FROM model_versions WHERE file_path IS NOT NULL AND artefact_state IS DISTINCT FROM 'deleted'
    UNION ALL
    SELECT 'datasets', content_key, content_bytes, content_sha256, 'intact'
    FROM training_datasets WHERE content_key IS NOT NULL
  ) AS named ORDER BY store, key, bytes, sha256, state`;

/** The same but for the state, which a backup without damaged files has found out by itself. */
export const NAMED_FILES = `SELECT store, key, bytes, sha256 FROM (${REFERENCES}) AS listed
  ORDER BY store, key, bytes, sha256, state`;

export interface Reference {
  store: StoreName;
  key: string;
  /** As the row has it, in digits. */
  bytes: string;
  sha256: string;
  state: string;
  /** Damaged or missing, as the platform knew, or as the backup found: the file may be missing from the backup. */
  isAiling: boolean;
}

/** What was written of them, line by line. */
export async function* references(file: string): AsyncGenerator<Reference> {
  for await (const line of readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [store = '', key = '', bytes = '', sha256 = '', state = ''] = line.split('\t');
    if (!isStore(store)) throw new Error(`There is no store ${JSON.stringify(store)}`);
    yield { store, key, bytes, sha256, state, isAiling: state !== 'intact' };
  }
}

const isStore = (name: string): name is StoreName => (STORES as string[]).includes(name);
