import { type TuningExample, withoutSystemPrompt } from './example';
import type { FormName, WriteOptions } from './form';
import { recordForms } from './record-forms';
import { csvLine, headerRow, holdRow, rowOf } from './table';

export interface WrittenFile {
  /** How many examples are in it. */
  written: number;
  /** How many the form has no place for. */
  leftOut: number;
}

/** What a file of a form keeps of an example; `undefined` when it has no place for it. */
export function heldBy(form: FormName, example: TuningExample, options: WriteOptions = {}): TuningExample | undefined {
  const shown = options.withoutSystemPrompt ? withoutSystemPrompt(example) : example;
  return form === 'table' ? holdRow(shown) : recordForms[form].hold(shown);
}

/**
 * Writes examples as a file of a form, a piece of text for each, so that no file is held whole.
 * @param count is told how many are in it
 */
export function* writeExamples(
  form: FormName,
  examples: Iterable<TuningExample>,
  count: WrittenFile,
  options: WriteOptions & { readonly delimiter?: string } = {},
): Generator<string, void, void> {
  const delimiter = options.delimiter ?? ',';
  const isList = form !== 'table' && recordForms[form].layout === 'list';
  if (form === 'table') yield csvLine(headerRow(), delimiter);
  if (isList) yield '[';
  for (const example of examples) {
    const held = heldBy(form, example, options);
    if (!held) {
      count.leftOut += 1;
      continue;
    }
    if (form === 'table') yield csvLine(rowOf(held), delimiter);
    else yield `${isList ? (count.written > 0 ? ',\n' : '\n') : ''}${JSON.stringify(recordForms[form].write(held))}${isList ? '' : '\n'}`;
    count.written += 1;
  }
  if (isList) yield '\n]\n';
}
