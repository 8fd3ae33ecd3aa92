import type { IDBPObjectStore } from 'idb';
import type { ConversationId, MessageId } from '../../core/conversation/conversation';
import type { ExampleSplit } from '../../core/tuning/example';
import { exampleCharacters } from '../../core/tuning/example-characters';
import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import type { Library, LibrarySchema, LibraryStore } from '../schema';
import { revised } from './change-examples';

/** Stores them all or none. */
export async function putExamples(library: Library, examples: readonly StoredExample[]): Promise<void> {
  const transaction = library.transaction('examples', 'readwrite', { durability: 'strict' });
  for (const example of examples) void transaction.store.put(example);
  await transaction.done;
}

/**
 * Stores the one example of an answer, in the place of one that there was, whose tags and side of the split it keeps. An answer that the person wrote
 * gives way to nothing but another that they write.
 */
export async function putExampleOfAnswer(library: Library, made: StoredExample & { readonly answerId: MessageId }): Promise<void> {
  const transaction = library.transaction('examples', 'readwrite', { durability: 'strict' });
  const known = await transaction.store.index('byAnswer').get(made.answerId);
  const { tags, split } = known?.example ?? {};
  const kept = { ...(tags ? { tags } : {}), ...(split ? { split } : {}) };
  const example = { ...made.example, ...kept };
  if (!known) await transaction.store.put(made);
  else if (known.verdict !== 'edited' || made.verdict === 'edited')
    await transaction.store.put(revised({ ...made, id: known.id, createdAt: known.createdAt, example }, known));
  await transaction.done;
}

export async function deleteExampleOfAnswer(library: Library, answerId: MessageId): Promise<void> {
  const transaction = library.transaction('examples', 'readwrite');
  for (const id of await transaction.store.index('byAnswer').getAllKeys(answerId)) void transaction.store.delete(id);
  await transaction.done;
}

/** Long ones may be of millions of characters each. */
const readTogether = 20;

/**
 * In the order of the ids; those that are gone are left out.
 * @param mostCharacters after which no more are given, but for the first of them, which always is
 */
export async function readExamples(library: Library, ids: readonly ExampleId[], mostCharacters: number): Promise<StoredExample[]> {
  const { store } = library.transaction('examples');
  const examples: StoredExample[] = [];
  let characters = 0;
  for (let from = 0; from < ids.length; from += readTogether) {
    for (const stored of await Promise.all(ids.slice(from, from + readTogether).map((id) => store.get(id)))) {
      if (!stored) continue;
      characters += exampleCharacters(stored.example);
      if (examples.length > 0 && characters > mostCharacters) return examples;
      examples.push(stored);
    }
  }
  return examples;
}

export function examplesOfConversation(library: Library, conversationId: ConversationId): Promise<StoredExample[]> {
  return library.getAllFromIndex('examples', 'byConversation', conversationId);
}

/** Of those with a tag, or on a side of the split; else of all, in order. */
export function exampleIds(
  library: Library,
  { byTag, bySplit }: { readonly byTag?: string; readonly bySplit?: ExampleSplit } = {},
): Promise<ExampleId[]> {
  if (byTag !== undefined) return library.getAllKeysFromIndex('examples', 'byTag', byTag);
  if (bySplit !== undefined) return library.getAllKeysFromIndex('examples', 'bySplit', bySplit);
  return library.getAllKeys('examples');
}

/** Each tag that any example has, in order. */
export async function exampleTags(library: Library): Promise<string[]> {
  const tags: string[] = [];
  let cursor = await library.transaction('examples').store.index('byTag').openKeyCursor(null, 'nextunique');
  for (; cursor; cursor = await cursor.continue()) tags.push(cursor.key);
  return tags;
}

export function countExamples(library: Library): Promise<number> {
  return library.count('examples');
}

/** So many are held at once. */
const readAtOnce = 500;

/** All of them, in the order in which they were added, some at a time: what is done with them may take long. */
export async function* eachExample(library: Library): AsyncGenerator<readonly StoredExample[], void, void> {
  let after: ExampleId | undefined;
  for (;;) {
    const read = await library.getAll('examples', after === undefined ? null : IDBKeyRange.lowerBound(after, true), readAtOnce);
    if (read.length > 0) yield read;
    if (read.length < readAtOnce) return;
    after = read.at(-1)?.id;
  }
}

export async function deleteExamples(library: Library, ids: readonly ExampleId[]): Promise<void> {
  const transaction = library.transaction('examples', 'readwrite', { durability: 'strict' });
  for (const id of ids) void transaction.store.delete(id);
  await transaction.done;
}

/** Adds one of a backup; what is there stays, and an answer has one example. */
export async function restoreExample(library: Library, example: StoredExample): Promise<void> {
  const { store, done } = library.transaction('examples', 'readwrite', { durability: 'strict' });
  await putIfNew(store, example);
  await done;
}

/** What is there stays, and an answer has one example. */
export async function putIfNew<Stores extends ArrayLike<LibraryStore>>(
  store: IDBPObjectStore<LibrarySchema, Stores, 'examples', 'readwrite'>,
  example: StoredExample,
): Promise<void> {
  const known = await store.getKey(example.id);
  const ofAnswer = example.answerId === undefined ? undefined : await store.index('byAnswer').getKey(example.answerId);
  if (known === undefined && ofAnswer === undefined) await store.put(example);
}
