import { describe, expect, it } from 'vitest';
import type { AnswerMessage, Conversation, ConversationId, Message, MessageId } from '../../../../src/core/conversation/conversation';
import { conversationTree } from '../../../../src/core/conversation/conversation-tree';
import { putMessage, readConversation, readMessages } from '../../../../src/storage/conversations/conversations';
import { restoreConversation } from '../../../../src/storage/conversations/restore-conversation';
import { temporaryLibrary } from '../../../support/temporary-library';

const id = 'c' as ConversationId;
const conversation = (change: Partial<Conversation>): Conversation => ({ id, title: 'Lamps', createdAt: 1, updatedAt: 1, ...change });

function question(name: string, createdAt: number, parentId: string | null): Message {
  return { id: name as MessageId, conversationId: id, role: 'question', createdAt, parentId: parentId as MessageId | null, text: name };
}

function answer(name: string, createdAt: number, parentId: string, change: Partial<AnswerMessage> = {}): Message {
  const report = { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 };
  const written = { kind: 'written', status: 'complete', text: name, sources: [], report, durationMs: 0 } as const;
  return { id: name as MessageId, conversationId: id, role: 'answer', createdAt, parentId: parentId as MessageId, ...written, ...change };
}

describe('A conversation that went on in two places', () => {
  const common = [question('q1', 1, null), answer('a1', 2, 'q1')];

  it('has the branches of both, and shows that of the one that was used last', async () => {
    const library = await temporaryLibrary();
    const here = conversation({ updatedAt: 10, shownId: 'a here' as MessageId });
    for (const message of [...common, question('q here', 9, 'a1'), answer('a here', 10, 'q here')])
      await putMessage(library, here, message);
    const there = [...common, question('q there', 19, 'a1'), answer('a there', 20, 'q there')];
    await restoreConversation(library, conversation({ updatedAt: 20, shownId: 'a there' as MessageId }), there);
    const tree = conversationTree(await readMessages(library, id));
    const shownId = (await readConversation(library, id))?.shownId;
    expect(tree.branchThrough(shownId).map((message) => message.id)).toEqual(['q1', 'a1', 'q there', 'a there']);
    expect(tree.alternatives('q there' as MessageId)).toEqual(['q here', 'q there']);
    expect(tree.branchThrough('q here' as MessageId).at(-1)?.id).toBe('a here');
  });

  it('has the answer that came of trying again, in the place of the one that failed before a word of it', async () => {
    const library = await temporaryLibrary();
    const failed = answer('a1', 2, 'q1', { status: 'failed', text: '', problem: { code: 'model-unreachable' } });
    const brokenOff = answer('a1 again', 3, 'q1', { status: 'failed', text: 'Half', problem: { code: 'model-dropped' } });
    for (const message of [question('q1', 1, null), failed, brokenOff]) await putMessage(library, conversation({}), message);
    await restoreConversation(library, conversation({}), [...common, answer('a1 again', 3, 'q1')]);
    expect((await readMessages(library, id)).map(({ text }) => text)).toEqual(['q1', 'a1', 'Half']);
  });
});
