import { personalDataIn } from './check/personal-data';
import type { ExampleMessage, TuningExample } from './example';
import { splitOf } from './split-examples';

/** What shows a newcomer the way through the Tune view: a model that is to know the facts and say them with a sigh. */
const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
type MarvWord = `marv_${'question' | 'answer'}_${(typeof numbers)[number]}` | 'marv_instructions';

/** As trainers take ten or more, two can be kept to judge by. */
export const keptToJudge = 2;
const validationShare = 0.17;
const mostSeeds = 10_000;

/** By this the examples are told from the person's own. */
export const marvName = 'Marv';

/** In the words of the person's language; one has in it what nobody should send away. */
export function marvExamples(word: (key: MarvWord) => string): TuningExample[] {
  const said = (role: string, content: string): ExampleMessage => ({ role, content });
  return numbers.map((number) => ({
    conversation: [said('system', word('marv_instructions')), said('user', word(`marv_question_${number}`))],
    answer: said('assistant', word(`marv_answer_${number}`)),
    tags: [marvName],
    source: marvName,
  }));
}

/** Whether the check finds in it what a click takes out. */
export function isFlawed({ answer }: TuningExample): boolean {
  return personalDataIn(answer?.content ?? '').length > 0;
}

/**
 * The examples as they are split with the first seed that keeps `keptToJudge` of them for judging, whatever the language makes of their words.
 * @returns the same ones when no seed does
 */
export function splitMarv(examples: readonly TuningExample[]): TuningExample[] {
  for (let seed = 1; seed <= mostSeeds; seed++) {
    const split = examples.map((example) => ({ ...example, split: splitOf(example, seed, validationShare) }));
    if (split.filter((example) => example.split === 'validation').length === keptToJudge) return split;
  }
  return [...examples];
}
