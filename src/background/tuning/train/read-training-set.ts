import { ProblemError } from '../../../core/problem';
import type { ProblemCode } from '../../../core/tuning/check/check-problem';
import { ExampleChecker } from '../../../core/tuning/check/example-checker';
import type { TuningExample } from '../../../core/tuning/example';
import { type CountTokens, tokensOf } from '../../../core/tuning/example-tokens';
import { recordForms } from '../../../core/tuning/forms/record-forms';
import { heldBy } from '../../../core/tuning/forms/write-examples';
import { trainingServices } from '../../../core/tuning/training/training-services';
import type { TuningPlan } from '../../../core/tuning/training/tuning-job';
import type { Library, TuningSide } from '../../../storage/schema';
import { countExamples, eachExample } from '../../../storage/tuning/examples';

export interface TrainingSetTools {
  readonly library: Library;
  readonly countTokens: CountTokens;
  readonly report: (done: number, total: number) => void;
  /** Milliseconds that pass steadily. */
  readonly elapsed: () => number;
  /** Lets what waits be done. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** What of a plan decides what is sent. */
export type SetChoice = Pick<TuningPlan, 'method' | 'withSystemPrompt' | 'withValidation'>;

/** Nothing is sent that the service has no use for. */
export function setChoiceOf({ service, method, withSystemPrompt, withValidation }: TuningPlan): SetChoice {
  const isValidated = trainingServices[service].validatedMethods.includes(method);
  return { method, withSystemPrompt, withValidation: withValidation && isValidated };
}

interface ReadSide {
  readonly bytes: number;
  /** That are sent. */
  readonly examples: number;
  /**
   * Of each text that is read: an example; of a pair each of its two answers, with all that comes before it. OpenAI bills training by preference
   * by the tokens of the training set (https://help.openai.com/en/articles/11323177-billing-guide-for-the-reinforcement-fine-tuning-api), and no
   * service says whether what two answers share counts once or twice: twice is an estimate from above.
   */
  readonly textTokens: readonly number[];
}

export interface TrainingSet {
  readonly training: ReadSide;
  readonly validation: ReadSide;
  /** What the check finds that a trainer refuses, and how often; `too-few` among it. */
  readonly refused: readonly { readonly code: ProblemCode; readonly count: number }[];
}

/** Longer, and what is typed meanwhile would be found late. */
const sliceMs = 50;

/**
 * Goes through all examples as they would be sent, a slice at a time: counts, checks, and gives each line of the two files.
 * @param take is given each line with its line break, and what it was written from
 * @throws ProblemError `interrupted` when the signal is aborted
 */
export async function readTrainingSet(
  choice: SetChoice,
  { library, countTokens, report, elapsed, pause, signal }: TrainingSetTools,
  take: (side: TuningSide, line: string, example: TuningExample) => Promise<void> | undefined = () => undefined,
): Promise<TrainingSet> {
  const form = choice.method === 'dpo' ? 'openai-preference' : 'openai-chat';
  const total = await countExamples(library);
  // Tokens are counted here, once an example.
  const checker = new ExampleChecker({ countTokens: () => 0, maximumExampleTokens: Number.POSITIVE_INFINITY, withoutLikeness: true });
  const sides = {
    training: { bytes: 0, examples: 0, textTokens: [] as number[] },
    validation: { bytes: 0, examples: 0, textTokens: [] as number[] },
  };
  const encoder = new TextEncoder();
  let done = 0;
  let until = elapsed() + sliceMs;
  for await (const examples of eachExample(library)) {
    for (const { example } of examples) {
      done += 1;
      const side = example.split === 'validation' ? 'validation' : 'training';
      const held =
        side === 'training' || choice.withValidation ? heldBy(form, example, { withoutSystemPrompt: !choice.withSystemPrompt }) : undefined;
      if (held) {
        const line = `${JSON.stringify(recordForms[form].write(held))}\n`;
        checker.add({ line: done, example: { ...held, ...(example.split ? { split: example.split } : {}) }, flaws: [] });
        sides[side].bytes += encoder.encode(line).length;
        sides[side].examples += 1;
        const { total: tokens, totalRejected } = tokensOf(held, countTokens);
        sides[side].textTokens.push(tokens, ...(held.rejected ? [totalRejected] : []));
        const taken = take(side, line, example);
        if (taken) await taken;
      }
      if (elapsed() < until) continue;
      report(done, total);
      await pause();
      if (signal.aborted) throw new ProblemError({ code: 'interrupted' });
      until = elapsed() + sliceMs;
    }
  }
  return { ...sides, refused: refusedBy(checker) };
}

function refusedBy(checker: ExampleChecker): TrainingSet['refused'] {
  const { problems, counts } = checker.finish();
  const codes = new Set(problems.filter(({ level }) => level === 'error').map(({ code }) => code));
  return [...codes].map((code) => ({ code, count: counts.get(code) ?? 0 }));
}
