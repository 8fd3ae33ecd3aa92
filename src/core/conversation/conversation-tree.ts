import type { AnswerMessage, Message, MessageId } from './conversation';

/** A conversation as it branches: each message follows one before it, or none. */
export interface ConversationTree {
  /** The messages that a branch is made of, from its first to this one; none when there is no such message. */
  readonly branchTo: (id: MessageId | null | undefined) => Message[];
  /** The branch that leads to a message, and on from there to the newest; the newest of all when there is no such message. */
  readonly branchThrough: (id: MessageId | undefined) => Message[];
  /** What follows the same message: other questions asked there, or other answers to the same question, the oldest first, and this one among them. */
  readonly alternatives: (id: MessageId) => MessageId[];
  readonly answersTo: (questionId: MessageId) => AnswerMessage[];
  readonly find: (id: MessageId) => Message | undefined;
  /** The moment from which on a new message stands after all others. */
  readonly nextTime: (now: number) => number;
}

/**
 * Reads the tree out of what is stored. Whatever that is, each message is on exactly one branch from a beginning: what names no message before it
 * in time as the one it follows begins a branch of its own.
 */
export function conversationTree(messages: readonly Message[]): ConversationTree {
  const ordered = messages.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const byId = new Map<MessageId, Message>();
  const parents = new Map<MessageId, MessageId | null>();
  let lastWithout: MessageId | null = null;
  for (const { id, parentId } of ordered) {
    // Conversations were a line before they could branch: each message follows the one before.
    if (parentId === undefined) parents.set(id, lastWithout);
    else parents.set(id, parentId !== null && parents.has(parentId) ? parentId : null);
    if (parentId === undefined) lastWithout = id;
  }
  for (const message of ordered) byId.set(message.id, message);

  const branchTo = (id: MessageId | null | undefined): Message[] => {
    const branch: Message[] = [];
    for (let next = id ?? null; next !== null; next = parents.get(next) ?? null) {
      const message = byId.get(next);
      if (message) branch.push(message);
    }
    return branch.reverse();
  };
  return {
    branchTo,
    branchThrough(id) {
      const newest = ordered.at(-1)?.id;
      if (id === undefined || !byId.has(id)) return branchTo(newest);
      const beneath = new Set([id]);
      let last = id;
      for (const message of ordered) {
        const parent = parents.get(message.id);
        if (!parent || !beneath.has(parent)) continue;
        beneath.add(message.id);
        last = message.id;
      }
      return branchTo(last);
    },
    alternatives(id) {
      return ordered.filter((message) => parents.get(message.id) === parents.get(id)).map((message) => message.id);
    },
    answersTo: (questionId) =>
      ordered.filter((message) => message.role === 'answer' && parents.get(message.id) === questionId) as AnswerMessage[],
    find: (id) => byId.get(id),
    nextTime: (now) => Math.max(now, (ordered.at(-1)?.createdAt ?? 0) + 1),
  };
}
