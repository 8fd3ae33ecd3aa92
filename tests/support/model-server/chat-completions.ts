import { randomUUID } from 'node:crypto';
import { ApiError, unknownModel } from './api-error';
import type { Catalogue, ChatModelEntry } from './catalogue';
import { countPromptTokens } from './count-prompt-tokens';
import { countTokens } from './count-tokens';
import { contextTooLong } from './failure';
import type { ChatMessage } from './read-prompt';
import type { Reply } from './reply';

type Body = Readonly<Record<string, unknown>>;

const roles = new Set(['system', 'developer', 'user', 'assistant']);
// What a reasoning model takes no other value of.
const fixedForReasoners: Readonly<Record<string, number>> = { temperature: 1, top_p: 1, presence_penalty: 0, frequency_penalty: 0 };
const unknownToReasoners = ['max_tokens', 'stop', 'logprobs', 'top_logprobs', 'logit_bias'];
// What real servers do and this one does not; silence would let a test believe that it had worked.
const mostAnswers = 8;
const unsupported = ['tools', 'functions', 'audio', 'logprobs', 'prediction'];

export function missing(parameter: string): ApiError {
  return new ApiError(400, `Missing required parameter: '${parameter}'.`, { param: parameter, code: 'missing_required_parameter' });
}

export function invalid(parameter: string, message: string): ApiError {
  return new ApiError(400, `Invalid value for '${parameter}': ${message}`, { param: parameter, code: 'invalid_value' });
}

function readContent(content: unknown, where: string): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content) || content.length === 0) throw invalid(where, 'expected a text or a list of parts.');
  return content
    .map((part: unknown) => {
      if (typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string') return part.text;
      throw invalid(where, 'only parts of type text are understood.');
    })
    .join('\n');
}

function readMessages(messages: unknown): ChatMessage[] {
  if (messages === undefined) throw missing('messages');
  if (!Array.isArray(messages) || messages.length === 0) throw invalid('messages', 'expected a list of at least one message.');
  return messages.map((message: unknown, index) => {
    const where = `messages[${index}]`;
    if (typeof message !== 'object' || message === null || !('role' in message) || !('content' in message)) {
      throw invalid(where, 'a message has a role and a content.');
    }
    const role = String(message.role);
    if (!roles.has(role)) throw invalid(`${where}.role`, `'${role}' is not a role.`);
    return { role, content: readContent(message.content, `${where}.content`) };
  });
}

function refuseForReasoner(model: string, body: Body): void {
  for (const parameter of unknownToReasoners) {
    if (body[parameter] === undefined || body[parameter] === null) continue;
    const instead = parameter === 'max_tokens' ? " Use 'max_completion_tokens' instead." : '';
    throw new ApiError(400, `Unsupported parameter: '${parameter}' is not supported with this model.${instead}`, {
      param: parameter,
      code: 'unsupported_parameter',
    });
  }
  for (const [parameter, only] of Object.entries(fixedForReasoners)) {
    if (body[parameter] === undefined || body[parameter] === null || body[parameter] === only) continue;
    throw new ApiError(
      400,
      `Unsupported value: '${parameter}' does not support ${String(body[parameter])} with ${model}. Only the default (${only}) value is supported.`,
      { param: parameter, code: 'unsupported_value' },
    );
  }
}

/** One form of answers is understood, and asked for in words too: a model that is not told so writes spaces without end. */
function checkFormat({ response_format: format }: Body, entry: ChatModelEntry, messages: readonly ChatMessage[]): void {
  if (format === undefined || format === null) return;
  const type = typeof format === 'object' && 'type' in format ? format.type : undefined;
  if (entry.writesProse) throw new ApiError(400, "'response_format.type' must be 'json_schema' or 'text'", { param: 'response_format' });
  if (type !== 'json_object') throw invalid('response_format', 'this server does not do that.');
  if (!messages.some(({ content }) => /json/i.test(content))) {
    throw new ApiError(400, "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", {
      param: 'messages',
    });
  }
}

function findModel(body: Body, catalogue: Catalogue): { model: string; entry: ChatModelEntry } {
  if (body.model === undefined) throw missing('model');
  const model = String(body.model);
  const entry = catalogue.get(model);
  if (!entry) throw unknownModel(model);
  if (entry.kind === 'completion') {
    throw new ApiError(
      404,
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    );
  }
  if (entry.kind !== 'chat') throw new ApiError(404, `The model \`${model}\` is not a chat model.`, { param: 'model' });
  return { model, entry };
}

export function readMostTokens(body: Body): number {
  const most = body.max_completion_tokens ?? body.max_tokens;
  if (most === undefined || most === null) return Number.POSITIVE_INFINITY;
  if (typeof most === 'number' && Number.isInteger(most) && most >= 1) return most;
  throw invalid('max_completion_tokens' in body ? 'max_completion_tokens' : 'max_tokens', 'expected a whole number from 1.');
}

/** Cuts an answer into the pieces it streams in, about a token each: marks such as `[12]` come in two. Never inside a code point. */
export function cutIntoDeltas(answer: string): string[] {
  return answer.match(/\s?\S{1,5}|\s/gu) ?? [];
}

export function limitTokens(deltas: readonly string[], most: number): string[] {
  let tokens = 0;
  const end = deltas.findIndex((delta) => {
    tokens += countTokens(delta);
    return tokens > most;
  });
  return deltas.slice(0, end === -1 ? deltas.length : end);
}

function readAnswers({ n }: Body): number {
  if (n === undefined || n === null) return 1;
  if (typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= mostAnswers) return n;
  throw invalid('n', `expected a whole number from 1 to ${mostAnswers}.`);
}

export function cutAtStop(text: string, stop: unknown): string {
  const ends = [stop].flat().flatMap((end) => (typeof end === 'string' && text.includes(end) ? [text.indexOf(end)] : []));
  return ends.length > 0 ? text.slice(0, Math.min(...ends)) : text;
}

/** One of each list after the other, as answers that are written at once stream. */
function inTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list.slice(place, place + 1))).flat();
}

/**
 * Answers POST /chat/completions.
 * @param answer says what the model says to these messages.
 * @throws ApiError for anything OpenAI would refuse.
 */
export function createChatCompletion(
  body: Body,
  catalogue: Catalogue,
  answer: (entry: ChatModelEntry, messages: readonly ChatMessage[]) => string,
): Reply {
  const { model, entry } = findModel(body, catalogue);
  const messages = readMessages(body.messages);
  if (entry.reasons) refuseForReasoner(model, body);
  for (const parameter of unsupported) if (body[parameter]) throw invalid(parameter, 'this server does not do that.');
  if (entry.refusesSystem && messages.some(({ role }) => role === 'system')) throw new ApiError(400, 'System role not supported');
  checkFormat(body, entry, messages);
  const answers = readAnswers(body);
  const mostTokens = readMostTokens(body);
  const promptTokens = countPromptTokens(messages);
  if (promptTokens > entry.contextTokens) throw contextTooLong(entry.contextTokens, promptTokens);

  const texts = Array.from({ length: entry.ignoresN ? 1 : answers }, (_, index) => {
    const wanted = cutIntoDeltas(cutAtStop(answer(entry, messages), body.stop));
    const deltas = limitTokens(wanted, mostTokens);
    return { index, deltas, text: deltas.join(''), finishReason: deltas.length < wanted.length ? 'length' : 'stop' };
  });
  const completionTokens = texts.reduce((sum, { text }) => sum + countTokens(text), 0);
  const usage = { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens };
  const frame = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1_000), model };
  if (body.stream !== true) {
    const choices = texts.map(({ index, text, finishReason }) => {
      const message = { role: 'assistant', content: text, refusal: null };
      return { index, message, logprobs: null, finish_reason: finishReason };
    });
    return { type: 'json', status: 200, body: { ...frame, object: 'chat.completion', choices, usage } };
  }
  const options = body.stream_options;
  const includeUsage = typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true;
  const chunk = (index: number, delta: object, finish: string | null): string =>
    JSON.stringify({
      ...frame,
      object: 'chat.completion.chunk',
      choices: [{ index, delta, logprobs: null, finish_reason: finish }],
      ...(includeUsage ? { usage: null } : {}),
    });
  return {
    type: 'stream',
    events: [
      ...texts.map(({ index }) => chunk(index, { role: 'assistant', content: '', refusal: null }, null)),
      ...inTurn(texts.map(({ index, deltas }) => deltas.map((content) => chunk(index, { content }, null)))),
      ...texts.map(({ index, finishReason }) => chunk(index, {}, finishReason)),
      ...(includeUsage ? [JSON.stringify({ ...frame, object: 'chat.completion.chunk', choices: [], usage })] : []),
      '[DONE]',
    ],
  };
}
