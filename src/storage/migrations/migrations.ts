import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { indexByDictionaries } from '../lexical/index-by-dictionaries';
import { gatherPassages } from '../pages/gather-passages';
import type { LibrarySchema } from '../schema';
import { addAnswerStores } from './add-answer-stores';
import { addLibraryList } from './add-library-list';
import { addScopeSlabs } from './add-scope-slabs';
import { addTuningJobStores } from './add-tuning-job-stores';
import { addTuningStores } from './add-tuning-stores';
import { addVectorModels } from './add-vector-models';
import { repackPassages } from './repack-passages';
import { repackVectors } from './repack-vectors';

type Upgrade = (
  database: IDBPDatabase<LibrarySchema>,
  transaction: IDBPTransaction<LibrarySchema, StoreNames<LibrarySchema>[], 'versionchange'>,
) => void | Promise<void>;

/** One step a version: step i takes a library of version i to version i + 1. Never changed once released, only added to. */
export const migrations: readonly Upgrade[] = [
  (database) => {
    const pages = database.createObjectStore('pages', { keyPath: 'id' });
    pages.createIndex('byCanonicalUrl', 'canonicalUrl', { unique: true });
    pages.createIndex('byAddress', 'addresses', { multiEntry: true });
    pages.createIndex('bySavedAt', 'savedAt');
    database.createObjectStore('versions', { keyPath: ['pageId', 'version'] });
    database.createObjectStore('segments', { keyPath: 'id' });
    // Stores that later versions no longer know.
    for (const store of ['termTables', 'vectors']) (database as unknown as IDBPDatabase).createObjectStore(store);
    (database as unknown as IDBPDatabase).createObjectStore('passages', { keyPath: 'id' });
    database.createObjectStore('lengths');
    database.createObjectStore('indexedPages', { keyPath: 'pageId' });
    database.createObjectStore('totals');
    const jobs = database.createObjectStore('jobs', { keyPath: 'id' });
    jobs.createIndex('byCanonicalUrl', 'canonicalUrl');
    jobs.createIndex('byPage', 'pageId');
    database.createObjectStore('captures');
    database.createObjectStore('stagedVectors');
    const conversations = database.createObjectStore('conversations', { keyPath: 'id' });
    conversations.createIndex('byUpdatedAt', 'updatedAt');
    const messages = database.createObjectStore('messages', { keyPath: 'id' });
    messages.createIndex('byConversation', ['conversationId', 'createdAt']);
  },
  async (database, transaction) => {
    await repackPassages(database, transaction);
    await indexByDictionaries(database, transaction);
    await addScopeSlabs(database, transaction);
    await addVectorModels(database, transaction);
    await repackVectors(database, transaction);
  },
  gatherPassages,
  (database) => {
    database.createObjectStore('imports', { keyPath: 'id' });
    const items = database.createObjectStore('importItems', { keyPath: ['importId', 'number'] });
    items.createIndex('byTurn', ['importId', 'state', 'host', 'notBefore']);
    database.createObjectStore('importTexts');
    const hosts = database.createObjectStore('importHosts', { keyPath: ['importId', 'host'] });
    hosts.createIndex('byNextAt', ['importId', 'nextAt']);
  },
  (_database, transaction) => {
    transaction.objectStore('pages').createIndex('bySketch', 'sketch', { multiEntry: true });
  },
  addLibraryList,
  (_database, transaction) => {
    transaction.objectStore('pages').createIndex('byNote', 'note');
  },
  addAnswerStores,
  addTuningStores,
  addTuningJobStores,
  // Nothing is rewritten. But since then dictionaries are written that earlier versions would misread: so they leave the library alone, and say so.
  () => {},
  // The same of the checksums of lengths, which earlier versions would not keep.
  () => {},
];

export const schemaVersion = migrations.length;
