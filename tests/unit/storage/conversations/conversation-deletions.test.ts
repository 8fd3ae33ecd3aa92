import { beforeEach, describe, expect, it } from 'vitest';
import { jobRunner } from '../../../../src/background/ingest/run-jobs';
import type { Conversation, ConversationId, MessageId, QuestionMessage } from '../../../../src/core/conversation/conversation';
import {
  endConversationDeletion,
  listDeletedConversations,
  markConversationDeleted,
  nextConversationDeletionStart,
  takeBackConversation,
} from '../../../../src/storage/conversations/conversation-deletions';
import { listConversations, putMessage, readMessages } from '../../../../src/storage/conversations/conversations';
import { restoreConversation } from '../../../../src/storage/conversations/restore-conversation';
import { openLibrary } from '../../../../src/storage/open-library';
import type { Library } from '../../../../src/storage/schema';
import { dyingLibrary } from '../../../support/dying-library';
import { earlierLibrary } from '../../../support/first-library';
import { jobRunnerTools } from '../../../support/job-runner-tools';
import { temporaryLibrary } from '../../../support/temporary-library';

let library: Library;
const [lens, tram] = ['lens', 'tram'] as ConversationId[] as [ConversationId, ConversationId];

const conversationOf = (id: ConversationId): Conversation => ({ id, title: id, createdAt: 1, updatedAt: 1 });
const questionOf = (id: ConversationId, name = 'first'): QuestionMessage => ({
  id: `${id}-${name}` as MessageId,
  conversationId: id,
  role: 'question',
  createdAt: 1,
  parentId: null,
  text: 'Why?',
});

beforeEach(async () => {
  library = await temporaryLibrary();
  for (const id of [lens, tram]) await putMessage(library, conversationOf(id), questionOf(id));
});

const listed = async () => (await listConversations(library)).map(({ id }) => id).sort();

describe('A conversation that is deleted', () => {
  it('is hidden at once, whole on the disk, and there again when that is taken back in time', async () => {
    await markConversationDeleted(library, lens, 5_000);
    await markConversationDeleted(library, lens, 9_000);
    await markConversationDeleted(library, 'unknown' as ConversationId, 5_000);
    expect(await listed()).toEqual([tram]);
    expect(await listDeletedConversations(library, 4_999)).toEqual([{ conversation: conversationOf(lens), deleteAt: 5_000 }]);
    expect(await readMessages(library, lens)).toHaveLength(1);
    expect(await takeBackConversation(library, lens, 5_000), 'its time is over').toBe(false);
    expect(await takeBackConversation(library, lens, 4_999)).toBe(true);
    expect(await listed()).toEqual([lens, tram]);
    expect(await takeBackConversation(library, lens, 5_000), 'it was taken back in another window').toBe(true);
    expect(await takeBackConversation(library, 'unknown' as ConversationId, 4_999)).toBe(false);
  });

  it('goes by the queue when its time is over, and not before', async () => {
    let now = 4_999;
    const wokenAt: unknown[] = [];
    const runner = jobRunner(jobRunnerTools(library, { now: () => now, wakeAt: (time) => wokenAt.push(time) }));
    await markConversationDeleted(library, lens, 5_000);
    await runner.run();
    expect(await library.count('conversations')).toBe(2);
    expect(wokenAt.at(-1)).toBe(5_000);
    now = 5_000;
    await runner.run();
    expect(await library.getAllKeys('conversations')).toEqual([tram]);
    expect(await library.getAllKeys('messages')).toEqual(['tram-first']);
    expect(await nextConversationDeletionStart(library)).toBeUndefined();
  });

  it('goes whole or not at all, wherever the worker dies', async () => {
    await markConversationDeleted(library, lens, 5_000);
    await endConversationDeletion(library, lens, 100);
    const { dying, dead } = dyingLibrary(library, 0);
    void jobRunner(jobRunnerTools(dying, { now: () => 100 })).run();
    await dead;
    expect(await listed()).toEqual([tram]);
    expect(await readMessages(library, lens)).toHaveLength(1);
    await jobRunner(jobRunnerTools(library, { now: () => 100 })).run();
    expect(await readMessages(library, lens)).toHaveLength(0);
    expect(await library.count('conversationDeletions')).toBe(0);
  });

  it('stays when something is written into it in the very moment in which it is to go', async () => {
    await markConversationDeleted(library, lens, 5_000);
    let isAsked = false;
    const wakeAt = () => {
      if (isAsked) return;
      isAsked = true;
      void putMessage(library, conversationOf(lens), questionOf(lens, 'second'));
    };
    await jobRunner(jobRunnerTools(library, { now: () => 5_000, wakeAt })).run();
    expect(isAsked).toBe(true);
    expect((await readMessages(library, lens)).map(({ id }) => id).sort()).toEqual(['lens-first', 'lens-second']);
  });

  it('stays after all when something new is written into it, or it is restored', async () => {
    for (const id of [lens, tram]) await markConversationDeleted(library, id, 5_000);
    await putMessage(library, conversationOf(lens), questionOf(lens, 'second'));
    await restoreConversation(library, conversationOf(tram), [questionOf(tram)]);
    expect(await listed()).toEqual([lens, tram]);
  });
});

it('A library from before conversations could be had back keeps those that it has', async () => {
  await earlierLibrary(8, (earlier) => earlier.put('conversations', conversationOf(lens)) as Promise<never>);
  library = await openLibrary();
  expect(await listed()).toEqual([lens]);
  await markConversationDeleted(library, lens, 5_000);
  expect(await listed()).toEqual([]);
});
