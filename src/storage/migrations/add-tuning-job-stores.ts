import type { IDBPDatabase } from 'idb';
import type { LibrarySchema } from '../schema';

/**
 * Training at a service: the jobs, what is still to be sent for them, and what the service told of their course; pairs that a model has drafted; comparisons of two
 * models; and examples whose deletion can be taken back.
 */
export function addTuningJobStores(database: IDBPDatabase<LibrarySchema>): void {
  database.createObjectStore('tuningJobs', { keyPath: 'id' });
  database.createObjectStore('tuningFiles');
  database.createObjectStore('tuningCourses');
  database.createObjectStore('exampleDrafts', { keyPath: 'id' });
  database.createObjectStore('judgements', { keyPath: ['id', 'number'] }).createIndex('byKind', 'kind');
  database.createObjectStore('deletedExamples', { keyPath: 'id' }).createIndex('byDeletedAt', 'deletedAt');
}
