import type { Conversation, Message } from '../../core/conversation/conversation';
import type { Reading } from '../../core/pages/reading';
import type { Library } from '../schema';
import { writeWhole } from '../write-whole';

/**
 * Adds a conversation of a backup, or those of its messages that are missing. What is there stays, but for an answer that was cut off while it was written,
 * or that failed before a word had come, and is whole in the backup, and for a title that was changed later. One that is to be deleted stays after all.
 */
export async function restoreConversation(
  library: Library,
  conversation: Conversation,
  messages: readonly Message[],
  readings: readonly Reading[] = [],
): Promise<void> {
  const transaction = library.transaction(['conversations', 'conversationDeletions', 'messages', 'readings'], 'readwrite', {
    durability: 'strict',
  });
  await writeWhole(transaction, async () => {
    void transaction.objectStore('conversationDeletions').delete(conversation.id);
    const kept = await transaction.objectStore('conversations').get(conversation.id);
    if (!kept || kept.updatedAt < conversation.updatedAt) void transaction.objectStore('conversations').put(conversation);
    // What was read does not change.
    for (const reading of readings)
      if (!(await transaction.objectStore('readings').getKey(reading.id))) void transaction.objectStore('readings').put(reading);
    for (const message of messages) {
      const known = await transaction.objectStore('messages').get(message.id);
      const isCutOff = known?.role === 'answer' && (known.status === 'streaming' || (known.status === 'failed' && known.text === ''));
      if (!known || (isCutOff && known.conversationId === conversation.id)) void transaction.objectStore('messages').put(message);
    }
  });
}
