import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../src/background/answer/answer-question';
import { previewPrompt } from '../../../src/background/answer/preview-prompt';
import { settledMessages } from '../../../src/background/answer/settled-messages';
import type { AnswerMessage, Conversation, Message, MessageId } from '../../../src/core/conversation/conversation';
import { conversationTree } from '../../../src/core/conversation/conversation-tree';
import { ProblemError } from '../../../src/core/problem';
import type { ChatModel, ChatRequest } from '../../../src/models/chat-model';
import type { Asked } from '../../../src/protocol/answer-stream';
import type { PreviewOrder } from '../../../src/protocol/prompt-preview';
import { putMessage } from '../../../src/storage/conversations/conversations';
import { addPage } from '../../support/add-page';
import { answerTools } from '../../support/answer-tools';
import { asksToRewrite } from '../../support/model-server/prepare-answer';
import { temporaryLibrary } from '../../support/temporary-library';

/** A library with a page of lamps, and a model that says what it is told to, one answer after another, and remembers what it was asked. */
async function setUp(...says: readonly (string | Error)[][]) {
  const library = await temporaryLibrary();
  await addPage(library, 'cordouan', { text: 'The lamp of Cordouan was lit with a first-order lens in 1823.' });
  const told: ChatRequest[] = [];
  const chat: ChatModel = {
    name: 'scripted',
    async *stream(request) {
      // What a follow-up means is not its business here.
      if (asksToRewrite(request.messages)) return;
      told.push(request);
      for (const words of says[told.length - 1] ?? [`Answer ${told.length}.`]) {
        if (words instanceof Error) throw words;
        yield { type: 'text-delta', text: words };
      }
    },
  };
  const tools = answerTools(library, chat);
  const ask = async (asked: Asked): Promise<AnswerMessage> => {
    for await (const part of answerQuestion(asked, tools, new AbortController().signal)) {
      if ('answer' in part && part.answer) return part.answer;
      if (part.type === 'answer-failed') throw new ProblemError(part.problem);
    }
    throw new Error('No answer at the end.');
  };
  const read = async ({ conversationId }: AnswerMessage) => {
    const messages = await settledMessages(library, conversationId, () => false);
    const conversation = (await library.get('conversations', conversationId)) as Conversation;
    const shown = conversationTree(messages).branchThrough(conversation.shownId);
    return { messages, conversation, shown: shown.map((message) => message.text) };
  };
  /** What the model was told was said before, the last time. */
  const history = () =>
    told
      .at(-1)
      ?.messages.slice(1, -1)
      .map(({ content }) => content);
  return { library, tools, ask, read, history, told };
}

const questionOf = ({ parentId }: AnswerMessage) => parentId as MessageId;

describe('A conversation that branches', () => {
  it('tells the model only the turns of the branch it answers in', async () => {
    const { ask, read, history } = await setUp();
    const first = await ask({ question: 'When was the lamp lit?' });
    const { conversationId } = first;
    const second = await ask({ conversationId, question: 'With which lens was the lamp lit?' });
    await ask({ conversationId, question: 'Which lamp?', parentId: second.id });
    expect(history()).toEqual(['When was the lamp lit?', 'Answer 1.', 'With which lens was the lamp lit?', 'Answer 2.']);

    const edited = await ask({ conversationId, question: 'Where is the lamp?', parentId: first.id });
    expect(history()).toEqual(['When was the lamp lit?', 'Answer 1.']);
    expect((await read(edited)).shown).toEqual(['When was the lamp lit?', 'Answer 1.', 'Where is the lamp?', 'Answer 4.']);

    const anew = await ask({ conversationId, question: 'Is there a lamp?', parentId: null });
    expect(history()).toEqual([]);
    expect((await read(anew)).messages).toHaveLength(10);
  });

  it('shows before a question is asked what would be sent where it is asked from', async () => {
    const { ask, tools } = await setUp();
    const first = await ask({ question: 'When was the lamp lit?' });
    const { conversationId } = first;
    await ask({ conversationId, question: 'With which lens was the lamp lit?' });
    const historyIn = async (order: Pick<PreviewOrder, 'parentId'>) => {
      const preview = await previewPrompt(
        { conversationId, question: 'Where is the lamp?', ...order },
        tools,
        new AbortController().signal,
      );
      return preview.messages.slice(1, -1).map(({ content }) => content);
    };
    expect(await historyIn({})).toHaveLength(4);
    expect(await historyIn({ parentId: first.id })).toEqual(['When was the lamp lit?', 'Answer 1.']);
    expect(await historyIn({ parentId: null })).toEqual([]);
  });

  it('shows before a question is asked what was condensed of the conversation, and that much is sent when it is', async () => {
    const { ask, tools, library, history } = await setUp();
    const first = await ask({ question: 'When was the lamp lit?' });
    const { conversationId } = first;
    const second = await ask({ conversationId, question: 'With which lens was the lamp lit?' });
    await library.put('messages', { ...second, condensed: { text: 'Of a lamp.', turns: 1 } });
    const preview = await previewPrompt({ conversationId, question: 'Where is the lamp?' }, tools, new AbortController().signal);
    await ask({ conversationId, question: 'Where is the lamp?' });
    expect(history()?.[1]).toBe('Of a lamp.');
    expect(preview.messages.slice(1, -1).map(({ content }) => content)).toEqual(history());
  });

  it('shows before a question is asked what is sent when nothing is found but the model may say what it knows', async () => {
    const { tools, ask, told } = await setUp();
    const order = { question: 'Which parliament? site:elsewhere.example', choices: { knowledge: 'pages-and-model' } } as const;
    const still = { ...tools, newNonce: () => 'nonce' };
    const preview = await previewPrompt(order, still, new AbortController().signal);
    for await (const _ of answerQuestion(order, still, new AbortController().signal));
    expect(preview.messages).toEqual(told[0]?.messages);
    expect(preview.mayDiffer).toBe(false);
    const { choices: _, ...fromPages } = order;
    expect((await previewPrompt(fromPages, still, new AbortController().signal)).messages).toEqual([]);
    expect((await ask(fromPages)).kind).toBe('nothing-found');
  });

  it('gives another answer to the same question, told what stood before it, and keeps the one that there is', async () => {
    const { ask, read, history } = await setUp();
    const first = await ask({ question: 'When was the lamp lit?' });
    const { conversationId } = first;
    const second = await ask({ conversationId, question: 'Which lamp?' });
    const again = await ask({
      conversationId,
      question: 'ignored',
      againId: questionOf(second),
      choices: { scope: { sites: ['nowhere.example'] } },
    });
    expect(again).toMatchObject({ parentId: second.parentId, kind: 'nothing-found', choices: { scope: { sites: ['nowhere.example'] } } });
    const third = await ask({ conversationId, question: 'ignored', againId: questionOf(second) });
    expect(history()).toEqual(['When was the lamp lit?', 'Answer 1.']);
    const { messages, shown } = await read(third);
    expect(shown).toEqual(['When was the lamp lit?', 'Answer 1.', 'Which lamp?', 'Answer 3.']);
    expect(conversationTree(messages).alternatives(third.id)).toEqual([second.id, again.id, third.id]);
    expect(messages.filter(({ role }) => role === 'question')).toHaveLength(2);
  });

  it('goes on from the branch that is shown when nothing else is said', async () => {
    const { ask, library, read } = await setUp();
    const first = await ask({ question: 'When was the lamp lit?' });
    await ask({ conversationId: first.conversationId, question: 'Which lamp?', parentId: null });
    const { conversation } = await read(first);
    await library.put('conversations', { ...conversation, shownId: first.id });
    const next = await ask({ conversationId: first.conversationId, question: 'Why the lamp?' });
    expect((await read(next)).shown).toEqual(['When was the lamp lit?', 'Answer 1.', 'Why the lamp?', 'Answer 3.']);
  });

  it('puts a new answer in the place of one that failed before a word of it had come, and beside one that broke off', async () => {
    const broken = new ProblemError({ code: 'model-dropped' });
    const { ask, read } = await setUp([broken], ['Answer', broken]);
    const failed = await ask({ question: 'When was the lamp lit?' });
    expect(failed).toMatchObject({ status: 'failed', text: '' });
    const again = { conversationId: failed.conversationId, question: 'ignored', againId: questionOf(failed) };
    const brokenOff = await ask(again);
    expect(brokenOff).toMatchObject({ id: failed.id, status: 'failed', text: 'Answer' });
    const whole = await ask(again);
    expect(whole).toMatchObject({ status: 'complete', text: 'Answer 3.' });
    expect((await read(whole)).messages.map(({ text }) => text)).toEqual(['When was the lamp lit?', 'Answer', 'Answer 3.']);
  });

  it('gives the place of an answer that failed to one only of two that ask for it at the same moment', async () => {
    const broken = new ProblemError({ code: 'model-dropped' });
    const { ask, read, tools } = await setUp([broken]);
    const failed = await ask({ question: 'When was the lamp lit?' });
    const again = { conversationId: failed.conversationId, question: 'ignored', againId: questionOf(failed) };
    const both = [1, 2].map(() => answerQuestion(again, tools, new AbortController().signal));
    await Promise.all(both.map((parts) => parts.next()));
    for (const parts of both) for await (const _ of parts);
    expect((await read(failed)).messages.map(({ text }) => text)).toEqual(['When was the lamp lit?', 'Answer 2.', 'Answer 3.']);
  });

  it('does not take an answer for cut off that ends while the conversation is read', async () => {
    const { ask, library } = await setUp();
    const answer = await ask({ question: 'When was the lamp lit?' });
    await library.put('messages', { ...answer, status: 'streaming', text: 'Ans' });
    const reading = new Proxy(library, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (name !== 'getAllFromIndex') return typeof value === 'function' ? value.bind(target) : value;
        return async (...args: Parameters<typeof target.getAllFromIndex>) => {
          const read = await target.getAllFromIndex(...args);
          await target.put('messages', answer);
          return read;
        };
      },
    });
    expect(await settledMessages(reading, answer.conversationId, () => false)).toContainEqual(answer);
    expect(await library.get('messages', answer.id)).toEqual(answer);
  });

  it('is told of when the question to be answered again is gone', async () => {
    const { ask } = await setUp();
    await expect(ask({ question: 'Which lamp?', againId: 'gone' as MessageId })).rejects.toThrow(ProblemError);
  });

  it('goes on from one that was stored before there were branches', async () => {
    const { ask, library, read } = await setUp();
    const { conversationId } = await ask({ question: 'Which lamp?' });
    const [stored] = await library.getAll('conversations');
    const { shownId: _, ...conversation } = stored as Conversation;
    for (const message of await library.getAll('messages')) {
      const { parentId: __, ...old } = message;
      await putMessage(library, conversation, old as Message);
    }
    const next = await ask({ conversationId, question: 'Why the lamp?' });
    expect((await read(next)).shown).toEqual(['Which lamp?', 'Answer 1.', 'Why the lamp?', 'Answer 2.']);
  });
});
