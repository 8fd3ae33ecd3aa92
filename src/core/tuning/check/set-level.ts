/**
 * Where a set stands by the number of its examples: a trainer takes 10; clear improvements begin with 50 to 100 well-made ones
 * (https://platform.openai.com/docs/guides/supervised-fine-tuning); the steps above are the usual advice for a narrow task.
 */
const levels = [
  { name: 'too-few', from: 0 },
  { name: 'minimum', from: 10 },
  { name: 'nominal', from: 50 },
  { name: 'expert', from: 500 },
  { name: 'master', from: 1_001 },
] as const;

/** Each has its words under `tuning_level_<name>`: what to expect of so many. */
export type SetLevel = (typeof levels)[number]['name'];

export const fewestExamples = 10;

export function levelOf(examples: number): SetLevel {
  return levels.findLast(({ from }) => examples >= from)?.name ?? 'too-few';
}

/** How many more make the next level; `undefined` on the highest. */
export function missingToNext(examples: number): number | undefined {
  const next = levels.find(({ from }) => examples < from);
  return next && next.from - examples;
}
