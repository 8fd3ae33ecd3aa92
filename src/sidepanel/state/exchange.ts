import type { AnswerMessage, Conversation, Message, MessageId } from '../../core/conversation/conversation';
import { type ConversationTree, conversationTree } from '../../core/conversation/conversation-tree';
import { pairMessages } from '../../core/conversation/pair-messages';

/** An answer as it is shown: one that is stored, or one being written. */
export type ShownAnswer = Pick<
  AnswerMessage,
  | 'status'
  | 'kind'
  | 'text'
  | 'sources'
  | 'report'
  | 'check'
  | 'picture'
  | 'condensed'
  | 'problem'
  | 'usage'
  | 'durationMs'
  | 'leftOut'
  | 'assistant'
  | 'fallback'
>;

/** A message as one of those that follow the same message. */
export interface BranchPlace {
  readonly id: MessageId;
  /** All of them, the oldest first. */
  readonly alternatives: readonly MessageId[];
}

/** A question and what came of it. */
export interface Exchange {
  readonly question: string;
  readonly answer: ShownAnswer;
  /** Absent until it is known to be stored. */
  readonly asked?: BranchPlace;
  /** Absent until it is known to be stored. */
  readonly answered?: BranchPlace;
}

export const blankAnswer: ShownAnswer = {
  status: 'streaming',
  kind: 'written',
  text: '',
  sources: [],
  report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
  durationMs: 0,
};

const interrupted: ShownAnswer = { ...blankAnswer, status: 'failed', problem: { code: 'interrupted' } };

/** The messages of the branch that is shown: the one through a message, or only as far as one from which it is to go on. */
export function shownBranch(messages: readonly Message[], shownId: Conversation['shownId'], continuesAfter?: MessageId): Message[] {
  const tree = conversationTree(messages);
  return continuesAfter ? tree.branchTo(continuesAfter) : tree.branchThrough(shownId);
}

/**
 * The exchanges of a branch of a conversation.
 * @param before what it gave for the same conversation the time before: what has not changed is the same object, and need not be drawn again
 */
export function exchangesOf(branch: readonly Message[], messages: readonly Message[], before: readonly Exchange[] = []): Exchange[] {
  const tree = conversationTree(messages);
  return pairMessages(branch).map(({ question, answer }, index) => {
    const exchange: Exchange = {
      question: question.text,
      answer: answer ?? interrupted,
      asked: placeOf(question.id, tree),
      ...(answer ? { answered: placeOf(answer.id, tree) } : {}),
    };
    const known = before[index];
    return known && isSame(known, exchange) ? known : exchange;
  });
}

function placeOf(id: MessageId, tree: ConversationTree): BranchPlace {
  return { id, alternatives: tree.alternatives(id) };
}

function isSame(one: Exchange, other: Exchange): boolean {
  return one.answer === other.answer && isSamePlace(one.asked, other.asked) && isSamePlace(one.answered, other.answered);
}

function isSamePlace(one: BranchPlace | undefined, other: BranchPlace | undefined): boolean {
  return one?.id === other?.id && one?.alternatives.join() === other?.alternatives.join();
}
