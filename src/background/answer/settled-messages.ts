import type { ConversationId, Message } from '../../core/conversation/conversation';
import { ProblemError } from '../../core/problem';
import { changeAnswer, readConversation, readMessage, readMessages } from '../../storage/conversations/conversations';
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
  const messages = (await readMessages(library, conversationId)).map(withoutVector);
  return Promise.all(
    messages.map(async (message) => {
      if (message.role !== 'answer' || message.status !== 'streaming' || isLive(conversationId)) return message;
      // It may have ended since it was read. Who writes it is counted from before it is stored until after its end is.
      const cutOff = await changeAnswer(library, message.id, (answer) =>
        answer.status === 'streaming' && !isLive(conversationId)
          ? { ...answer, status: 'failed', problem: { code: 'interrupted' } }
          : undefined,
      );
      return cutOff ?? (await readMessage(library, message.id)) ?? message;
    }),
  );
}

/** Views have no use for what a question was searched with. */
function withoutVector(message: Message): Message {
  if (message.role !== 'answer' || !message.asked) return message;
  const { asked: _, ...shown } = message;
  return shown;
}
