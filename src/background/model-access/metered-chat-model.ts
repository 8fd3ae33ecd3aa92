import { estimateTokens } from '../../core/text/estimate-tokens';
import type { ChatModel, ChatPart, ChatRequest, TokenUsage } from '../../models/chat-model';
import type { TokenCounter } from '../../models/token-counter';
import { mayBeCharged } from './may-be-charged';
import type { Meter } from './meter';

export interface MeteringTools {
  readonly meter: Meter;
  readonly countTokens: () => Promise<TokenCounter>;
}

/** What an answer is taken to have when no limit is set: one of several paragraphs. */
const expectedAnswerTokens = 1_000;

/**
 * Has each call of a model priced and recorded. Its stream has exactly one `usage` with a cost for each call that was charged for, also for one that was
 * stopped or broke off, where what was used is counted as far as it is known.
 */
export function meteredChatModel(model: ChatModel, baseUrl: string, tools: MeteringTools): ChatModel {
  return { ...model, stream: (request, signal) => meteredStream(model, baseUrl, request, signal, tools) };
}

async function* meteredStream(
  model: ChatModel,
  baseUrl: string,
  request: ChatRequest,
  signal: AbortSignal,
  { meter, countTokens }: MeteringTools,
): AsyncGenerator<ChatPart> {
  const account = request.account ?? { purpose: 'answer' };
  const { answers = 1, maximumTokens } = request.parameters ?? {};
  const promptTokens = tokensOf(request, estimateTokens);
  // A model that takes no `n` is sent the messages for each answer: whether it does is not known yet.
  const expected = { promptTokens: promptTokens * answers, completionTokens: (maximumTokens ?? expectedAnswerTokens) * answers };
  const call = await meter.open({ ...account, baseUrl, model: model.name, expected });
  let reported: TokenUsage | undefined;
  let written = '';
  let requests = 1;
  const counting: ChatRequest = {
    ...request,
    onFurtherRequest: () => {
      requests += 1;
    },
  };
  let isSettled = false;
  const usedByNow = (): TokenUsage =>
    reported ?? { promptTokens: promptTokens * requests, completionTokens: estimateTokens(written), counted: true };
  const settle = async (used: TokenUsage): Promise<ChatPart> => {
    isSettled = true;
    return { type: 'usage', counted: false, ...used, cost: await call.settle(used) };
  };
  try {
    for await (const part of model.stream(counting, signal)) {
      if (part.type === 'usage') {
        const { type: _, ...usage } = part;
        reported = usage;
        continue;
      }
      if (part.type === 'text-delta') written += part.text;
      yield part;
    }
    yield await settle(reported || signal.aborted ? usedByNow() : await countedExactly(request, requests, written, countTokens));
  } catch (error) {
    const isFree = !reported && written === '' && !mayBeCharged(error);
    if (!isSettled && isFree) {
      isSettled = true;
      await call.settle({ promptTokens: 0, completionTokens: 0 });
    } else if (!isSettled) yield await settle(usedByNow());
    throw error;
  } finally {
    // Whoever asked has gone away in the middle of it.
    if (!isSettled) await settle(usedByNow());
  }
}

/** For servers that don't say what they counted. */
async function countedExactly(
  request: ChatRequest,
  requests: number,
  written: string,
  countTokens: () => Promise<TokenCounter>,
): Promise<TokenUsage> {
  const count = await countTokens();
  return { promptTokens: tokensOf(request, count) * requests, completionTokens: count(written), counted: true };
}

function tokensOf({ messages }: ChatRequest, count: TokenCounter): number {
  return messages.reduce((sum, message) => sum + count(message.content), 0);
}
