import type { LeftOut } from '../core/models/model-parameters';
import { parseRefusal } from '../core/models/parse-refusal';
import { isRefused, parametersLeftOut, type Refusal, requestParts } from '../core/models/refusals';
import type { ChatModel, ChatPart, ChatRequest, TokenUsage } from './chat-model';
import { modelProblem } from './model-problem';
import { defaultSilenceMs, openModelServer, type ServerAddress } from './model-server';
import { readStream, type StreamedPart } from './read-stream';
import { refusalWords } from './refusal-words';
import { shapeRequest } from './shape-request';

export interface ChatModelOptions {
  readonly silenceMs?: number;
  /** What the model is known not to take. */
  readonly refusals?: readonly Refusal[];
  /** Is told what else it does not take, once it has answered without. */
  readonly learn?: (refusals: readonly Refusal[]) => void;
}

/**
 * A model behind an OpenAI-compatible server. What it does not take is left out. When it refuses a part of a request, that is asked for once
 * more without this part.
 */
export function openAiChatModel(address: ServerAddress, name: string, options: ChatModelOptions = {}): ChatModel {
  return {
    name,
    stream: (request, signal) => streamAnswers(address, name, request, options, signal),
  };
}

async function* streamAnswers(
  address: ServerAddress,
  name: string,
  request: ChatRequest,
  { silenceMs = defaultSilenceMs, refusals = [], learn = () => {} }: ChatModelOptions,
  signal: AbortSignal,
): AsyncGenerator<ChatPart> {
  const wanted = request.parameters?.answers ?? 1;
  let known = refusals;
  const ask = (answers: number) =>
    readStream(openModelServer(address, silenceMs), shapeRequest(name, request, known, answers), silenceMs, signal);
  let usage: TokenUsage | undefined;
  const given = new Set<number>();
  const ended = new Set<number>();
  const pass = (part: StreamedPart, answer: number): ChatPart | undefined => {
    if (part.type === 'usage') {
      const { type: _, ...used } = part;
      usage = usage ? together(usage, used) : used;
      return undefined;
    }
    const place = answer > 0 ? { answer } : {};
    if (part.type === 'answer-end') return part.problem ? { type: 'problem', code: part.problem, ...place } : undefined;
    given.add(answer);
    return { type: 'text-delta', text: part.text, ...place };
  };
  try {
    const first = askingAgain(
      () => ask(isRefused(known, 'n') ? 1 : wanted),
      (error) => {
        const words = refusalWords(error);
        const { sent } = shapeRequest(name, request, known, isRefused(known, 'n') ? 1 : wanted);
        const refusal = words && parseRefusal(words, sent);
        if (refusal) known = [...known, refusal];
        return refusal !== undefined;
      },
    );
    let hasBegun = false;
    for await (const part of first) {
      if (!hasBegun) {
        hasBegun = true;
        const learned = known.slice(refusals.length);
        if (learned.length > 0) learn(learned);
        const parts = leftOut(request, known, learned);
        if (parts.length > 0) yield { type: 'left-out', parts };
      }
      if (part.type === 'answer-end') ended.add(part.answer);
      const passed = pass(part, part.type === 'usage' ? 0 : Math.min(part.answer, wanted - 1));
      if (passed) yield passed;
    }
    const missing = signal.aborted
      ? []
      : Array.from({ length: wanted }, (_, answer) => answer).filter((answer) => answer > 0 && !given.has(answer));
    // One that was ended without a word, by a filter say, was made all the same.
    if (missing.length > 0 && ended.size < wanted && !isRefused(known, 'n')) learn([...known.slice(refusals.length), { part: 'n' }]);
    for (const _ of missing) request.onFurtherRequest?.();
    const further = await Promise.all(missing.map(() => wholeAnswer(ask(1))));
    for (const [place, parts] of further.entries()) {
      for (const part of parts) {
        const passed = pass(part, missing[place] ?? 0);
        if (passed) yield passed;
      }
    }
  } catch (error) {
    if (usage) yield { type: 'usage', ...usage };
    if (signal.aborted) return;
    throw modelProblem(error, address.apiKey, name);
  }
  if (usage) yield { type: 'usage', ...usage };
}

/** Asks again as long as each refusal, before anything has come, takes another part out of the request. */
async function* askingAgain<Part>(ask: () => AsyncIterable<Part>, hasLearned: (error: unknown) => boolean): AsyncGenerator<Part> {
  for (let refusals = 0; ; refusals += 1) {
    let hasBegun = false;
    try {
      for await (const part of ask()) {
        hasBegun = true;
        yield part;
      }
      return;
    } catch (error) {
      if (hasBegun || refusals >= requestParts.length || !hasLearned(error)) throw error;
    }
  }
}

/** All of an answer; nothing of one that fails, for there are others, and half an answer is no choice. */
async function wholeAnswer(parts: AsyncIterable<StreamedPart>): Promise<StreamedPart[]> {
  const whole: StreamedPart[] = [];
  try {
    for await (const part of parts) whole.push(part);
  } catch {
    return whole.filter(({ type }) => type === 'usage');
  }
  return whole;
}

function leftOut({ parameters = {} }: ChatRequest, known: readonly Refusal[], learned: readonly Refusal[]): LeftOut[] {
  // That a model has no chat or takes no system message is of interest once; that it is not sent what was set, each time.
  const forms = learned.flatMap(({ part }): LeftOut[] => (part === 'chat' ? ['chat'] : part === 'system' ? ['systemMessage'] : []));
  return [...parametersLeftOut(parameters, known), ...forms];
}

function together(one: TokenUsage, other: TokenUsage): TokenUsage {
  const sum = (name: 'cachedTokens' | 'reasoningTokens') => (one[name] ?? 0) + (other[name] ?? 0);
  const [cachedTokens, reasoningTokens] = [sum('cachedTokens'), sum('reasoningTokens')];
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    ...(cachedTokens ? { cachedTokens } : {}),
    completionTokens: one.completionTokens + other.completionTokens,
    ...(reasoningTokens ? { reasoningTokens } : {}),
  };
}
