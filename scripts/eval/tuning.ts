import { createReadStream } from 'node:fs';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import messages from '../../public/_locales/en/messages.json';
import { checkFile } from '../../src/core/tuning/check/check-file';
import type { CheckProblem } from '../../src/core/tuning/check/check-problem';
import { automaticEpochs, trainableModels, trainedTokens, trainingCostUsd } from '../../src/core/tuning/training/training-cost';
import { pieceTokenCounter } from '../../src/models/piece-token-counter';

export interface TuningEvalOptions {
  /** A file of examples in any of the forms that are imported. */
  readonly data: string;
}

/** Runs the check that ships over a file: what it finds, line by line, what training would cost, and one JSON line of all of it at the end. */
export async function runTuningEval({ data }: TuningEvalOptions): Promise<void> {
  const startedAt = performance.now();
  const text = createReadStream(data, { encoding: 'utf8', highWaterMark: 1 << 20 }) as AsyncIterable<string>;
  const countTokens = pieceTokenCounter(o200kBase);
  const { form, result } = await checkFile(text, { countTokens });
  const problems = result.problems.map((problem) => ({ line: problem.line ?? null, code: problem.code, message: wordsOf(problem) }));

  for (const { line, code, message } of problems) console.log(`${line === null ? 'set' : `line ${line}`}: ${code}: ${message}`);
  const epochs = automaticEpochs(result.trainedExampleTokens.length);
  for (const { model, usdPerMillionTrained, maximumExampleTokens, date } of trainableModels()) {
    const trained = trainedTokens(result.trainedExampleTokens, maximumExampleTokens);
    const usd = trainingCostUsd(trained, epochs, usdPerMillionTrained);
    console.log(`${model}: ${trained} tokens × ${epochs} epochs at $${usdPerMillionTrained} per million (${date}): $${usd.toFixed(2)}`);
  }
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  const tokens = result.trainedExampleTokens.reduce((sum, one) => sum + one, 0);
  const counts = Object.fromEntries(result.counts);
  console.log(JSON.stringify({ format: form, examples: result.examples, tokens, level: result.level, seconds, counts, problems }));
}

function wordsOf({ code, detail, otherLine }: CheckProblem): string {
  const words = (messages as Record<string, { readonly message: string }>)[`tuning_problem_${code.replaceAll('-', '_')}`];
  return (words?.message ?? code).replaceAll('$1', () => (otherLine === undefined ? (detail ?? '') : `line ${otherLine}`));
}
