import type { FormName } from '../forms/form';
import { peekText } from '../forms/peek-text';
import { looksLikeTable, readExamples } from '../forms/read-examples';
import type { TextChunks } from '../forms/read-result';
import { trainableModels } from '../training/training-cost';
import { type CheckOptions, type CheckResult, ExampleChecker } from './example-checker';

export interface CheckedFile {
  /** Of its first example. */
  readonly form: FormName | undefined;
  readonly result: CheckResult;
}

/** Reads and checks a file of examples while its text comes. */
export async function checkFile(chunks: TextChunks, options: Pick<CheckOptions, 'countTokens'>): Promise<CheckedFile> {
  const { head, all } = await peekText(chunks);
  const checker = new ExampleChecker({ ...options, maximumExampleTokens: largestExampleTokens() });
  let form: FormName | undefined;
  for await (const read of readExamples(all, { isTable: looksLikeTable(head) })) {
    form ??= read.form;
    checker.add(read);
  }
  return { form, result: checker.finish() };
}

/** What the most patient of the trainable models takes of an example. */
export function largestExampleTokens(): number {
  return Math.max(...trainableModels().map(({ maximumExampleTokens }) => maximumExampleTokens));
}
