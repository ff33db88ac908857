import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf the database is changed. */
export interface Author {
  actor: string;
  /** The operation, as the API's document names it. */
  action: string;
  requestId: string;
  address: string;
}

const storage = new AsyncLocalStorage<Author>();

/** Whatever `work` changes is on record as the author's, also after it has returned. */
export function onBehalfOf<T>(author: Author, work: () => T): T {
  return storage.run(author, work);
}

export function currentAuthor(): Author | undefined {
  return storage.getStore();
}
