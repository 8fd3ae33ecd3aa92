import type { IDBPDatabase } from 'idb';
import type { LibrarySchema } from '../schema';

/** What models are trained on, what search has learned from its user, and deletions of conversations that can be undone. */
export function addTuningStores(database: IDBPDatabase<LibrarySchema>): void {
  const examples = database.createObjectStore('examples', { keyPath: 'id' });
  examples.createIndex('byAnswer', 'answerId');
  examples.createIndex('byConversation', 'conversationId');
  examples.createIndex('byTag', 'example.tags', { multiEntry: true });
  examples.createIndex('bySplit', 'example.split');
  database.createObjectStore('retrievalTunings');
  database.createObjectStore('conversationDeletions', { keyPath: 'conversationId' }).createIndex('byDeleteAt', 'deleteAt');
}
