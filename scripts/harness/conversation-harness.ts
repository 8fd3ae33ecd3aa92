import type { AnswerMessage, ConversationId, MessageId, QuestionMessage } from '../../src/core/conversation/conversation';
import { putMessage } from '../../src/storage/conversations/conversations';
import { openLibrary } from '../../src/storage/open-library';
import { answerOf } from '../bench/streamed-answers';

// Runs in a page of the extension: stores a conversation for its panel to show.

/** @returns the id of a conversation of so many answers, each of so many words, as they would be stored */
export async function fillConversation(answers: number, words: number): Promise<string> {
  const library = await openLibrary();
  const conversationId = crypto.randomUUID() as ConversationId;
  const startedAt = Date.UTC(2026, 0);
  let parentId: MessageId | null = null;
  for (let number = 0; number < answers; number++) {
    const place = { conversationId, createdAt: startedAt + 2 * number };
    const question: QuestionMessage = {
      ...place,
      id: crypto.randomUUID() as MessageId,
      role: 'question',
      parentId,
      text: `What of lamp ${number}?`,
    };
    const answer: AnswerMessage = {
      ...place,
      id: crypto.randomUUID() as MessageId,
      createdAt: place.createdAt + 1,
      role: 'answer',
      parentId: question.id,
      kind: 'written',
      status: 'complete',
      text: answerOf(words, number),
      sources: [],
      report: { pagesSearched: 1, passagesUsed: 0, pagesUsed: 0 },
      durationMs: 1,
    };
    const conversation = { id: conversationId, title: 'Lamps', createdAt: startedAt, updatedAt: answer.createdAt };
    await putMessage(library, conversation, question);
    await putMessage(library, conversation, answer);
    parentId = answer.id;
  }
  library.close();
  return conversationId;
}
