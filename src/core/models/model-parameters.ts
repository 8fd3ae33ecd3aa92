/** What a request asks of a model besides its messages. What is absent is left to the server. */
export interface ModelParameters {
  /** From 0, which always takes the likeliest token, to 2. */
  readonly temperature?: number;
  /** From 0 to 1: only the likeliest tokens that together have this probability are drawn from. */
  readonly topP?: number;
  /** From -2 to 2: how much a token counts less for each time that it has come already. */
  readonly frequencyPenalty?: number;
  /** From -2 to 2: how much a token counts less when it has come at all. */
  readonly presencePenalty?: number;
  /** At most four; the answer ends before the first of them. */
  readonly stop?: readonly string[];
  /** Of the answer, with what is thought and not shown. */
  readonly maximumTokens?: number;
  readonly seed?: number;
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
  /** How many answers are written to choose from. */
  readonly answers?: number;
  /** Of several answers, the one whose citations are best supported is taken. */
  readonly takeBest?: boolean;
  /** False: the instructions stand at the beginning of the first question, for models that heed no system message. */
  readonly systemMessage?: boolean;
}

export type ParameterName = keyof ModelParameters;

export const parameterNames = [
  'temperature',
  'topP',
  'frequencyPenalty',
  'presencePenalty',
  'maximumTokens',
  'stop',
  'seed',
  'reasoningEffort',
  'verbosity',
  'answers',
  'takeBest',
  'systemMessage',
] as const satisfies readonly ParameterName[];

/** What was asked for and not sent, because the model does not take it; `chat`: it was asked for a plain completion. */
export type LeftOut = ParameterName | 'chat';

/** The range that each number is taken from; those of OpenAI's interface, which others keep within. */
export const parameterLimits = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topP: { min: 0, max: 1, step: 0.01 },
  frequencyPenalty: { min: -2, max: 2, step: 0.1 },
  presencePenalty: { min: -2, max: 2, step: 0.1 },
  maximumTokens: { min: 1, max: 1_000_000, step: 1 },
  seed: { min: 0, max: 2_147_483_647, step: 1 },
  answers: { min: 1, max: 4, step: 1 },
} as const satisfies Partial<Record<ParameterName, { min: number; max: number; step: number }>>;

export type NumberParameter = keyof typeof parameterLimits;

export const maximumStops = 4;
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;
export const verbosities = ['low', 'medium', 'high'] as const;

/** Parameters with others laid over them: what the second set says goes. */
export function withParameters(base: ModelParameters | undefined, over: ModelParameters | undefined): ModelParameters {
  return { ...base, ...over };
}

/** The same without one, which is then left to the server. */
export function withoutParameter(parameters: ModelParameters, name: ParameterName): ModelParameters {
  const { [name]: _, ...others } = parameters;
  return others;
}
