import { type ExampleMessage, foldPassages, questionOf, systemPromptOf, type TuningExample } from '../example';
import { type CountTokens, tokensOf } from '../example-tokens';
import type { ReadExample, ReadFlaw } from '../forms/read-result';
import type { CheckProblem } from './check-problem';
import { examineExample } from './examine-example';
import { examineSet, type SetFacts } from './examine-set';
import { Histogram, type HistogramBin } from './histogram';
import { NearDuplicateFinder } from './near-duplicate-finder';
import { PackedIndex } from './packed-index';
import { fewestExamples, levelOf, type SetLevel } from './set-level';
import { hashOfWords, hashWords } from './word-hashes';

export interface CheckOptions {
  readonly countTokens: CountTokens;
  /** What of an example goes beyond is cut off by the trainer. */
  readonly maximumExampleTokens: number;
  /** Leaves out the look for what is alike, which no trainer refuses and which takes half of the time. */
  readonly withoutLikeness?: boolean;
}

export interface CheckResult {
  readonly examples: number;
  readonly validation: number;
  /** Of those that are trained: what has an answer and is not kept for validation. */
  readonly level: SetLevel;
  /** Of each example that is trained, without what was rejected, in the order in which they were added. */
  readonly trainedExampleTokens: readonly number[];
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
  'rest-unread': 'error',
  'not-an-example': 'error',
  'unknown-key': 'warning',
  'missing-key': 'error',
  'wrong-type': 'error',
  'line-too-long': 'error',
  'too-large': 'error',
  'malformed-row': 'error',
};

/**
 * Checks a set while it is read: each example when it is added, the set at the end. What it holds of each is some hundred bytes, however
 * long it is, so the caller may stop between any two of them, and a set of 50,000 takes some seconds.
 */
export class ExampleChecker {
  readonly #options: CheckOptions;
  readonly #problems: CheckProblem[] = [];
  readonly #counts = new Map<CheckProblem['code'], number>();
  readonly #trainedExampleTokens: number[] = [];
  readonly #perTurn = new Histogram();
  readonly #perExample = new Histogram();
  readonly #nearDuplicates = new NearDuplicateFinder();
  readonly #lines: number[] = [];
  /** Twice the index of the first example with this content, and 1 more if that is kept for validation. */
  readonly #byContent = new PackedIndex();
  /** Which of the questions it is. */
  readonly #byQuestion = new PackedIndex();
  /** Of each question, where it is asked first, and the hash of the answer there. */
  readonly #askedAt: number[] = [];
  readonly #answeredBy: number[] = [];
  #validation = 0;
  readonly #facts: SetFacts = { examples: 0, validation: 0, withSystemPrompt: 0, denials: 0, tags: new Map(), answers: new Map() };

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  /**
   * @param line where it begins in its file, or its number in the set, counted from 1
   * @returns whether any problem of it is listed
   */
  add({ line, example, flaws }: ReadExample): boolean {
    const listed = this.#problems.length;
    this.#examine(line, example, flaws);
    return this.#problems.length > listed;
  }

  #examine(line: number, example: TuningExample | undefined, flaws: readonly ReadFlaw[]): void {
    for (const { code, detail } of flaws)
      this.#report({ code, level: flawLevels[code], line, ...(detail === undefined ? {} : { detail }) });
    if (!example) return;
    const index = this.#lines.push(line) - 1;
    for (const problem of examineExample(example)) this.#report({ ...problem, line, index });
    this.#weigh(example, line, index);
    this.#compare(example, line, index);
    if (example.split === 'validation') this.#validation += 1;
    if (example.answer) this.#note(example, example.answer);
  }

  finish(): CheckResult {
    for (const problem of examineSet(this.#facts, fewestExamples)) this.#report(problem);
    return {
      examples: this.#lines.length,
      validation: this.#validation,
      level: levelOf(this.#trainedExampleTokens.length),
      trainedExampleTokens: this.#trainedExampleTokens,
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

  /** What has no answer is not trained: it has no length that matters. */
  #weigh(example: TuningExample, line: number, index: number): void {
    if (!example.answer) return;
    const { turns, total, totalRejected } = tokensOf(example, this.#options.countTokens);
    for (const tokens of turns) this.#perTurn.add(tokens);
    this.#perExample.add(total);
    if (example.split !== 'validation') this.#trainedExampleTokens.push(total);
    const { maximumExampleTokens } = this.#options;
    const longest = Math.max(total, totalRejected);
    if (longest <= Math.min(usualExampleTokens, maximumExampleTokens)) return;
    this.#report({ code: 'over-long', level: longest > maximumExampleTokens ? 'warning' : 'note', line, index, detail: String(longest) });
  }

  /** Each example is compared with what came before: the first of several that are alike is not named. */
  #compare(example: TuningExample, line: number, index: number): void {
    const shown = foldPassages(example);
    const asked = hashWords(shown.conversation.map(wordsOf).join('\n'));
    const answered = hashWords(wordsOf(example.answer));
    const rejected = hashWords(wordsOf(example.rejected));
    if (asked.length + answered.length + rejected.length === 0) return;
    const isValidation = example.split === 'validation';
    // No word has the hash 0: an answer is not taken for the same words rejected.
    const content = hashOfWords(joined(asked, apart, answered, apart, rejected));
    const [same] = this.#byContent.get(content);
    if (same !== undefined) {
      const isInBoth = (same % 2 === 1) !== isValidation;
      const otherLine = this.#lines[Math.floor(same / 2)] ?? 0;
      if (isInBoth) this.#report({ code: 'in-both-splits', level: 'error', line, index, otherLine, mend: { kind: 'remove' } });
      else this.#report({ code: 'duplicate', level: 'warning', line, index, otherLine, mend: { kind: 'remove' } });
      return;
    }
    this.#byContent.add(content, index * 2 + (isValidation ? 1 : 0));
    if (this.#options.withoutLikeness) return;
    // What is not to be said contradicts nothing, and is close to what is instead.
    if (!example.answer || this.#contradicts(asked, answered, line, index)) return;
    // One long system prompt would make all examples of a set alike.
    const turns = example.conversation.filter(({ role }) => role !== 'system' && role !== 'developer');
    const isAllAsked = shown.conversation === example.conversation && turns.length === example.conversation.length;
    const said = isAllAsked ? asked : hashWords(turns.map(wordsOf).join('\n'));
    const alike = this.#nearDuplicates.add(index, joined(said, answered, rejected));
    if (alike === undefined) return;
    this.#report({ code: 'near-duplicate', level: 'note', line, index, otherLine: this.#lines[alike] ?? 0, mend: { kind: 'remove' } });
  }

  #contradicts(asked: Uint32Array, answered: Uint32Array, line: number, index: number): boolean {
    if (asked.length === 0) return false;
    const question = hashOfWords(asked);
    const answer = hashOfWords(answered);
    const [known] = this.#byQuestion.get(question);
    if (known === undefined) {
      this.#byQuestion.add(question, this.#askedAt.push(index) - 1);
      this.#answeredBy.push(answer);
      return false;
    }
    if (this.#answeredBy[known] === answer) return false;
    const otherLine = this.#lines[this.#askedAt[known] ?? 0] ?? 0;
    // Which of the two is right, nobody but a person can say.
    this.#report({ code: 'contradiction', level: 'warning', line, index, otherLine });
    return true;
  }

  #note(example: TuningExample, { content }: ExampleMessage): void {
    const facts = this.#facts;
    facts.examples += 1;
    if (example.split === 'validation') facts.validation += 1;
    if (systemPromptOf(example) !== undefined) facts.withSystemPrompt += 1;
    if (questionOf(example) !== '' && saysItDoesNotKnow(content)) facts.denials += 1;
    for (const tag of example.tags ?? []) facts.tags.set(tag, (facts.tags.get(tag) ?? 0) + 1);
    const answer = content.trim().toLowerCase().slice(0, 200);
    if (answer !== '' && (facts.answers.has(answer) || facts.answers.size < 2_000))
      facts.answers.set(answer, (facts.answers.get(answer) ?? 0) + 1);
  }
}

/** Between what is compared part by part. */
const apart = Uint32Array.of(0);

function wordsOf(message: ExampleMessage | undefined): string {
  if (!message) return '';
  return [message.content, ...(message.toolCalls ?? []).map((call) => `${call.name} ${call.arguments}`)].join('\n');
}

function joined(...parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const denial =
  /\b(?:(?:do not|don['’]t|can(?:not|['’]t| not)|am not able to|unable to) (?:know|say|tell|find|answer|help)|no (?:idea|information)|not (?:sure|certain)|weiß (?:ich )?nicht|ne sais pas|no (?:lo )?sé|non (?:lo )?so)\b|分かりません|不知道/i;

function saysItDoesNotKnow(answer: string): boolean {
  return denial.test(answer.slice(0, 300));
}
