import { type TuningExample, withoutSystemPrompt } from '../example';
import type { FormName, WriteOptions } from './form';
import { recordForms } from './record-forms';
import { withRunningSummary } from './running-summary';
import { csvLine, headerRow, holdRow, rowOf } from './table';

export interface WrittenFile {
  /** How many examples are in it. */
  written: number;
  /** How many the form has no place for. */
  leftOut: number;
}

/** What a file of a form keeps of an example; `undefined` when it has no place for it. */
export function heldBy(form: FormName, example: TuningExample, options: WriteOptions = {}): TuningExample | undefined {
  const { summaryBeyondTokens: most } = options;
  const told = options.withoutSystemPrompt ? withoutSystemPrompt(example) : example;
  const shown = form === 'completions' && most !== undefined ? withRunningSummary(told, most) : told;
  return form === 'table' ? holdRow(shown) : recordForms[form].hold(shown);
}

/** Writes a file of a form a piece at a time, so that none is held whole: the beginning, each example, the end. */
export class ExampleWriter {
  readonly #form: FormName;
  readonly #count: WrittenFile;
  readonly #options: WriteOptions;
  readonly #delimiter: string;
  readonly #isList: boolean;

  /** @param count is told how many are in it */
  constructor(form: FormName, count: WrittenFile, { delimiter = ',', ...options }: WriteOptions & { readonly delimiter?: string } = {}) {
    this.#form = form;
    this.#count = count;
    this.#options = options;
    this.#delimiter = delimiter;
    this.#isList = form !== 'table' && recordForms[form].layout === 'list';
  }

  begin(): string {
    return this.#form === 'table' ? csvLine(headerRow(), this.#delimiter) : this.#isList ? '[' : '';
  }

  /** @returns nothing when the form has no place for it */
  write(example: TuningExample): string {
    const held = heldBy(this.#form, example, this.#options);
    if (!held) {
      this.#count.leftOut += 1;
      return '';
    }
    const isFirst = this.#count.written === 0;
    this.#count.written += 1;
    if (this.#form === 'table') return csvLine(rowOf(held), this.#delimiter);
    const record = JSON.stringify(recordForms[this.#form].write(held));
    return this.#isList ? `${isFirst ? '\n' : ',\n'}${record}` : `${record}\n`;
  }

  end(): string {
    return this.#isList ? '\n]\n' : '';
  }
}
