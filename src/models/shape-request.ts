import type OpenAI from 'openai';
import { maximumStops } from '../core/models/model-parameters';
import { isRefused, nameTaken, type Refusal, type RequestPart } from '../core/models/refusals';
import { completionPrompt, completionStop } from '../core/prompt/completion-prompt';
import { moveInstructions } from '../core/prompt/move-instructions';
import type { ChatRequest } from './chat-model';

type ChatBody = OpenAI.ChatCompletionCreateParamsStreaming;
type CompletionBody = OpenAI.CompletionCreateParamsStreaming;

/** A request as it goes out. */
export type ShapedRequest = {
  /** What a server may refuse of it, with the values. */
  readonly sent: ReadonlyMap<RequestPart, unknown>;
} & ({ readonly endpoint: 'chat'; readonly body: ChatBody } | { readonly endpoint: 'completions'; readonly body: CompletionBody });

/** The plain endpoint writes 16 tokens when it is told nothing. */
const completionTokens = 1_000;

/**
 * Puts a request into the form that a model takes.
 * @param answers how many of them one request asks for
 */
export function shapeRequest(model: string, request: ChatRequest, refusals: readonly Refusal[], answers: number): ShapedRequest {
  const { messages, parameters = {} } = request;
  const isChat = !isRefused(refusals, 'chat');
  const stop = [...(parameters.stop ?? []), ...(isChat ? [] : [completionStop])].slice(-maximumStops);
  const wanted = {
    temperature: parameters.temperature,
    topP: parameters.topP,
    frequencyPenalty: parameters.frequencyPenalty,
    presencePenalty: parameters.presencePenalty,
    stop: stop.length > 0 ? stop : undefined,
    maximumTokens: parameters.maximumTokens ?? (isChat ? undefined : completionTokens),
    seed: parameters.seed,
    reasoningEffort: isChat ? parameters.reasoningEffort : undefined,
    verbosity: isChat ? parameters.verbosity : undefined,
  };
  const sent = new Map<RequestPart, unknown>();
  for (const [parameter, value] of Object.entries(wanted)) {
    const name = value === undefined ? undefined : nameTaken(refusals, parameter as keyof typeof wanted, value);
    if (name) sent.set(name === 'max_completion_tokens' && !isChat ? 'max_tokens' : name, value);
  }
  if (answers > 1) sent.set('n', answers);
  if (request.asJson && isChat && !isRefused(refusals, 'response_format')) sent.set('response_format', { type: 'json_object' });
  if (!isRefused(refusals, 'stream_options')) sent.set('stream_options', { include_usage: true });
  const fields = { model, stream: true, ...Object.fromEntries(sent) } as const;
  if (!isChat) return { endpoint: 'completions', sent, body: { ...fields, prompt: completionPrompt(messages) } };
  const hasSystem = parameters.systemMessage !== false && !isRefused(refusals, 'system');
  const given = hasSystem ? [...messages] : moveInstructions(messages);
  sent.set('chat', true);
  if (given.some(({ role }) => role === 'system')) sent.set('system', true);
  return { endpoint: 'chat', sent, body: { ...fields, messages: given } };
}
