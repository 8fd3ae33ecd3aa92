import type { Assistant, AssistantId } from '../../core/assistants/assistant';
import { ProblemError } from '../../core/problem';
import type { Library } from '../schema';

/** Those that the person has made, and of those that are built in the ones they have hidden; in no order. */
export function readAssistants(library: Library): Promise<Assistant[]> {
  return library.getAll('assistants');
}

/** Stores them all or none. */
export async function putAssistants(library: Library, assistants: readonly Assistant[]): Promise<void> {
  const transaction = library.transaction('assistants', 'readwrite', { durability: 'strict' });
  for (const assistant of assistants) void transaction.store.put(assistant);
  await transaction.done;
}

/** Adds one of a backup; what is there stays. */
export async function restoreAssistant(library: Library, assistant: Assistant): Promise<void> {
  const transaction = library.transaction('assistants', 'readwrite', { durability: 'strict' });
  if (!(await transaction.store.getKey(assistant.id))) await transaction.store.put(assistant);
  await transaction.done;
}

/** @throws ProblemError `not-found` */
export async function deleteAssistant(library: Library, id: AssistantId): Promise<void> {
  const transaction = library.transaction('assistants', 'readwrite');
  const known = await transaction.store.getKey(id);
  if (known) await transaction.store.delete(id);
  await transaction.done;
  if (!known) throw new ProblemError({ code: 'not-found' });
}
