import type { AnswerMessage, Conversation, ConversationId, Message, MessageId } from '../../core/conversation/conversation';
import { type ConversationTree, conversationTree } from '../../core/conversation/conversation-tree';
import { ProblemError } from '../../core/problem';
import type { Library } from '../schema';

/** Conversations, the one used last first, without those that are to be deleted. */
export async function listConversations(library: Library): Promise<Conversation[]> {
  const transaction = library.transaction(['conversations', 'conversationDeletions']);
  const [conversations, deleted] = await Promise.all([
    transaction.objectStore('conversations').index('byUpdatedAt').getAll(),
    transaction.objectStore('conversationDeletions').getAllKeys(),
  ]);
  const hidden = new Set(deleted);
  return conversations.filter(({ id }) => !hidden.has(id)).reverse();
}

export function readConversation(library: Library, conversationId: ConversationId): Promise<Conversation | undefined> {
  return library.get('conversations', conversationId);
}

/**
 * Where a message belongs that is written next: its conversation, as it is stored, and the branch that it follows, the oldest message first.
 * @param parentId the message that it follows; null: none. Absent: the last of the branch that is shown.
 */
export async function readBranch(
  library: Library,
  { conversationId, parentId }: { readonly conversationId?: ConversationId; readonly parentId?: MessageId | null },
): Promise<{ readonly conversation: Conversation | undefined; readonly tree: ConversationTree; readonly branch: Message[] }> {
  const conversation = conversationId && (await readConversation(library, conversationId));
  const tree = conversationTree(conversation ? await readMessages(library, conversation.id) : []);
  const branch = parentId === undefined ? tree.branchThrough(conversation?.shownId) : tree.branchTo(parentId);
  return { conversation, tree, branch };
}

/** The messages of a conversation, in order. */
export function readMessages(library: Library, conversationId: ConversationId): Promise<Message[]> {
  return library.getAllFromIndex('messages', 'byConversation', messagesOf(conversationId));
}

export function readMessage(library: Library, id: MessageId): Promise<Message | undefined> {
  return library.get('messages', id);
}

const [fewAtOnce, manyAtOnce] = [50, 250];

/** Messages by their ids, in no particular order; those that are gone are left out. Not all are held at once. */
export async function* readMessagesById(library: Library, ids: readonly MessageId[]): AsyncGenerator<Message> {
  if (ids.length <= fewAtOnce) {
    for (const message of await Promise.all(ids.map((id) => library.get('messages', id)))) if (message) yield message;
    return;
  }
  // In the order of the keys, neighbours are read together: which takes far fewer requests.
  const sorted = ids.toSorted();
  const wanted = new Set(ids);
  for (let from = 0; from < sorted.length; from += manyAtOnce) {
    const piece = sorted.slice(from, from + manyAtOnce);
    const read = await library.getAll('messages', IDBKeyRange.bound(piece[0], piece.at(-1)));
    yield* read.filter(({ id }) => wanted.has(id));
  }
}

/** Stores a message and says that its conversation was used now; it is created if need be, and no longer to be deleted: something new is in it. */
export async function putMessage(library: Library, conversation: Conversation, message: Message): Promise<void> {
  const transaction = library.transaction(['conversations', 'messages', 'conversationDeletions'], 'readwrite', { durability: 'strict' });
  void transaction.objectStore('conversationDeletions').delete(conversation.id);
  void transaction.objectStore('conversations').put(conversation);
  void transaction.objectStore('messages').put(message);
  await transaction.done;
}

/** Writes a message back, unless its conversation was deleted in the meantime. */
export function updateMessage(library: Library, message: Message): Promise<void> {
  return updateMessages(library, [message]);
}

/** Writes messages of one conversation back together, unless it was deleted in the meantime. */
export async function updateMessages(library: Library, messages: readonly Message[]): Promise<void> {
  const [first] = messages;
  if (!first) return;
  const transaction = library.transaction(['conversations', 'messages'], 'readwrite');
  if (await transaction.objectStore('conversations').getKey(first.conversationId)) {
    for (const message of messages) void transaction.objectStore('messages').put(message);
  }
  await transaction.done;
}

/**
 * Changes an answer that is stored, if it is still as it is thought to be.
 * @param change gives nothing when it is not
 * @returns the answer as it is now; nothing when it was not changed
 */
export async function changeAnswer(
  library: Library,
  id: MessageId,
  change: (answer: AnswerMessage) => AnswerMessage | undefined,
): Promise<AnswerMessage | undefined> {
  const transaction = library.transaction('messages', 'readwrite');
  const message = await transaction.store.get(id);
  const changed = message?.role === 'answer' ? change(message) : undefined;
  if (changed) void transaction.store.put(changed);
  await transaction.done;
  return changed;
}

/** @throws ProblemError `not-found` */
export function renameConversation(library: Library, conversationId: ConversationId, title: string): Promise<void> {
  return changeConversation(library, conversationId, (conversation) => ({ ...conversation, title }));
}

/**
 * Keeps which branch of a conversation is shown.
 * @throws ProblemError `not-found`
 */
export function keepShownBranch(library: Library, conversationId: ConversationId, shownId: MessageId): Promise<void> {
  return changeConversation(library, conversationId, (conversation) => ({ ...conversation, shownId }));
}

async function changeConversation(
  library: Library,
  conversationId: ConversationId,
  change: (conversation: Conversation) => Conversation,
): Promise<void> {
  const transaction = library.transaction('conversations', 'readwrite');
  const conversation = await transaction.store.get(conversationId);
  if (conversation) await transaction.store.put(change(conversation));
  await transaction.done;
  if (!conversation) throw new ProblemError({ code: 'not-found' });
}

/**
 * Deletes a conversation with all that it alone holds, all of it or nothing, if it is still marked to be deleted by now: something may have been
 * written into it, or its deletion taken back, since its mark was read.
 */
export async function deleteDueConversation(library: Library, conversationId: ConversationId, now: number): Promise<void> {
  const transaction = library.transaction(['conversations', 'conversationDeletions', 'messages', 'readings', 'pictures'], 'readwrite');
  const mark = await transaction.objectStore('conversationDeletions').get(conversationId);
  if (mark === undefined || mark.deleteAt > now) return transaction.done;
  void transaction.objectStore('conversations').delete(conversationId);
  void transaction.objectStore('conversationDeletions').delete(conversationId);
  for (const key of await transaction.objectStore('pictures').index('byConversation').getAllKeys(conversationId)) {
    void transaction.objectStore('pictures').delete(key);
  }
  for (const key of await transaction.objectStore('messages').index('byConversation').getAllKeys(messagesOf(conversationId))) {
    void transaction.objectStore('messages').delete(key);
  }
  for (const key of await transaction.objectStore('readings').index('byConversation').getAllKeys(conversationId)) {
    void transaction.objectStore('readings').delete(key);
  }
  await transaction.done;
}

const messagesOf = (conversationId: ConversationId) => IDBKeyRange.bound([conversationId, 0], [conversationId, Number.MAX_SAFE_INTEGER]);
