import { type ExampleSplit, longestTagCharacters, mostTags, type TuningExample } from './example';

/** What is to be changed about many examples at once. */
export interface ExampleMark {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  /** `none`: on neither side. */
  readonly split?: ExampleSplit | 'none';
}

/** The example as it is marked; the very same when that changes nothing. */
export function markExample(example: TuningExample, { add = [], remove = [], split: wanted }: ExampleMark): TuningExample {
  const { tags: before = [], split: side, ...rest } = example;
  const tags = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])].slice(0, mostTags);
  const split = wanted === undefined ? side : wanted === 'none' ? undefined : wanted;
  if (split === side && tags.length === before.length && tags.every((tag, index) => tag === before[index])) return example;
  return { ...rest, ...(tags.length > 0 ? { tags } : {}), ...(split ? { split } : {}) };
}

/** The tags in what a person wrote with commas between them, each once. */
export function writtenTags(written: string): string[] {
  const tags = written.split(',').map((tag) => tag.trim().slice(0, longestTagCharacters));
  return [...new Set(tags.filter(Boolean))].slice(0, mostTags);
}
