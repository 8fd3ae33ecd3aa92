import type { CheckProblem } from './check-problem';
import { examineExample } from './examine-example';
import { examineSet, type SetFacts } from './examine-set';
import { messagesOf, questionOf, systemPromptOf, type TuningExample } from './example';
import { type CountTokens, tokensOf } from './example-tokens';
import { Histogram, type HistogramBin } from './histogram';
import { NearDuplicateFinder } from './near-duplicate-finder';
import type { ReadExample, ReadFlaw } from './read-result';
import { fewestExamples, levelOf, type SetLevel } from './set-level';
import { hashOfWords, hashWords } from './word-hashes';

export interface CheckOptions {
  readonly countTokens: CountTokens;
  /** What of an example goes beyond is cut off by the trainer. */
  readonly maximumExampleTokens: number;
}

export interface CheckResult {
  readonly examples: number;
  readonly level: SetLevel;
  /** Of each example, in the order in which they were added. */
  readonly exampleTokens: readonly number[];
  /** How many problems there are of each code, all counted. */
  readonly counts: ReadonlyMap<CheckProblem['code'], number>;
  /** In the order of the set, what is about all of it last; of each code no more than `maximumListed`. */
  readonly problems: readonly CheckProblem[];
  readonly tokensPerTurn: readonly HistogramBin[];
  readonly tokensPerExample: readonly HistogramBin[];
}

/** Nobody looks through more of one kind, and 50,000 rows would each cost some memory. */
export const maximumListed = 1_000;

/** Trainers on one's own machine cut off what goes beyond, unless told otherwise. */
const usualExampleTokens = 4_096;

const flawLevels: Readonly<Record<ReadFlaw['code'], CheckProblem['level']>> = {
  'bad-json': 'error',
  'not-an-example': 'error',
  'unknown-key': 'warning',
  'missing-key': 'error',
  'wrong-type': 'error',
  'line-too-long': 'error',
  'malformed-row': 'error',
};

/**
 * Checks a set while it is read: each example when it is added, the set at the end. What it holds of each is a few numbers and the shingles of its words, so
 * the caller may stop between any two of them, and a set of 50,000 takes some seconds.
 */
export class ExampleChecker {
  readonly #options: CheckOptions;
  readonly #problems: CheckProblem[] = [];
  readonly #counts = new Map<CheckProblem['code'], number>();
  readonly #exampleTokens: number[] = [];
  readonly #perTurn = new Histogram();
  readonly #perExample = new Histogram();
  readonly #nearDuplicates = new NearDuplicateFinder();
  readonly #lines: number[] = [];
  readonly #byContent = new Map<number, { readonly index: number; readonly isValidation: boolean }>();
  readonly #byQuestion = new Map<number, { readonly index: number; readonly answer: number }>();
  readonly #facts: SetFacts = { examples: 0, validation: 0, withSystemPrompt: 0, denials: 0, tags: new Map(), answers: new Map() };

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  /** @param line where it begins in its file, or its number in the set, counted from 1 */
  add({ line, example, flaws }: ReadExample): void {
    for (const { code, detail } of flaws)
      this.#report({ code, level: flawLevels[code], line, ...(detail === undefined ? {} : { detail }) });
    if (!example) return;
    const index = this.#lines.push(line) - 1;
    for (const problem of examineExample(example)) this.#report({ ...problem, line, index });
    this.#weigh(example, line, index);
    this.#compare(example, line, index);
    this.#note(example);
  }

  finish(): CheckResult {
    const examples = this.#lines.length;
    for (const problem of examineSet(this.#facts, fewestExamples)) this.#report(problem);
    return {
      examples,
      level: levelOf(examples),
      exampleTokens: this.#exampleTokens,
      counts: this.#counts,
      problems: this.#problems,
      tokensPerTurn: this.#perTurn.bins(),
      tokensPerExample: this.#perExample.bins(),
    };
  }

  #report(problem: CheckProblem): void {
    const count = (this.#counts.get(problem.code) ?? 0) + 1;
    this.#counts.set(problem.code, count);
    if (count <= maximumListed) this.#problems.push(problem);
  }

  #weigh(example: TuningExample, line: number, index: number): void {
    const { turns, total } = tokensOf(example, this.#options.countTokens);
    for (const tokens of turns) this.#perTurn.add(tokens);
    this.#perExample.add(total);
    this.#exampleTokens.push(total);
    const { maximumExampleTokens } = this.#options;
    if (total <= Math.min(usualExampleTokens, maximumExampleTokens)) return;
    this.#report({ code: 'over-long', level: total > maximumExampleTokens ? 'warning' : 'note', line, index, detail: String(total) });
  }

  /** Each example is compared with what came before: the first of several that are alike is not named. */
  #compare(example: TuningExample, line: number, index: number): void {
    const asked = hashWords(example.conversation.map(({ content }) => content).join('\n'));
    const answered = hashWords(wordsOfAnswer(example));
    const words = new Uint32Array(asked.length + answered.length);
    words.set(asked);
    words.set(answered, asked.length);
    if (words.length === 0) return;
    const isValidation = example.split === 'validation';
    const content = hashOfWords(words);
    const same = this.#byContent.get(content);
    if (same) {
      const isInBoth = same.isValidation !== isValidation;
      const otherLine = this.#lines[same.index] ?? 0;
      if (isInBoth) this.#report({ code: 'in-both-splits', level: 'error', line, index, otherLine, mend: { kind: 'remove' } });
      else this.#report({ code: 'duplicate', level: 'warning', line, index, otherLine, mend: { kind: 'remove' } });
      return;
    }
    this.#byContent.set(content, { index, isValidation });
    if (this.#contradicts(asked, answered, line, index)) return;
    const alike = this.#nearDuplicates.add(index, words);
    if (alike === undefined) return;
    this.#report({ code: 'near-duplicate', level: 'note', line, index, otherLine: this.#lines[alike] ?? 0, mend: { kind: 'remove' } });
  }

  #contradicts(asked: Uint32Array, answered: Uint32Array, line: number, index: number): boolean {
    if (asked.length === 0) return false;
    const question = hashOfWords(asked);
    const answer = hashOfWords(answered);
    const first = this.#byQuestion.get(question);
    if (!first) this.#byQuestion.set(question, { index, answer });
    if (!first || first.answer === answer) return false;
    this.#report({
      code: 'contradiction',
      level: 'warning',
      line,
      index,
      otherLine: this.#lines[first.index] ?? 0,
      mend: { kind: 'remove' },
    });
    return true;
  }

  #note(example: TuningExample): void {
    const facts = this.#facts;
    facts.examples += 1;
    if (example.split === 'validation') facts.validation += 1;
    if (systemPromptOf(example) !== undefined) facts.withSystemPrompt += 1;
    if (questionOf(example) !== '' && saysItDoesNotKnow(example.answer?.content ?? '')) facts.denials += 1;
    for (const tag of example.tags ?? []) facts.tags.set(tag, (facts.tags.get(tag) ?? 0) + 1);
    const answer = (example.answer?.content ?? '').trim().toLowerCase().slice(0, 200);
    if (answer !== '' && (facts.answers.has(answer) || facts.answers.size < 2_000))
      facts.answers.set(answer, (facts.answers.get(answer) ?? 0) + 1);
  }
}

function wordsOfAnswer(example: TuningExample): string {
  const called = messagesOf(example).flatMap(({ toolCalls }) => toolCalls?.map((call) => `${call.name} ${call.arguments}`) ?? []);
  return [example.answer?.content ?? '', ...called, example.rejected?.content ?? ''].join('\n');
}

const denial =
  /\b(?:(?:do not|don['’]t|can(?:not|['’]t| not)|am not able to|unable to) (?:know|say|tell|find|answer|help)|no (?:idea|information)|not (?:sure|certain)|weiß (?:ich )?nicht|ne sais pas|no (?:lo )?sé|non (?:lo )?so)\b|分かりません|不知道/i;

function saysItDoesNotKnow(answer: string): boolean {
  return denial.test(answer.slice(0, 300));
}
