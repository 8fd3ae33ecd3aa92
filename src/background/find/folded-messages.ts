import type { ConversationId, Message, MessageId } from '../../core/conversation/conversation';
import { foldText } from '../../core/lexical/word-sieve';
import { readMessagesById } from '../../storage/conversations/conversations';
import { perLibrary } from '../../storage/per-library';
import type { Library } from '../../storage/schema';

interface FoldedMessage {
  readonly conversationId: ConversationId;
  readonly text: string;
}

/** Of a longer message only the beginning is looked through. */
const longestLookedThrough = 100_000;

/** Reads what all messages say, folded. */
export type ReadFoldedMessages = (library: Library) => Promise<ReadonlyMap<MessageId, FoldedMessage>>;

/**
 * Remembers what was said, without sources: some ten megabytes for a thousand conversations, where all of their records are many times as much.
 * A message that has ended does not change; one that may still, or that a try may take the place of, is read each time.
 */
export function foldedMessages(): ReadFoldedMessages {
  const rememberedOf = perLibrary(() => new Map<MessageId, FoldedMessage>());
  return async (library) => {
    const remembered = rememberedOf(library);
    const ids = new Set(await library.getAllKeys('messages'));
    for (const id of remembered.keys()) if (!ids.has(id)) remembered.delete(id);
    const passing = new Map<MessageId, FoldedMessage>();
    const missing = [...ids].filter((id) => !remembered.has(id));
    for await (const message of readMessagesById(library, missing)) {
      const folded = { conversationId: message.conversationId, text: foldText(message.text.slice(0, longestLookedThrough)) };
      (mayChange(message) ? passing : remembered).set(message.id, folded);
    }
    return passing.size > 0 ? new Map([...remembered, ...passing]) : remembered;
  };
}

function mayChange(message: Message): boolean {
  return message.role === 'answer' && (message.status === 'streaming' || message.status === 'failed');
}
