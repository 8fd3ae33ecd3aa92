import type { Conversation, ConversationId } from '../../core/conversation/conversation';
import type { ConversationDeletion, Library } from '../schema';

/** Hides a conversation from now on and has it deleted at a time, unless that is taken back before. One that is marked already keeps its time. */
export async function markConversationDeleted(library: Library, conversationId: ConversationId, deleteAt: number): Promise<void> {
  const transaction = library.transaction(['conversations', 'conversationDeletions'], 'readwrite', { durability: 'strict' });
  const marks = transaction.objectStore('conversationDeletions');
  const [known, mark] = await Promise.all([transaction.objectStore('conversations').getKey(conversationId), marks.getKey(conversationId)]);
  if (known !== undefined && mark === undefined) await marks.put({ conversationId, deleteAt });
  await transaction.done;
}

/** Shows it again, if its time is not over. @returns whether it stays: also when its deletion was taken back elsewhere already */
export async function takeBackConversation(library: Library, conversationId: ConversationId, now: number): Promise<boolean> {
  const transaction = library.transaction(['conversations', 'conversationDeletions'], 'readwrite', { durability: 'strict' });
  const marks = transaction.objectStore('conversationDeletions');
  const [known, mark] = await Promise.all([transaction.objectStore('conversations').getKey(conversationId), marks.get(conversationId)]);
  // What is over is over, though the worker may not have come to it yet.
  const isBack = mark ? mark.deleteAt > now : known !== undefined;
  if (mark && isBack) await marks.delete(conversationId);
  await transaction.done;
  return isBack;
}

/** Ends the time in which its deletion can be taken back. */
export async function endConversationDeletion(library: Library, conversationId: ConversationId, now: number): Promise<void> {
  const transaction = library.transaction('conversationDeletions', 'readwrite', { durability: 'strict' });
  const mark = await transaction.store.get(conversationId);
  if (mark) await transaction.store.put({ ...mark, deleteAt: Math.min(now, mark.deleteAt) });
  await transaction.done;
}

/** A conversation whose time is over; `undefined` when there is none. */
export function nextDeletedConversation(library: Library, now: number): Promise<ConversationId | undefined> {
  return library.getKeyFromIndex('conversationDeletions', 'byDeleteAt', IDBKeyRange.upperBound(now));
}

/** When the next conversation is to be deleted, in milliseconds since 1970. */
export async function nextConversationDeletionStart(library: Library): Promise<number | undefined> {
  return (await library.getFromIndex('conversationDeletions', 'byDeleteAt', IDBKeyRange.lowerBound(0)))?.deleteAt;
}

/** What can be taken back still, what goes first coming first. */
export async function listDeletedConversations(
  library: Library,
  now: number,
): Promise<(Pick<ConversationDeletion, 'deleteAt'> & { readonly conversation: Conversation })[]> {
  const transaction = library.transaction(['conversations', 'conversationDeletions']);
  const marks = await transaction.objectStore('conversationDeletions').index('byDeleteAt').getAll(IDBKeyRange.lowerBound(now, true));
  const conversations = await Promise.all(marks.map((mark) => transaction.objectStore('conversations').get(mark.conversationId)));
  return marks.flatMap(({ deleteAt }, index) => {
    const conversation = conversations[index];
    return conversation ? [{ conversation, deleteAt }] : [];
  });
}
