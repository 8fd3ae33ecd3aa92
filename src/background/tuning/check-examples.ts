import { ProblemError } from '../../core/problem';
import { largestExampleTokens } from '../../core/tuning/check/check-file';
import { ExampleChecker } from '../../core/tuning/check/example-checker';
import type { CountTokens } from '../../core/tuning/example-tokens';
import type { ExampleId } from '../../core/tuning/stored-example';
import { automaticEpochs, trainableModels, trainedTokens, trainingCostUsd } from '../../core/tuning/training/training-cost';
import type { ExampleCheck, TrainingPrice } from '../../protocol/example-requests';
import type { Library } from '../../storage/schema';
import { countExamples, eachExample } from '../../storage/tuning/examples';

export interface CheckTools {
  readonly library: Library;
  readonly countTokens: CountTokens;
  readonly report: (done: number, total: number) => void;
  /** Milliseconds that pass steadily. */
  readonly elapsed: () => number;
  /** Lets what waits be done. */
  readonly pause: () => Promise<void>;
}

/** Longer, and what is typed meanwhile would be found late. */
const sliceMs = 50;

/**
 * Checks all examples, a slice at a time.
 * @throws ProblemError `interrupted` when the signal is aborted
 */
export async function checkExamples(
  { library, countTokens, report, elapsed, pause }: CheckTools,
  signal: AbortSignal,
): Promise<ExampleCheck> {
  const total = await countExamples(library);
  const checker = new ExampleChecker({ countTokens, maximumExampleTokens: largestExampleTokens() });
  /** Those that a problem is listed of, by their place in the set. */
  const found = new Map<number, { readonly id: ExampleId; readonly revision: number }>();
  let done = 0;
  let until = elapsed() + sliceMs;
  for await (const examples of eachExample(library)) {
    for (const { id, example, revision = 0 } of examples) {
      if (checker.add({ line: done + 1, example, flaws: [] })) found.set(done, { id, revision });
      done += 1;
      if (elapsed() < until) continue;
      report(done, total);
      await pause();
      if (signal.aborted) throw new ProblemError({ code: 'interrupted' });
      until = elapsed() + sliceMs;
    }
  }
  const { trainedExampleTokens, counts, problems, ...result } = checker.finish();
  return {
    ...result,
    trained: trainedExampleTokens.length,
    counts: [...counts],
    problems: problems.map((problem) => (problem.index === undefined ? problem : { ...problem, ...found.get(problem.index) })),
    prices: pricesOf(trainedExampleTokens),
  };
}

/** What training on examples of so many tokens would cost, the cheapest first. */
function pricesOf(exampleTokens: readonly number[]): TrainingPrice[] {
  const epochs = automaticEpochs(exampleTokens.length);
  return trainableModels()
    .map(({ model, usdPerMillionTrained, maximumExampleTokens, date }) => {
      const tokens = trainedTokens(exampleTokens, maximumExampleTokens);
      return { model, tokens, epochs, usd: trainingCostUsd(tokens, epochs, usdPerMillionTrained), usdPerMillionTrained, date };
    })
    .sort((one, other) => one.usd - other.usd);
}
