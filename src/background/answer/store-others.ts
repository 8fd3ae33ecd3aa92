import type { AnswerMessage, MessageId } from '../../core/conversation';
import { updateMessage } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';

/**
 * Stores further answers to a question beside one that is stored. What they took is part of what that one says it took.
 * @param texts of them, each with its check
 */
export async function storeOthers(
  answer: AnswerMessage,
  questionId: MessageId,
  texts: readonly Pick<AnswerMessage, 'text' | 'check'>[],
  { library, newId }: Pick<AnswerTools, 'library' | 'newId'>,
): Promise<AnswerMessage[]> {
  const { usage: _, check: __, ...shared } = answer;
  const others = texts.map(
    (text, index): AnswerMessage => ({
      ...shared,
      ...text,
      id: newId() as MessageId,
      createdAt: answer.createdAt + index + 1,
      parentId: questionId,
    }),
  );
  for (const other of others) await updateMessage(library, other);
  return others;
}
