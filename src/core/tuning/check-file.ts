import { type CheckOptions, type CheckResult, ExampleChecker } from './example-checker';
import type { FormName } from './form';
import { peekText } from './peek-text';
import { looksLikeTable, readExamples } from './read-examples';
import type { TextChunks } from './read-result';
import { trainableModels } from './training-cost';

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
