import type { ModelParameters, ParameterName } from './model-parameters';

/** What of a request a model may refuse: a parameter by its name in the protocol, a message of role `system`, or the whole form of a chat. */
export type RequestPart =
  | 'temperature'
  | 'top_p'
  | 'frequency_penalty'
  | 'presence_penalty'
  | 'stop'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'seed'
  | 'reasoning_effort'
  | 'verbosity'
  | 'n'
  | 'response_format'
  | 'stream_options'
  | 'system'
  | 'chat';

export const requestParts = [
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'stop',
  'max_tokens',
  'max_completion_tokens',
  'seed',
  'reasoning_effort',
  'verbosity',
  'n',
  'response_format',
  'stream_options',
  'system',
  'chat',
] as const satisfies readonly RequestPart[];

/** Something that a model does not take; with a value, only that value of it. */
export interface Refusal {
  readonly part: RequestPart;
  readonly value?: string | number;
}

/** By what names a parameter goes in the protocol, the one to try first before the others. */
const namesOnTheWire: Readonly<Record<ParameterName, readonly RequestPart[]>> = {
  temperature: ['temperature'],
  topP: ['top_p'],
  frequencyPenalty: ['frequency_penalty'],
  presencePenalty: ['presence_penalty'],
  stop: ['stop'],
  maximumTokens: ['max_tokens', 'max_completion_tokens'],
  seed: ['seed'],
  reasoningEffort: ['reasoning_effort'],
  verbosity: ['verbosity'],
  // Several answers can always be had, by asking several times.
  answers: [],
  takeBest: [],
  systemMessage: ['system'],
};

export function isRefused(refusals: readonly Refusal[], part: RequestPart, value?: unknown): boolean {
  return refusals.some((refusal) => refusal.part === part && (refusal.value === undefined || refusal.value === value));
}

/** The name under which a model takes a parameter with this value; `undefined` when it takes it under none. */
export function nameTaken(refusals: readonly Refusal[], parameter: ParameterName, value?: unknown): RequestPart | undefined {
  return namesOnTheWire[parameter].find((part) => !isRefused(refusals, part, value));
}

/** Whether it is worth offering: some value of it may be taken. */
export function takesParameter(refusals: readonly Refusal[], parameter: ParameterName): boolean {
  const names = namesOnTheWire[parameter];
  // The plain completions endpoint has no roles and does not reason.
  if (isRefused(refusals, 'chat') && ['systemMessage', 'reasoningEffort', 'verbosity'].includes(parameter)) return false;
  return names.length === 0 || nameTaken(refusals, parameter) !== undefined;
}

/** Which of the parameters that a person set a model is not sent, because it refuses them. */
export function parametersLeftOut(parameters: ModelParameters, refusals: readonly Refusal[]): ParameterName[] {
  return (Object.keys(parameters) as ParameterName[]).filter((parameter) => {
    const value = parameters[parameter];
    if (parameter === 'systemMessage' || value === undefined) return false;
    return !takesParameter(refusals, parameter) || (namesOnTheWire[parameter].length > 0 && !nameTaken(refusals, parameter, value));
  });
}
