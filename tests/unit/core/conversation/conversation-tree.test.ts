import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerMessage, ConversationId, Message, MessageId, QuestionMessage } from '../../../../src/core/conversation/conversation';
import { type ConversationTree, conversationTree } from '../../../../src/core/conversation/conversation-tree';

const conversationId = 'c' as ConversationId;
const id = (text: string) => text as MessageId;

function question(name: string, createdAt: number, parentId?: string | null): QuestionMessage {
  const parent = parentId === undefined ? {} : { parentId: parentId === null ? null : id(parentId) };
  return { id: id(name), conversationId, role: 'question', createdAt, text: name, ...parent };
}

function answer(name: string, createdAt: number, parentId?: string | null): AnswerMessage {
  const report = { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 };
  const { text, ...rest } = question(name, createdAt, parentId);
  return { ...rest, role: 'answer', kind: 'written', status: 'complete', text, sources: [], report, durationMs: 0 };
}

const names = (messages: readonly Message[]) => messages.map((message) => message.id);

/** Every message that a person gets to by choosing among alternatives, beginning with the branch that is shown. */
function reachable(tree: ConversationTree, shownId?: MessageId): Set<MessageId> {
  const seen = new Set<MessageId>();
  const waiting = [shownId];
  for (let shown = waiting.pop(), isFirst = true; isFirst || shown !== undefined; shown = waiting.pop(), isFirst = false) {
    for (const message of tree.branchThrough(shown)) {
      if (seen.has(message.id)) continue;
      seen.add(message.id);
      waiting.push(...tree.alternatives(message.id).filter((other) => !seen.has(other)));
    }
  }
  return seen;
}

describe('A conversation stored before there were branches', () => {
  const line = [question('q1', 1), answer('a1', 2), question('q2', 3), answer('a2', 4)];

  it('is one branch, in the order of its messages', () => {
    const tree = conversationTree(line.toReversed());
    expect(names(tree.branchThrough(undefined))).toEqual(['q1', 'a1', 'q2', 'a2']);
    for (const { id: each } of line) expect(tree.alternatives(each)).toEqual([each]);
  });

  it('branches where it is changed from now on', () => {
    const tree = conversationTree([...line, question('q2 edited', 5, 'a1'), answer('a3', 6, 'q2 edited'), answer('a1 again', 7, 'q1')]);
    expect(names(tree.branchThrough(id('q2 edited')))).toEqual(['q1', 'a1', 'q2 edited', 'a3']);
    expect(names(tree.branchThrough(id('q2')))).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(tree.alternatives(id('q2'))).toEqual(['q2', 'q2 edited']);
    expect(tree.alternatives(id('a1'))).toEqual(['a1', 'a1 again']);
  });

  it('ends a branch with an answer that nothing follows yet', () => {
    const tree = conversationTree([...line, answer('a1 again', 5, 'q1')]);
    expect(names(tree.branchThrough(id('a1 again')))).toEqual(['q1', 'a1 again']);
  });
});

describe('A branch', () => {
  it('goes on to the newest of what follows', () => {
    const tree = conversationTree([
      question('q', 1, null),
      answer('a', 2, 'q'),
      question('old', 3, 'a'),
      question('new', 4, 'a'),
      answer('b', 5, 'old'),
    ]);
    expect(names(tree.branchThrough(id('q')))).toEqual(['q', 'a', 'old', 'b']);
  });

  it('is that of the newest message when the one that was shown is not there', () => {
    const tree = conversationTree([question('q', 1, null), answer('a', 2, 'q'), question('other', 3, null)]);
    expect(names(tree.branchThrough(id('gone')))).toEqual(['other']);
  });

  it('holds nothing before the first message when the message it leads to is none', () => {
    expect(conversationTree([question('q', 1, null)]).branchTo(null)).toEqual([]);
  });
});

describe('Whatever is asked, edited, answered again and continued', () => {
  type Step = { readonly kind: 'ask' | 'edit' | 'again' | 'from'; readonly pick: number };
  const steps = fc.array(
    fc.record<Step>({ kind: fc.constantFrom('ask' as const, 'edit' as const, 'again' as const, 'from' as const), pick: fc.nat(50) }),
    { maxLength: 40 },
  );

  /** Does as the panel and the worker do: a new message follows the branch shown, or the place of one that there is. */
  function play(done: readonly Step[], wasLine: number): { messages: Message[]; shownId?: MessageId } {
    const messages: Message[] = [];
    for (let turn = 0; turn < wasLine; turn++) messages.push(question(`old q${turn}`, 2 * turn), answer(`old a${turn}`, 2 * turn + 1));
    let shownId: MessageId | undefined;
    for (const [index, { kind, pick }] of done.entries()) {
      const tree = conversationTree(messages);
      const branch = tree.branchThrough(shownId);
      const questions = branch.filter(({ role }) => role === 'question');
      const answers = branch.filter(({ role }) => role === 'answer');
      const picked = (list: readonly Message[]) => list[pick % Math.max(1, list.length)];
      const asked = picked(questions);
      const at = tree.nextTime(0);
      if (kind === 'again' && asked) {
        messages.push(answer(`a${index}`, at, asked.id));
      } else {
        const parent = kind === 'edit' && asked ? tree.branchTo(asked.id).at(-2) : kind === 'from' ? picked(answers) : branch.at(-1);
        messages.push(question(`q${index}`, at, parent?.id ?? null), answer(`a${index}`, at + 1, `q${index}`));
      }
      shownId = messages.at(-1)?.id;
    }
    return { messages, ...(shownId ? { shownId } : {}) };
  }

  it('keeps every message within reach, and ends each branch with the latest that was done', () => {
    fc.assert(
      fc.property(steps, fc.nat(4), (done, wasLine) => {
        const { messages, shownId } = play(done, wasLine);
        const tree = conversationTree(messages);
        expect(reachable(tree, shownId).size).toBe(messages.length);
        if (shownId) expect(tree.branchThrough(shownId).at(-1)?.id).toBe(shownId);
      }),
    );
  });

  it('gives questions and answers in turn on every branch', () => {
    fc.assert(
      fc.property(steps, fc.nat(4), (done, wasLine) => {
        const { messages } = play(done, wasLine);
        const tree = conversationTree(messages);
        for (const { id: each } of messages) {
          const roles = tree.branchTo(each).map(({ role }) => role);
          expect(roles).toEqual(roles.map((_, index) => (index % 2 === 0 ? 'question' : 'answer')));
        }
      }),
    );
  });
});

describe('Whatever a backup claims', () => {
  it('each message is within reach, and no branch goes round in a circle', () => {
    const claimed = fc.array(
      fc.record({ name: fc.nat(9), at: fc.nat(5), parent: fc.option(fc.nat(12), { nil: undefined }), isQuestion: fc.boolean() }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(claimed, (records) => {
        const unique = [...new Map(records.map((record) => [record.name, record])).values()];
        const messages = unique.map(({ name, at, parent, isQuestion }) =>
          (isQuestion ? question : answer)(`m${name}`, at, parent === undefined ? undefined : parent === 12 ? null : `m${parent}`),
        );
        expect(reachable(conversationTree(messages)).size).toBe(messages.length);
      }),
    );
  });
});
