import { describe, expect, it } from 'vitest';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import type { Assistant, AssistantId } from '../../../src/core/assistants/assistant';
import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  QuestionMessage,
  Source,
} from '../../../src/core/conversation/conversation';
import { problemOf } from '../../../src/core/problem';
import { putMessage } from '../../../src/storage/conversations/conversations';
import { putExamples } from '../../../src/storage/tuning/examples';
import { temporaryLibrary } from '../../support/temporary-library';

const conversation: Conversation = { id: 'talk' as ConversationId, title: 'Of lamps', createdAt: 1, updatedAt: 9 };
const source = { number: 1, title: 'The lens', url: 'https://lamps.example/lens', quotation: 'It was lit in 1931.' } as Source;
const critic: Assistant = { id: 'built-in:critic' as AssistantId, name: 'Critic', instructions: 'Doubt.', tone: 'Dry.' };

const question = (id: string, createdAt: number, text: string, parentId: string | null): QuestionMessage => ({
  id: id as MessageId,
  conversationId: conversation.id,
  role: 'question',
  createdAt,
  parentId: parentId as MessageId | null,
  text,
});
const answer = (id: string, createdAt: number, text: string, parentId: string, besides: Partial<AnswerMessage> = {}): AnswerMessage => ({
  id: id as MessageId,
  conversationId: conversation.id,
  role: 'answer',
  createdAt,
  parentId: parentId as MessageId,
  kind: 'written',
  status: 'complete',
  text,
  sources: [],
  report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 },
  durationMs: 1,
  ...besides,
});

const messages: Message[] = [
  question('q1', 1, 'Who kept the lamp?', null),
  answer('a1', 2, 'Isa Gray [1].', 'q1'),
  question('q2', 3, 'site:lamps.example When was it lit?', 'a1'),
  answer('a2', 4, 'In 1931 [1].', 'q2', { sources: [source], assistant: 'Critic' }),
  answer('a3', 5, 'Nobody knows.', 'q2'),
  answer('quoted', 6, '', 'q2', { kind: 'quoted', sources: [source] }),
];

async function handlers() {
  const library = await temporaryLibrary();
  for (const message of messages) await putMessage(library, conversation, message);
  let lastId = 0;
  const all = exampleRequestHandlers({
    openLibrary: async () => library,
    builtInAssistants: () => [critic],
    countTokens: () => Promise.reject(new Error('not asked for')),
    checked: () => {},
    changed: () => {},
    now: () => 1_000 + lastId,
    newId: () => `new-${++lastId}`,
  });
  const sender = {} as never;
  return {
    library,
    judge: (data: Parameters<(typeof all)['examples/judge']>[0]) => all['examples/judge'](data, sender),
    verdicts: () => all['examples/verdicts']({ conversationId: conversation.id }, sender),
    examples: () => library.getAll('examples'),
  };
}

const [a1, a2, a3, quoted] = ['a1', 'a2', 'a3', 'quoted'] as MessageId[] as [MessageId, MessageId, MessageId, MessageId];

describe('an answer that is judged', () => {
  it('becomes an example with what was asked before, what was read, and who answered', async () => {
    const { judge, examples, verdicts } = await handlers();
    await judge({ answerId: a2, verdict: 'good' });
    const [stored] = await examples();
    expect(stored?.example).toEqual({
      conversation: [
        { role: 'system', content: 'Doubt.\nDry.' },
        { role: 'user', content: 'Who kept the lamp?' },
        { role: 'assistant', content: 'Isa Gray.' },
        { role: 'user', content: 'When was it lit?' },
      ],
      answer: { role: 'assistant', content: 'In 1931 [1].' },
      passages: [{ title: 'The lens', url: 'https://lamps.example/lens', text: 'It was lit in 1931.' }],
    });
    expect(await verdicts()).toEqual([{ answerId: a2, verdict: 'good' }]);
  });

  it('as bad is what is not to be said, and nothing is what is', async () => {
    const { judge, examples } = await handlers();
    await judge({ answerId: a1, verdict: 'bad' });
    const [stored] = await examples();
    expect(stored?.example).toEqual({
      conversation: [{ role: 'user', content: 'Who kept the lamp?' }],
      rejected: { role: 'assistant', content: 'Isa Gray [1].' },
    });
  });

  it('has one example, which the last judgement is of, and keeps its tags', async () => {
    const { judge, examples, verdicts, library } = await handlers();
    await judge({ answerId: a2, verdict: 'bad' });
    const [first] = await examples();
    if (first) await putExamples(library, [{ ...first, example: { ...first.example, tags: ['dates'], split: 'validation' } }]);
    await judge({ answerId: a2, verdict: 'edited', text: 'It was lit in 1931.' });
    const [second, ...others] = await examples();
    expect(others).toEqual([]);
    expect(second?.id).toBe(first?.id);
    expect(second?.example).toMatchObject({
      answer: { content: 'It was lit in 1931.' },
      rejected: { content: 'In 1931 [1].' },
      tags: ['dates'],
      split: 'validation',
    });
    expect(await verdicts()).toEqual([{ answerId: a2, verdict: 'edited', text: 'It was lit in 1931.' }]);
    await judge({ answerId: a2, verdict: 'none' });
    expect(await examples()).toEqual([]);
  });

  it('as the better of two has the other for the rejected one', async () => {
    const { judge, examples } = await handlers();
    await judge({ answerId: a3, verdict: 'chosen', rejectedId: a2 });
    const [stored] = await examples();
    expect(stored?.example).toMatchObject({ answer: { content: 'Nobody knows.' }, rejected: { content: 'In 1931 [1].' } });
  });

  it('keeps what was written in its place, whatever else is said of it, until that is written anew', async () => {
    const { judge, verdicts } = await handlers();
    await judge({ answerId: a2, verdict: 'edited', text: 'It was lit in 1931.' });
    for (const verdict of ['good', 'bad', 'chosen'] as const) await judge({ answerId: a2, verdict });
    expect(await verdicts()).toEqual([{ answerId: a2, verdict: 'edited', text: 'It was lit in 1931.' }]);
    await judge({ answerId: a2, verdict: 'edited', text: 'In May 1931.' });
    expect(await verdicts()).toEqual([{ answerId: a2, verdict: 'edited', text: 'In May 1931.' }]);
  });

  it('is none when no model wrote it, or it is gone', async () => {
    const { judge, examples } = await handlers();
    const codeOf = (work: Promise<unknown>) => work.catch((error: unknown) => problemOf(error).code);
    expect(await codeOf(judge({ answerId: quoted, verdict: 'good' }))).toBe('not-found');
    expect(await codeOf(judge({ answerId: 'gone' as MessageId, verdict: 'good' }))).toBe('not-found');
    expect(await examples()).toEqual([]);
  });
});
