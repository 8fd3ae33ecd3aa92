import { describe, expect, it } from 'vitest';
import { findConversations } from '../../../src/background/find/find-conversations';
import { foldedMessages } from '../../../src/background/find/folded-messages';
import type { AnswerMessage, Conversation, ConversationId, Message, MessageId } from '../../../src/core/conversation/conversation';
import { markConversationDeleted } from '../../../src/storage/conversations/conversation-deletions';
import { deleteDueConversation, putMessage } from '../../../src/storage/conversations/conversations';
import type { Library } from '../../../src/storage/schema';
import { temporaryLibrary } from '../../support/temporary-library';

let clock = 0;

/** A conversation of questions and answers, in turn. */
async function addConversation(library: Library, title: string, ...texts: string[]): Promise<Conversation> {
  const conversation: Conversation = { id: title as ConversationId, title, createdAt: ++clock, updatedAt: clock };
  for (const [index, text] of texts.entries()) await putMessage(library, conversation, message(conversation, index, text));
  return conversation;
}

function message({ id, title }: Conversation, index: number, text: string, change: Partial<AnswerMessage> = {}): Message {
  const common = { id: `${title} ${index}` as MessageId, conversationId: id, createdAt: ++clock, text };
  if (index % 2 === 0) return { ...common, role: 'question' };
  const report = { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 };
  return { ...common, role: 'answer', kind: 'written', status: 'complete', sources: [], report, durationMs: 0, ...change };
}

async function setUp() {
  const library = await temporaryLibrary();
  await addConversation(
    library,
    'Lighthouses',
    'When was the lamp lit?',
    'The **keeper** lit it in 1823 [1].',
    'And at Skerrow Head?',
    'In 1974 [1].',
  );
  await addConversation(library, 'Bread', 'How long does dough rest?', 'Twelve hours, says the keeper of the ovens [2].');
  const tools = { library, readFolded: foldedMessages() };
  const find = async (text: string, limit = 10) => findConversations(text, limit, tools);
  const titles = async (text: string, limit?: number) => (await find(text, limit)).map(({ conversation }) => conversation.title);
  return { library, find, titles };
}

describe('Finding conversations', () => {
  it('finds the words of titles, questions and answers, the conversation used last first', async () => {
    const { titles } = await setUp();
    expect(await titles('lighthouses')).toEqual(['Lighthouses']);
    expect(await titles('dough')).toEqual(['Bread']);
    expect(await titles('keeper')).toEqual(['Bread', 'Lighthouses']);
    expect(await titles('keeper', 1)).toEqual(['Bread']);
  });

  it('finds words in other forms, without their accents, and the last one before it is typed to its end', async () => {
    const { library, titles } = await setUp();
    await addConversation(library, 'Studies', 'Où est le café?', 'The studies say so.');
    expect(await titles('lamps resting')).toEqual([]);
    expect(await titles('resting')).toEqual(['Bread']);
    expect(await titles('study')).toEqual(['Studies']);
    expect(await titles('cafe')).toEqual(['Studies']);
    expect(await titles('twelve ho')).toEqual(['Bread']);
    expect(await titles('ho twelve')).toEqual([]);
  });

  it('asks for every word, wherever in the conversation each of them is', async () => {
    const { titles } = await setUp();
    expect(await titles('lamp 1974 lighthouse')).toEqual(['Lighthouses']);
    expect(await titles('lamp dough')).toEqual([]);
  });

  it('shows the message that holds the most, without marks, with the words marked', async () => {
    const { find } = await setUp();
    const [found] = await find('lit keeper');
    expect(found?.message).toMatchObject({ id: 'Lighthouses 1', role: 'answer', snippet: { text: 'The keeper lit it in 1823.' } });
    const { text, highlights } = found?.message?.snippet ?? { text: '', highlights: [] };
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(['keeper', 'lit']);
  });

  it('says where a title holds what is looked for', async () => {
    const { find } = await setUp();
    expect(await find('bread')).toMatchObject([{ titleHighlights: [{ start: 0, end: 5 }] }]);
    expect((await find('bread'))[0]?.message).toBeUndefined();
  });

  it('finds what is said afterwards, an answer as it grows, and no longer what was deleted', async () => {
    const { library, titles } = await setUp();
    expect(await titles('zeppelin')).toEqual([]);
    const other = await addConversation(library, 'Airships', 'Which zeppelin?');
    expect(await titles('zeppelin')).toEqual(['Airships']);
    await putMessage(library, other, message(other, 1, 'The Graf', { status: 'streaming' }));
    expect(await titles('hindenburg')).toEqual([]);
    await putMessage(library, other, message(other, 1, 'The Graf and the Hindenburg'));
    expect(await titles('hindenburg')).toEqual(['Airships']);
    await markConversationDeleted(library, other.id, 0);
    await deleteDueConversation(library, other.id, 0);
    expect(await library.get('conversations', other.id)).toBeUndefined();
    expect(await titles('zeppelin')).toEqual([]);
  });

  it('finds nothing for no words', async () => {
    const { find } = await setUp();
    expect(await find(' ?! ')).toEqual([]);
  });
});
