import type { Conversation, ConversationId, Message, MessageId, QuestionMessage } from '../../core/conversation';
import type { Asked } from '../../protocol/answer-stream';
import { putMessage, readConversation, readMessages } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';

const maximumTitleCharacters = 80;

/** Stores a question before anything is looked for, in its conversation or in a new one. */
export async function storeQuestion(
  asked: Asked,
  { library, now, newId }: AnswerTools,
): Promise<{ conversation: Conversation; earlier: Message[]; question: QuestionMessage }> {
  const known = asked.conversationId && (await readConversation(library, asked.conversationId));
  const earlier = known ? await readMessages(library, known.id) : [];
  const createdAt = Math.max(now(), (earlier.at(-1)?.createdAt ?? 0) + 1);
  const conversation: Conversation = known
    ? { ...known, updatedAt: createdAt }
    : { id: newId() as ConversationId, title: titleFor(asked.question), createdAt, updatedAt: createdAt };
  const question: QuestionMessage = {
    id: newId() as MessageId,
    conversationId: conversation.id,
    role: 'question',
    createdAt,
    text: asked.question,
    ...(asked.choices ? { choices: asked.choices } : {}),
  };
  await putMessage(library, conversation, question);
  return { conversation, earlier, question };
}

function titleFor(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  return line.length > maximumTitleCharacters ? `${line.slice(0, maximumTitleCharacters - 1).trimEnd()}…` : line;
}
