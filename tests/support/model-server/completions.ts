import { randomUUID } from 'node:crypto';
import { ApiError, unknownModel } from './api-error';
import type { Catalogue } from './catalogue';
import { cutAtStop, cutIntoDeltas, invalid, limitTokens, missing, readMostTokens } from './chat-completions';
import { countTokens } from './count-tokens';
import { contextTooLong } from './failure';
import type { Reply } from './reply';

/** What OpenAI writes when it is not told how much. */
const defaultMostTokens = 16;
/** Parameters of a chat that mean nothing here: OpenAI does not know them at this address. */
const ofChats = ['messages', 'max_completion_tokens', 'reasoning_effort', 'verbosity'];

/**
 * Answers POST /completions, the plain endpoint of models that do not chat.
 * @param answer says what the model goes on with.
 * @throws ApiError for anything OpenAI would refuse.
 */
export function createCompletion(body: Readonly<Record<string, unknown>>, catalogue: Catalogue, answer: (prompt: string) => string): Reply {
  if (body.model === undefined) throw missing('model');
  const model = String(body.model);
  const entry = catalogue.get(model);
  if (!entry) throw unknownModel(model);
  if (entry.kind !== 'completion') {
    throw new ApiError(
      404,
      'This is a chat model and not supported in the v1/completions endpoint. Did you mean to use v1/chat/completions?',
      {
        param: 'model',
      },
    );
  }
  for (const parameter of ofChats) {
    if (body[parameter] !== undefined) throw new ApiError(400, `Unrecognized request argument supplied: ${parameter}`);
  }
  const { prompt } = body;
  if (typeof prompt !== 'string' || prompt === '') throw invalid('prompt', 'expected a text.');
  if (body.stream !== true) throw invalid('stream', 'this server only streams completions.');
  const promptTokens = countTokens(prompt);
  if (promptTokens > entry.contextTokens) throw contextTooLong(entry.contextTokens, promptTokens);
  const wanted = cutIntoDeltas(cutAtStop(` ${answer(prompt)}`, body.stop));
  const deltas = limitTokens(wanted, body.max_tokens === undefined ? defaultMostTokens : readMostTokens(body));
  const completionTokens = countTokens(deltas.join(''));
  const frame = { id: `cmpl-${randomUUID()}`, object: 'text_completion', created: Math.floor(Date.now() / 1_000), model };
  const chunk = (text: string, finish: string | null) =>
    JSON.stringify({ ...frame, choices: [{ index: 0, text, logprobs: null, finish_reason: finish }] });
  const options = body.stream_options;
  const includeUsage = typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true;
  const usage = { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens };
  return {
    type: 'stream',
    events: [
      ...deltas.map((text) => chunk(text, null)),
      chunk('', deltas.length < wanted.length ? 'length' : 'stop'),
      ...(includeUsage ? [JSON.stringify({ ...frame, choices: [], usage })] : []),
      '[DONE]',
    ],
  };
}
