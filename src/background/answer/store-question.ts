import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  QuestionMessage,
} from '../../core/conversation/conversation';
import { ProblemError } from '../../core/problem';
import type { Asked } from '../../protocol/answer-stream';
import { changeAnswer, putMessage, readBranch } from '../../storage/conversations/conversations';
import { claimReadings } from '../../storage/pages/readings';
import type { Library } from '../../storage/schema';
import type { AnswerTools } from './answer-tools';

const maximumTitleCharacters = 80;

export interface StoredQuestion {
  readonly conversation: Conversation;
  /** The messages of its branch before it, the oldest first. */
  readonly earlier: readonly Message[];
  /** As it is to be answered. */
  readonly question: QuestionMessage;
  /** Where the answer belongs. */
  readonly place: Pick<AnswerMessage, 'id' | 'conversationId' | 'parentId' | 'createdAt' | 'choices'>;
}

/**
 * Stores a question before anything is looked for, in its conversation or in a new one.
 * @throws ProblemError `not-found` when one that is to be answered again is no longer there
 */
export async function storeQuestion(asked: Asked, tools: AnswerTools): Promise<StoredQuestion> {
  const { library, now, newId } = tools;
  const { conversation: known, tree, branch } = await readBranch(library, asked);
  if (asked.againId !== undefined) {
    const question = tree.find(asked.againId);
    if (!known || question?.role !== 'question') throw new ProblemError({ code: 'not-found' });
    const createdAt = tree.nextTime(now());
    const empty = await reopenEmpty(library, tree.answersTo(question.id));
    await claimReadings(library, asked.choices?.scope?.pageIds ?? [], known.id);
    return {
      conversation: { ...known, updatedAt: createdAt },
      earlier: tree.branchTo(question.id).slice(0, -1),
      ...answerAgain(question, asked, empty, { createdAt, newId }),
    };
  }
  const createdAt = tree.nextTime(now());
  const id = newId() as MessageId;
  const conversation: Conversation = {
    ...(known || { id: newId() as ConversationId, title: titleFor(asked.question), createdAt }),
    updatedAt: createdAt,
    shownId: id,
  };
  const question: QuestionMessage = {
    id,
    conversationId: conversation.id,
    role: 'question',
    createdAt,
    parentId: branch.at(-1)?.id ?? null,
    text: asked.question,
    ...(asked.choices ? { choices: asked.choices } : {}),
  };
  await putMessage(library, conversation, question);
  await claimReadings(library, asked.choices?.scope?.pageIds ?? [], conversation.id);
  const place = { id: newId() as MessageId, conversationId: conversation.id, parentId: id, createdAt: createdAt + 1 };
  return { conversation, earlier: branch, question, place };
}

/** Only an answer that failed before a word of it had come gives up its place, and only to one that asks for it. */
async function reopenEmpty(library: Library, answers: readonly AnswerMessage[]): Promise<AnswerMessage | undefined> {
  const isEmpty = ({ status, text }: AnswerMessage) => status === 'failed' && text === '';
  const empty = answers.findLast(isEmpty);
  return empty && changeAnswer(library, empty.id, (answer) => (isEmpty(answer) ? { ...answer, status: 'streaming' } : undefined));
}

/** @param empty whose place it takes; without one it stands beside the others */
function answerAgain(
  question: QuestionMessage,
  { choices }: Asked,
  empty: AnswerMessage | undefined,
  { createdAt, newId }: { readonly createdAt: number; readonly newId: () => string },
): Pick<StoredQuestion, 'question' | 'place'> {
  return {
    question: choices ? { ...question, choices } : question,
    place: {
      id: empty?.id ?? (newId() as MessageId),
      conversationId: question.conversationId,
      // One without is where it is because it is: others hang on it.
      ...(empty && empty.parentId === undefined ? {} : { parentId: question.id }),
      createdAt: empty?.createdAt ?? createdAt,
      ...(choices ? { choices } : {}),
    },
  };
}

function titleFor(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  return line.length > maximumTitleCharacters ? `${line.slice(0, maximumTitleCharacters - 1).trimEnd()}…` : line;
}
