import type { IDBPDatabase } from 'idb';
import type { LibrarySchema } from '../schema';

/** What answers are asked with, and what conversations keep besides their messages. */
export function addAnswerStores(database: IDBPDatabase<LibrarySchema>): void {
  const readings = database.createObjectStore('readings', { keyPath: 'id' });
  readings.createIndex('byConversation', 'conversationId');
  const usage = database.createObjectStore('usage', { keyPath: 'id' });
  usage.createIndex('byDay', 'day');
  database.createObjectStore('usageMonths', { keyPath: 'month' });
  const pictures = database.createObjectStore('pictures', { keyPath: 'id' });
  pictures.createIndex('byConversation', 'conversationId');
  database.createObjectStore('assistants', { keyPath: 'id' });
}
