import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../src/background/answer/answer-question';
import { type ComparisonTools, compareAnswers } from '../../../src/background/answer/compare-answers';
import { settledMessages } from '../../../src/background/answer/settled-messages';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import type { AnswerMessage, ConversationId, Message } from '../../../src/core/conversation/conversation';
import type { ModelParameters } from '../../../src/core/models/model-parameters';
import { ProblemError } from '../../../src/core/problem';
import type { AskChoices } from '../../../src/core/prompt/ask-choices';
import type { ChatModel, ChatPart, ChatRequest } from '../../../src/models/chat-model';
import type { AnswerPart } from '../../../src/protocol/answer-stream';
import type { ComparisonPart } from '../../../src/protocol/comparison-stream';
import type { Library } from '../../../src/storage/schema';
import { answerTools, nextId, nextTime } from '../../support/answer-tools';
import { capturedPage } from '../../support/captured-page';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

const question = 'When was the lamp of Cordouan lit?';
const lamp = 'The lamp of Cordouan was lit with a first-order lens in 1823.';
const borneOut = 'The lamp of Cordouan was lit in 1823 [1].';
const madeUp = 'Napoleon himself carried the lamp of Cordouan up in 1901 [1][7].';

async function libraryWithLamp(): Promise<Library> {
  const library = await temporaryLibrary();
  const page = capturedPage(lamp, { canonicalUrl: 'https://lamps.example/', title: 'Lamps' });
  await receiveCapture(page, { id: 1, url: page.url }, { library, wasExpected: async () => true, now: nextTime, newId: nextId });
  await jobRunner(jobRunnerTools(library)).run();
  return library;
}

const asked: ChatRequest[] = [];

function saying(name: string, ...words: (string | Error)[]): ChatModel {
  return {
    name,
    async *stream(request, signal): AsyncGenerator<ChatPart> {
      asked.push(request);
      for (const [answer, text] of words.entries()) {
        if (text instanceof Error) throw text;
        if (signal.aborted) return;
        yield { type: 'text-delta', text, ...(answer > 0 ? { answer } : {}) };
      }
      yield { type: 'usage', promptTokens: 10, completionTokens: 5, cost: { kind: 'unknown' } };
    },
  };
}

function toolsFor(library: Library, models: Readonly<Record<string, ChatModel>>, parameters: ModelParameters = {}): ComparisonTools {
  asked.length = 0;
  return {
    ...answerTools(library, Object.values(models)[0], { parameters }),
    openChat: async (name) => models[name],
    costOf: async (_, { promptTokens, completionTokens }) => ({ kind: 'known', usd: promptTokens + completionTokens }),
  };
}

const candidates = (...models: string[]) => models.map((model) => ({ model, parameters: { maximumTokens: 50, answers: 3 } }));

async function compare(
  tools: ComparisonTools,
  models: string[],
  isAgreed = true,
  choices: AskChoices = {},
  onPart: (part: ComparisonPart) => void = () => {},
) {
  const parts: ComparisonPart[] = [];
  const stop = new AbortController();
  const agreed = isAgreed ? Promise.resolve() : new Promise<void>(() => {});
  for await (const part of compareAnswers({ question, choices, candidates: candidates(...models) }, agreed, tools, stop.signal)) {
    parts.push(part);
    onPart(part);
    // Whoever sees the price and does not want it.
    if (!isAgreed && part.type === 'prepared') setTimeout(() => stop.abort());
  }
  const answers = parts.flatMap((part) => (part.type === 'candidate-end' ? [part] : []));
  return { parts, answers: answers.toSorted((a, b) => a.candidate - b.candidate).map(({ answer }) => answer) };
}

describe('Comparing answers', () => {
  it('says what each would cost, and asks and stores nothing before that is agreed to', async () => {
    const tools = toolsFor(await libraryWithLamp(), { one: saying('one', borneOut), two: saying('two', borneOut) });
    const { parts } = await compare(tools, ['one', 'two'], false);
    expect(parts.map(({ type }) => type)).toEqual(['prepared', 'comparison-end']);
    const [prepared] = parts;
    if (prepared?.type !== 'prepared') throw new Error('Nothing was prepared.');
    expect(prepared.estimates.map(({ completionTokens }) => completionTokens)).toEqual([50, 50]);
    for (const { cost, promptTokens } of prepared.estimates) expect(cost).toEqual({ kind: 'known', usd: promptTokens + 50 });
    expect(asked).toEqual([]);
    expect(await tools.library.count('conversations')).toBe(0);
  });

  it('has all answer from the same passages, each once, and stores them beside each other with their checks', async () => {
    const tools = toolsFor(await libraryWithLamp(), { one: saying('one', borneOut), two: saying('two', madeUp) });
    const { parts, answers } = await compare(tools, ['one', 'two']);
    expect(parts.at(-1)?.type).toBe('comparison-end');
    expect(answers.map(({ text }) => text)).toEqual([borneOut, madeUp.replace('[7]', '')]);
    expect(answers.map(({ check }) => check?.sentences.map(({ verdict }) => verdict))).toEqual([['supported'], ['unsupported']]);
    expect(asked.map(({ parameters }) => parameters)).toEqual([{ maximumTokens: 50 }, { maximumTokens: 50 }]);
    const texts = asked.map(({ messages }) =>
      messages
        .map(({ content }) => content)
        .join()
        .replace(/-id-\d+/g, ''),
    );
    expect(texts[0]).toContain(lamp);
    expect(texts[0]).toBe(texts[1]);
    const stored = (await tools.library.getAll('messages')).filter(({ role }) => role === 'answer');
    expect(new Set(stored.map(({ parentId }) => parentId)).size).toBe(1);
    expect(stored).toHaveLength(2);
  });

  it('goes on with the others when one fails, or is not there', async () => {
    const broken = saying('broken', 'The lamp', new ProblemError({ code: 'model-dropped' }));
    const tools = toolsFor(await libraryWithLamp(), { broken, two: saying('two', borneOut) });
    const { answers } = await compare(tools, ['broken', 'two', 'gone']);
    expect(answers.map(({ status, problem }) => [status, problem?.code])).toEqual([
      ['failed', 'model-dropped'],
      ['complete', undefined],
      ['failed', 'model-unknown'],
    ]);
    expect(answers[0]?.text).toBe('The lamp');
  });

  it('asks nobody when nothing in the pages bears on the question', async () => {
    const tools = toolsFor(await temporaryLibrary(), { one: saying('one', borneOut), two: saying('two', borneOut) });
    expect((await compare(tools, ['one', 'two'])).parts.map(({ type }) => type)).toEqual(['prepared', 'comparison-end']);
    expect(asked).toEqual([]);
  });
});

describe('Comparing answers that may come from the models themselves', () => {
  const choices: AskChoices = { knowledge: 'pages-and-model' };
  const withOwn = `${borneOut}\n\n[own] Napoleon never saw it.`;

  it('asks nothing of the pages for what is their own, and says that it may be', async () => {
    const tools = toolsFor(await libraryWithLamp(), { one: saying('one', withOwn), two: saying('two', borneOut) });
    const { answers } = await compare(tools, ['one', 'two'], true, choices);
    expect(answers.map(({ text }) => text)).toEqual([withOwn, borneOut]);
    expect(answers.map(({ report }) => report.mayBeOwn)).toEqual([true, true]);
    expect(answers[0]?.check?.sentences.map(({ verdict }) => verdict)).toEqual(['supported']);
  });

  it('asks also when nothing in the pages bears on the question', async () => {
    const tools = toolsFor(await temporaryLibrary(), { one: saying('one', withOwn), two: saying('two', withOwn) });
    const { parts, answers } = await compare(tools, ['one', 'two'], true, choices);
    expect(parts[0]).toMatchObject({ type: 'prepared', canAsk: true, sources: [] });
    expect(answers.map(({ status, sources }) => [status, sources])).toEqual([
      ['complete', []],
      ['complete', []],
    ]);
  });
});

it('Comparing answers goes on with the others when one cannot be stored, which is shown with what it said', async () => {
  const library = await libraryWithLamp();
  let isFull = false;
  let endFirst = () => {};
  const firstEnded = new Promise<void>((resolve) => {
    endFirst = resolve;
  });
  const filling = new Proxy(library, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      return (...args: Parameters<Library['transaction']>) => {
        if (!isFull) return target.transaction(...args);
        throw new DOMException('No room.', 'QuotaExceededError');
      };
    },
  });
  const first: ChatModel = {
    name: 'one',
    async *stream() {
      yield { type: 'text-delta', text: borneOut };
      isFull = true;
    },
  };
  const second: ChatModel = {
    name: 'two',
    async *stream() {
      await firstEnded;
      isFull = false;
      yield { type: 'text-delta', text: borneOut };
    },
  };
  const { parts, answers } = await compare(toolsFor(filling, { one: first, two: second }), ['one', 'two'], true, {}, (part) => {
    if (part.type === 'candidate-end' && part.candidate === 0) endFirst();
  });
  expect(answers.map(({ status, text, problem }) => [status, text, problem?.code])).toEqual([
    ['failed', borneOut, 'storage-full'],
    ['complete', borneOut, undefined],
  ]);
  expect(parts.at(-1)?.type).toBe('comparison-end');
});

describe('Several answers of one model', () => {
  async function ask(parameters: ModelParameters) {
    const tools = toolsFor(await libraryWithLamp(), { one: saying('one', madeUp, borneOut, '') }, parameters);
    const parts: AnswerPart[] = [];
    for await (const part of answerQuestion({ question }, tools, new AbortController().signal)) parts.push(part);
    const end = parts.at(-1);
    if (end?.type !== 'answer-end') throw new Error('It did not end well.');
    return { end, stored: await tools.library.getAll('messages') };
  }
  const isAnswer = (message: Message): message is AnswerMessage => message.role === 'answer';

  it('stand beside each other, and what they took is told once', async () => {
    const { end, stored } = await ask({ answers: 3 });
    expect(end.answer.text).toBe(madeUp.replace('[7]', ''));
    expect(end.others?.map(({ text }) => text)).toEqual([borneOut]);
    expect(stored.filter(isAnswer).filter(({ usage }) => usage)).toHaveLength(1);
    expect(new Set(stored.filter(isAnswer).map(({ parentId }) => parentId)).size).toBe(1);
  });

  it('are stored while they grow, so that each outlives the worker', async () => {
    const library = await libraryWithLamp();
    const dying: ChatModel = {
      name: 'dying',
      async *stream() {
        for (const [answer, text] of [borneOut, madeUp].entries()) yield { type: 'text-delta', text, answer };
        await new Promise(() => {});
      },
    };
    let now = 0;
    const tools = { ...toolsFor(library, { dying }, { answers: 2 }), now: () => (now += 2_000) };
    const parts = answerQuestion({ question }, tools, new AbortController().signal);
    void (async () => {
      for await (const _ of parts);
    })();
    const texts = async () => (await library.getAll('messages')).filter(isAnswer).map(({ text }) => text);
    await expect.poll(texts).toEqual([borneOut, madeUp]);
    const [{ conversationId } = { conversationId: '' as ConversationId }] = await library.getAll('messages');
    const left = (await settledMessages(library, conversationId, () => false)).filter(isAnswer);
    expect(left.map(({ text, problem }) => [text, problem?.code])).toEqual([
      [borneOut, 'interrupted'],
      [madeUp, 'interrupted'],
    ]);
  });

  it('are kept as far as they had come when the stream breaks', async () => {
    const library = await libraryWithLamp();
    const broken = saying('broken', borneOut, 'The lamp', new ProblemError({ code: 'model-dropped' }));
    const parts: AnswerPart[] = [];
    const tools = toolsFor(library, { broken }, { answers: 3 });
    for await (const part of answerQuestion({ question }, tools, new AbortController().signal)) parts.push(part);
    expect(parts.at(-1)).toMatchObject({ type: 'answer-failed', answer: { text: borneOut }, others: [{ text: 'The lamp' }] });
    const stored = (await library.getAll('messages')).filter(isAnswer);
    expect(stored.map(({ text, problem }) => [text, problem?.code])).toEqual([
      [borneOut, 'model-dropped'],
      ['The lamp', 'model-dropped'],
    ]);
  });

  it('are led by one that is well, and what is wrong with another is said with that one', async () => {
    const library = await libraryWithLamp();
    const model: ChatModel = {
      name: 'one',
      async *stream() {
        yield { type: 'text-delta', text: borneOut, answer: 1 };
        yield { type: 'text-delta', text: 'and then '.repeat(200) };
        yield { type: 'text-delta', text: 'I cannot say.', answer: 2 };
        yield { type: 'problem', code: 'model-refused', answer: 2 };
        yield { type: 'usage', promptTokens: 10, completionTokens: 5 };
      },
    };
    const parts: AnswerPart[] = [];
    const tools = toolsFor(library, { model }, { answers: 3 });
    for await (const part of answerQuestion({ question }, tools, new AbortController().signal)) parts.push(part);
    const end = parts.at(-1);
    expect(end).toMatchObject({
      type: 'answer-end',
      answer: { status: 'complete', text: borneOut, usage: { completionTokens: 5 } },
      others: [
        { status: 'failed', problem: { code: 'model-looped' } },
        { status: 'failed', text: 'I cannot say.', problem: { code: 'model-refused' } },
      ],
    });
    const [conversation] = await library.getAll('conversations');
    expect(conversation?.shownId).toBe(end?.type === 'answer-end' && end.answer.id);
  });

  it('are led by the one that is best supported, where that is wished', async () => {
    const { end } = await ask({ answers: 3, takeBest: true });
    expect(end.answer.text).toBe(borneOut);
    expect(end.others?.map(({ text }) => text)).toEqual([madeUp.replace('[7]', '')]);
  });
});
