import { describe, expect, it } from 'vitest';
import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  QuestionMessage,
} from '../../../src/core/conversation/conversation';
import { ProblemError } from '../../../src/core/problem';
import type { Asked } from '../../../src/protocol/answer-stream';
import { createClient } from '../../../src/sidepanel/client';
import { createConversationState } from '../../../src/sidepanel/state/conversation-state';
import { createFakeWorker, type FakeAnswer, type FakeHandlers } from '../../support/fake-worker';

const id = 'c1' as ConversationId;
const conversation: Conversation = { id, title: 'Why?', createdAt: 1, updatedAt: 1 };
const asked = (text: string): QuestionMessage => ({
  id: `q:${text}` as MessageId,
  conversationId: id,
  role: 'question',
  createdAt: 1,
  text,
});
const answered = (change: Partial<AnswerMessage> = {}): AnswerMessage => ({
  id: 'a' as MessageId,
  conversationId: id,
  role: 'answer',
  createdAt: 2,
  kind: 'written',
  status: 'complete',
  text: 'Because.',
  sources: [],
  report: { pagesSearched: 3, passagesUsed: 1, pagesUsed: 1 },
  durationMs: 5,
  ...change,
});

function createMemory(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

/** A panel's conversations against a fake worker; `drawFrame` lets the next picture be drawn. */
function setUp({
  answer,
  handlers,
  memory = createMemory(),
}: {
  answer?: FakeAnswer;
  handlers?: FakeHandlers;
  memory?: ReturnType<typeof createMemory>;
} = {}) {
  const frames: (() => void)[] = [];
  const worker = createFakeWorker({ ...(answer && { answer }), ...(handlers && { handlers }) });
  const state = createConversationState({ client: createClient(worker.browser), memory, beforeNextFrame: (run) => frames.push(run) });
  const drawFrame = () => {
    for (const run of frames.splice(0)) run();
  };
  return { state, memory, frames, drawFrame };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const until = (gate: AbortSignal) => new Promise<void>((resolve) => gate.addEventListener('abort', () => resolve()));

describe('Asking', () => {
  it('shows the question at once and the answer when it has come', async () => {
    const { state, memory } = setUp({
      async *answer(question) {
        yield { type: 'question-stored', conversation, question: asked(question) };
        yield { type: 'answer-end', answer: answered() };
      },
    });
    state.ask('Why?');
    expect(state.exchanges.value).toMatchObject([{ question: 'Why?', answer: { status: 'streaming', text: '' } }]);
    await settled();
    expect(state.exchanges.value).toMatchObject([{ question: 'Why?', answer: { status: 'complete', text: 'Because.' } }]);
    expect(state.answering.value).toBe(false);
    expect(memory.getItem('open-conversation')).toBe(id);
  });

  it('shows what streams in once a frame, however many pieces come', async () => {
    const end = new AbortController();
    const { state, frames, drawFrame } = setUp({
      async *answer() {
        for (const text of ['One', ' two', ' three']) yield { type: 'text-delta', text };
        await until(end.signal);
      },
    });
    state.ask('Why?');
    await settled();
    expect(frames).toHaveLength(1);
    expect(state.exchanges.value[0]?.answer.text).toBe('');
    drawFrame();
    expect(state.exchanges.value[0]?.answer.text).toBe('One two three');
    end.abort();
  });

  it('goes on in the open conversation', async () => {
    const conversations: (ConversationId | undefined)[] = [];
    const { state } = setUp({
      async *answer(question, conversationId) {
        conversations.push(conversationId);
        yield { type: 'question-stored', conversation, question: asked(question) };
        yield { type: 'answer-end', answer: answered() };
      },
    });
    state.ask('Why?');
    await settled();
    state.ask('And why that?');
    await settled();
    expect(conversations).toEqual([undefined, id]);
    expect(state.exchanges.value).toHaveLength(2);
  });

  it('keeps what had been written when it is stopped', async () => {
    const { state } = setUp({
      async *answer(_question, _conversation, stopped) {
        yield { type: 'question-stored', conversation, question: asked('Why?') };
        yield { type: 'text-delta', text: 'Because of' };
        await until(stopped);
        yield { type: 'answer-stopped', answer: answered({ status: 'stopped', text: 'Because of' }) };
      },
    });
    state.ask('Why?');
    await settled();
    state.stop();
    expect(state.stopping.value).toBe(true);
    await settled();
    expect(state.exchanges.value[0]?.answer).toMatchObject({ status: 'stopped', text: 'Because of' });
    expect(state.stopping.value).toBe(false);
  });

  it('keeps the question and what had come of the answer when it fails without being stored', async () => {
    const { state } = setUp({
      async *answer() {
        yield { type: 'text-delta', text: 'Because' };
        yield { type: 'answer-failed', problem: { code: 'storage-full' } };
      },
    });
    state.ask('Why?');
    await settled();
    expect(state.exchanges.value).toMatchObject([
      { question: 'Why?', answer: { status: 'failed', text: 'Because', problem: { code: 'storage-full' } } },
    ]);
  });
});

describe('A worker that dies in the middle of an answer', () => {
  const dies: FakeAnswer = async function* (question) {
    yield { type: 'question-stored', conversation, question: asked(question) };
    yield { type: 'text-delta', text: 'Because of the' };
  };

  it('leaves what it had stored', async () => {
    const stored = answered({ status: 'failed', text: 'Because of', problem: { code: 'interrupted' } });
    const { state } = setUp({ answer: dies, handlers: { 'conversation/read': async () => [asked('Why?'), stored] } });
    state.ask('Why?');
    await settled();
    expect(state.exchanges.value).toMatchObject([{ question: 'Why?', answer: { status: 'failed', text: 'Because of' } }]);
  });

  it('leaves what was shown, if nothing of it can be read', async () => {
    const unreadable = async (): Promise<Message[]> => {
      throw new ProblemError({ code: 'storage-unavailable' });
    };
    const { state } = setUp({ answer: dies, handlers: { 'conversation/read': unreadable } });
    state.ask('Why?');
    await settled();
    expect(state.exchanges.value).toMatchObject([
      { answer: { status: 'failed', text: 'Because of the', problem: { code: 'interrupted' } } },
    ]);
  });
});

describe('Conversations', () => {
  const handlers: FakeHandlers = {
    'conversations/list': async () => [conversation],
    'conversation/read': async () => [asked('Why?'), answered(), { ...asked('And?'), createdAt: 3 }],
    'conversation/delete': async () => null,
  };

  it('are resumed where they were left when the panel is opened again', async () => {
    const { state } = setUp({ handlers, memory: createMemory({ 'open-conversation': id }) });
    await state.resume();
    expect(state.current.value).toEqual(conversation);
    expect(state.exchanges.value[0]).toMatchObject({ question: 'Why?', answer: { text: 'Because.' } });
  });

  it('show a question without an answer as interrupted', async () => {
    const { state } = setUp({ handlers });
    await state.open(conversation);
    expect(state.exchanges.value[1]).toMatchObject({ question: 'And?', answer: { problem: { code: 'interrupted' } } });
  });

  it('are left for a new one when the open one is deleted', async () => {
    const { state, memory } = setUp({ handlers, memory: createMemory({ 'open-conversation': id }) });
    await state.resume();
    await state.remove(id);
    expect(state.current.value).toBeUndefined();
    expect(state.exchanges.value).toEqual([]);
    expect(memory.getItem('open-conversation')).toBeNull();
  });

  it('stay open when deleting fails, and the problem is told', async () => {
    const refuse = async () => {
      throw new ProblemError({ code: 'storage-full' });
    };
    const { state } = setUp({ handlers: { ...handlers, 'conversation/delete': refuse } });
    await state.open(conversation);
    await state.remove(id);
    expect(state.current.value).toEqual(conversation);
    expect(state.problem.value).toEqual({ code: 'storage-full' });
  });

  it('come back when a deletion is taken back, and into view when they had been there', async () => {
    const deleted: Conversation[] = [];
    const { state } = setUp({
      handlers: {
        ...handlers,
        'conversations/list': async () => (deleted.length > 0 ? [] : [conversation]),
        'conversations/deleted': async () => deleted.map((one) => ({ conversation: one, deleteAt: 10_000 })),
        'conversation/delete': async () => {
          deleted.push(conversation);
          return null;
        },
        'conversation/undelete': async () => {
          deleted.pop();
          return null;
        },
      },
    });
    await state.open(conversation);
    await state.remove(id);
    expect(state.deleted.value).toEqual([{ conversation, deleteAt: 10_000 }]);
    expect(state.keptIds.value, 'its draft is kept').toEqual(new Set([id]));
    const [one] = state.deleted.value;
    if (one) await state.undelete(one);
    expect(state.deleted.value).toEqual([]);
    expect(state.current.value).toEqual(conversation);
    expect(state.exchanges.value[0]).toMatchObject({ question: 'Why?' });
  });

  it('say why a deletion could not be taken back', async () => {
    const { state } = setUp({
      handlers: {
        ...handlers,
        'conversation/undelete': async () => {
          throw new ProblemError({ code: 'not-found' });
        },
      },
    });
    await state.undelete({ conversation, deleteAt: 1 });
    expect(state.problem.value).toEqual({ code: 'not-found' });
  });

  it('do not receive an answer that was asked for in another', async () => {
    const end = new AbortController();
    const { state } = setUp({
      handlers,
      async *answer() {
        await until(end.signal);
        yield { type: 'answer-end', answer: answered({ text: 'Too late.' }) };
      },
    });
    state.ask('Something else');
    await state.open(conversation);
    end.abort();
    await settled();
    expect(state.exchanges.value.map(({ question }) => question)).toEqual(['Why?', 'And?']);
  });

  it('take long to read, and the one that was opened last is shown', async () => {
    const slow: Conversation = { ...conversation, id: 'c2' as ConversationId };
    const hurry = new AbortController();
    const { state } = setUp({
      handlers: {
        ...handlers,
        'conversation/read': async ({ conversationId }) => {
          if (conversationId === slow.id) await until(hurry.signal);
          return [asked(conversationId === slow.id ? 'Slow?' : 'Why?')];
        },
      },
    });
    const opening = state.open(slow);
    await state.open(conversation);
    hurry.abort();
    await opening;
    expect(state.current.value).toEqual(conversation);
    expect(state.exchanges.value).toMatchObject([{ question: 'Why?' }]);
  });

  it.each(['a new conversation', 'a question'])('take long to read, and do not come in the place of %s meanwhile', async (what) => {
    const { state } = setUp({
      handlers,
      async *answer(question) {
        yield { type: 'question-stored', conversation: { ...conversation, id: 'c2' as ConversationId }, question: asked(question) };
        yield { type: 'answer-end', answer: answered() };
      },
    });
    const opening = state.open(conversation);
    if (what === 'a question') state.ask('Where?');
    else state.startNew();
    await opening;
    await settled();
    expect(state.current.value?.id).toBe(what === 'a question' ? 'c2' : undefined);
    expect(state.exchanges.value.map(({ question }) => question)).toEqual(what === 'a question' ? ['Where?'] : []);
  });

  it('are listed from their first question on, whatever is opened then', async () => {
    const begun: Conversation = { ...conversation, id: 'c2' as ConversationId };
    const isAnswered = new AbortController();
    const { state } = setUp({
      handlers,
      async *answer(question) {
        yield { type: 'question-stored', conversation: begun, question: asked(question) };
        await until(isAnswered.signal);
      },
    });
    await state.refreshList();
    state.ask('Where?');
    await settled();
    await state.open(conversation);
    expect(state.conversations.value.map((one) => one.id)).toEqual(['c2', 'c1']);
    isAnswered.abort();
  });

  it('that begin while the list is read are in it', async () => {
    const list = [conversation];
    const slowly = new AbortController();
    const { state } = setUp({
      handlers: {
        ...handlers,
        'conversations/list': async () => {
          const read = [...list];
          if (read.length === 1) await until(slowly.signal);
          return read;
        },
      },
      async *answer(question, _conversation, stopped) {
        list.unshift({ ...conversation, id: 'c2' as ConversationId });
        yield { type: 'question-stored', conversation: { ...conversation, id: 'c2' as ConversationId }, question: asked(question) };
        await until(stopped);
      },
    });
    const reading = state.refreshList();
    state.ask('Where?');
    await settled();
    await state.open(conversation);
    slowly.abort();
    await reading;
    expect(state.conversations.value.map((one) => one.id)).toEqual(['c2', 'c1']);
    expect(state.keptIds.value).toEqual(new Set(['c2', 'c1']));
  });
});

describe('A conversation that branches', () => {
  const q = (name: string, parentId: string | null, createdAt: number): QuestionMessage => ({
    ...asked(name),
    id: name as MessageId,
    parentId: parentId as MessageId | null,
    createdAt,
  });
  const a = (name: string, parentId: string, createdAt: number): AnswerMessage =>
    answered({ id: name as MessageId, parentId: parentId as MessageId, createdAt, text: name });
  const scope = { sites: ['lamps.example'] };
  const stored = [
    q('q1', null, 1),
    a('a1', 'q1', 2),
    { ...q('q2', 'a1', 3), choices: { scope } },
    a('a2', 'q2', 4),
    a('a2 again', 'q2', 5),
  ];

  async function opened(second?: QuestionMessage) {
    const told: Asked[] = [];
    const shown: unknown[] = [];
    const set = setUp({
      handlers: {
        'conversation/read': async () => stored.map((message) => (message.id === second?.id ? second : message)),
        'conversation/show': async (data) => {
          shown.push(data);
          return null;
        },
      },
      async *answer(question, _conversation, _stopped, whole) {
        told.push(whole);
        yield {
          type: 'question-stored',
          conversation,
          question: whole.againId ? (second ?? q('q1', null, 1)) : q(question, whole.parentId ?? null, 8),
        };
        yield { type: 'answer-end', answer: a('new answer', whole.againId ?? question, 9) };
      },
    });
    await set.state.open(conversation);
    const texts = () => set.state.exchanges.value.map(({ question, answer }) => `${question}: ${answer.text}`);
    return { ...set, told, shown, texts };
  }

  it('shows one branch, and how many others there are at each place', async () => {
    const { state, texts } = await opened();
    expect(texts()).toEqual(['q1: a1', 'q2: a2 again']);
    expect(state.exchanges.value[1]).toMatchObject({
      asked: { id: 'q2', alternatives: ['q2'] },
      answered: { id: 'a2 again', alternatives: ['a2', 'a2 again'] },
    });
  });

  it('shows another branch, keeps that it is the one shown, and leaves what has not changed as it is drawn', async () => {
    const { state, texts, shown } = await opened();
    const [first] = state.exchanges.value;
    state.show('a2' as MessageId);
    expect(texts()).toEqual(['q1: a1', 'q2: a2']);
    expect(state.exchanges.value[0]).toBe(first);
    await settled();
    expect(shown).toEqual([{ conversationId: id, messageId: 'a2' }]);
  });

  it('asks in other words at the place of a question, in the way that it was asked', async () => {
    const { state, texts, told } = await opened();
    state.edit('q2' as MessageId, 'q2 edited');
    expect(texts()).toEqual(['q1: a1', 'q2 edited: ']);
    await settled();
    expect(told).toEqual([expect.objectContaining({ question: 'q2 edited', parentId: 'a1', choices: { scope } })]);
    expect(texts()).toEqual(['q1: a1', 'q2 edited: new answer']);
    expect(state.exchanges.value[1]?.asked?.alternatives).toEqual(['q2', 'q2 edited']);
  });

  it('asks in other words in the way that is chosen by now, and says whether it is asked', async () => {
    const { state, told } = await opened();
    expect(state.edit('q2' as MessageId, 'q2 edited', { knowledge: 'pages-and-model' })).toBe(true);
    expect(state.edit('q1' as MessageId, 'too late')).toBe(false);
    expect(state.ask('too late as well')).toBe(false);
    await settled();
    expect(told).toEqual([expect.objectContaining({ question: 'q2 edited', choices: { knowledge: 'pages-and-model' } })]);
  });

  it('goes on in the way of its last question that is not a picture', async () => {
    const { state } = await opened();
    expect(state.lastChoices.value).toEqual({ scope });
    state.ask('A lamp in the fog', { picture: { model: 'painter', size: '1024x1024', quality: 'low' } });
    expect(state.lastChoices.value).toEqual({ scope });
    await settled();
    state.ask('q3', { knowledge: 'pages-and-model' });
    expect(state.lastChoices.value).toEqual({ knowledge: 'pages-and-model' });
  });

  it('asks for a picture again as it is chosen now, in other words or in the same', async () => {
    const picture = { model: 'dall-e-3', size: '1024x1024', quality: 'standard' };
    const { state, told } = await opened({ ...q('q2', 'a1', 3), choices: { picture } });
    expect(state.pictureAsked('q1' as MessageId)).toBeUndefined();
    expect(state.pictureAsked('q2' as MessageId)).toEqual({ questionId: 'q2', prompt: 'q2', choices: picture });
    const finer = { ...picture, quality: 'hd' };
    state.answerAgain('q2' as MessageId, { picture: finer });
    await settled();
    state.edit('q2' as MessageId, 'q2 edited', { picture: finer });
    await settled();
    expect(told).toEqual([
      expect.objectContaining({ againId: 'q2', choices: { picture: finer } }),
      expect.objectContaining({ question: 'q2 edited', parentId: 'a1', choices: { picture: finer } }),
    ]);
  });

  it('has a question answered once more in its place', async () => {
    const { state, texts, told } = await opened();
    state.answerAgain('q1' as MessageId);
    expect(texts()).toEqual(['q1: ']);
    await settled();
    expect(told).toEqual([expect.objectContaining({ againId: 'q1' })]);
    expect(texts()).toEqual(['q1: new answer']);
    expect(state.exchanges.value[0]?.answered?.alternatives).toEqual(['a1', 'new answer']);
  });

  it('goes on from an older answer, with what had followed out of view until then', async () => {
    const { state, texts, told } = await opened();
    state.continueAfter('a1' as MessageId);
    expect(texts()).toEqual(['q1: a1']);
    state.continueAfter();
    expect(texts()).toEqual(['q1: a1', 'q2: a2 again']);
    state.continueAfter('a1' as MessageId);
    state.ask('q3');
    await settled();
    expect(told).toEqual([expect.objectContaining({ question: 'q3', parentId: 'a1' })]);
    expect(texts()).toEqual(['q1: a1', 'q3: new answer']);
  });

  it('is opened at a message on whatever branch it is', async () => {
    const { state, texts, shown } = await opened();
    await state.open(conversation, 'a2' as MessageId);
    expect(texts()).toEqual(['q1: a1', 'q2: a2']);
    expect(state.beginsAt.value).toEqual({ messageId: 'a2' });
    expect(shown).toEqual([{ conversationId: id, messageId: 'a2' }]);
  });

  it('sets two branches beside each other from where they part', async () => {
    const { state } = await opened();
    state.compare(['a2' as MessageId, 'a2 again' as MessageId]);
    const sides = state.branchComparison.value?.sides.map(({ pairs }) => pairs.map(({ question, answer }) => [question.id, answer?.id]));
    expect(sides).toEqual([[['q2', 'a2']], [['q2', 'a2 again']]]);
    state.show('a2' as MessageId);
    expect(state.branchComparison.value).toBeUndefined();
  });

  it('changes nothing of what is shown while an answer is written', async () => {
    const { state, texts } = await opened();
    state.ask('q3');
    state.show('a2' as MessageId);
    state.continueAfter('a1' as MessageId);
    expect(texts()).toEqual(['q1: a1', 'q2: a2 again', 'q3: ']);
  });
});
