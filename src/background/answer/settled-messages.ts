import type { ConversationId, Message } from '../../core/conversation';
import { ProblemError } from '../../core/problem';
import { readConversation, readMessages, updateMessage } from '../../storage/conversations';
import type { Library } from '../../storage/schema';

/**
 * The messages of a conversation. An answer that is stored as being written but that nobody writes was cut off with the worker: it is
 * stored and given back as such.
 * @throws ProblemError `not-found`
 */
export async function settledMessages(
  library: Library,
  conversationId: ConversationId,
  isLive: (id: ConversationId) => boolean,
): Promise<Message[]> {
  if (!(await readConversation(library, conversationId))) throw new ProblemError({ code: 'not-found' });
  const messages = await readMessages(library, conversationId);
  if (isLive(conversationId)) return messages;
  return Promise.all(
    messages.map(async (message): Promise<Message> => {
      if (message.role !== 'answer' || message.status !== 'streaming') return message;
      const cutOff: Message = { ...message, status: 'failed', problem: { code: 'interrupted' } };
      await updateMessage(library, cutOff);
      return cutOff;
    }),
  );
}
