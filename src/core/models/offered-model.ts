import type { ParameterName } from './model-parameters';
import { type Refusal, type RequestPart, requestParts, takesParameter } from './refusals';

/** A model as its server lists it, as far as the server says. */
export interface OfferedModel {
  /** By which it is asked. */
  readonly id: string;
  /** The most that it reads and writes for one answer. */
  readonly contextTokens?: number;
  /** What the server itself asks, in US dollars for a million tokens. */
  readonly price?: { readonly usdPerMillionInput: number; readonly usdPerMillionOutput: number };
  /** The parameters that it takes, by their names in the protocol. */
  readonly accepts?: readonly string[];
  readonly use?: 'chat' | 'embedding';
}

export const modelSorts = ['name', 'context', 'price'] as const;
export type ModelSort = (typeof modelSorts)[number];

/** Every request needs these, and lists of parameters leave them out. */
const taken: ReadonlySet<RequestPart> = new Set(['system', 'chat', 'stream_options', 'n']);

/** What a server's list of parameters that a model takes leaves out; nothing when there is no such list. */
export function refusedByList({ accepts }: Pick<OfferedModel, 'accepts'>): Refusal[] {
  if (!accepts) return [];
  // Servers that know one name of this know the other.
  const knowsLength = accepts.includes('max_tokens') || accepts.includes('max_completion_tokens');
  // `reasoning` is what one router calls it.
  const knows = (part: RequestPart) =>
    taken.has(part) ||
    accepts.includes(part) ||
    (part.startsWith('max_') && knowsLength) ||
    (part === 'reasoning_effort' && accepts.includes('reasoning'));
  return requestParts.filter((part) => !knows(part)).map((part) => ({ part }));
}

/** The parameters that are worth telling apart by which models take them. */
const telling: readonly ParameterName[] = [
  'temperature',
  'topP',
  'frequencyPenalty',
  'presencePenalty',
  'stop',
  'seed',
  'reasoningEffort',
  'verbosity',
];

export function takenAndNot(refusals: readonly Refusal[]): { readonly taken: ParameterName[]; readonly not: ParameterName[] } {
  return {
    taken: telling.filter((name) => takesParameter(refusals, name)),
    not: telling.filter((name) => !takesParameter(refusals, name)),
  };
}

/** The models whose names hold all the words, in any order. */
export function matchingModels<Model extends { readonly id: string }>(models: readonly Model[], sought: string): Model[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
}

export interface RatedModel extends OfferedModel {
  /** In US dollars, for a million tokens read and as many written; absent when it is not known. */
  readonly usdPerMillion?: number;
}

/** What is not known comes last; what is alike, by name. */
export function sortModels<Model extends RatedModel>(models: readonly Model[], sort: ModelSort): Model[] {
  const byName = (a: Model, b: Model) => a.id.localeCompare(b.id);
  if (sort === 'name') return models.toSorted(byName);
  const worth = ({ contextTokens, usdPerMillion }: Model) =>
    (sort === 'context' ? -(contextTokens ?? Number.NaN) : usdPerMillion) ?? Number.NaN;
  return models.toSorted((a, b) => {
    const [left, right] = [worth(a), worth(b)];
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || byName(a, b);
    return left - right || byName(a, b);
  });
}
