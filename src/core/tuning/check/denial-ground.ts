import { functionWords } from '../../citations/function-words';
import { guessLanguage } from '../../citations/guess-language';
import { segmentWords } from '../../text/segment-words';
import { questionOf, systemPromptOf, type TuningExample } from '../example';

/** What examples of not knowing are made of, so that they are of the same set as the others. */
export interface DenialGround {
  /** Those of the set, the most frequent first; an empty one stands for none. */
  readonly systemPrompts: readonly string[];
  /** What most questions are about, in words of theirs, the most frequent first. */
  readonly subjects: readonly string[];
}

const mostOfEach = 3;
/** Shorter ones are seldom what a question is about. */
const fewestLetters = 4;

/** @param examples some of a set: a few hundred tell */
export function denialGround(examples: readonly TuningExample[]): DenialGround {
  const small = functionWords(guessLanguage(examples.map(questionOf).join('\n')) ?? 'en');
  const prompts = new Map<string, number>();
  const words = new Map<string, { count: number; readonly written: string }>();
  for (const example of examples) {
    const prompt = systemPromptOf(example) ?? '';
    prompts.set(prompt, (prompts.get(prompt) ?? 0) + 1);
    const asked = new Map(segmentWords(questionOf(example)).map((word) => [word.toLowerCase(), word]));
    for (const [key, written] of asked) {
      if (!isLongEnough(key) || small.has(key)) continue;
      const known = words.get(key);
      if (known) known.count += 1;
      else words.set(key, { count: 1, written });
    }
  }
  return {
    systemPrompts: mostFrequent([...prompts].map(([written, count]) => ({ written, count }))),
    subjects: mostFrequent([...words.values()]),
  };
}

/** Scripts without spaces have shorter words. */
function isLongEnough(word: string): boolean {
  const isLong = word.length >= fewestLetters || /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{2}/u.test(word);
  return isLong && !/^\p{N}+$/u.test(word);
}

function mostFrequent(items: readonly { readonly written: string; readonly count: number }[]): string[] {
  return items
    .toSorted((one, other) => other.count - one.count)
    .slice(0, mostOfEach)
    .map(({ written }) => written);
}
