import type { Message, MessageId } from '../../core/conversation/conversation';
import { conversationTree } from '../../core/conversation/conversation-tree';
import { type MessagePair, pairMessages } from '../../core/conversation/pair-messages';

/** Two branches of a conversation, from where they part. */
export interface BranchComparison {
  /** All that part there, the oldest first. */
  readonly alternatives: readonly MessageId[];
  readonly sides: readonly [ComparedBranch, ComparedBranch];
}

export interface ComparedBranch {
  /** The message that it begins with. */
  readonly id: MessageId;
  /** With the question that it answers, where it begins with an answer. */
  readonly pairs: readonly MessagePair[];
}

/** @param ids two messages that follow the same one */
export function compareBranches(messages: readonly Message[], [one, other]: readonly [MessageId, MessageId]): BranchComparison {
  const tree = conversationTree(messages);
  const branch = (id: MessageId): ComparedBranch => {
    const whole = tree.branchThrough(id);
    const at = whole.findIndex((message) => message.id === id);
    return { id, pairs: pairMessages(whole.slice(whole[at]?.role === 'answer' ? at - 1 : at)) };
  };
  return { alternatives: tree.alternatives(one), sides: [branch(one), branch(other)] };
}
