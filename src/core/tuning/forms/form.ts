import type { TuningExample } from '../example';
import type { Complain } from './parse-messages';

/** The forms of files, by what they are called in `public/_locales` under `tuning_form_<name>`. */
export const formNames = ['openai-chat', 'openai-preference', 'completions', 'sharegpt', 'alpaca', 'table'] as const;
export type FormName = (typeof formNames)[number];

export interface WriteOptions {
  readonly withoutSystemPrompt?: boolean;
  /** As prompt and completion: of the turns before the question as many are kept, and those before them become a line. Absent: all are kept. */
  readonly summaryBeyondTokens?: number;
}

/** How examples are written as JSON objects, one each. */
export interface RecordForm {
  /** Lines of JSON, or one list of them. */
  readonly layout: 'lines' | 'list';
  /** Whether an object looks like one of this form. */
  readonly recognises: (record: Readonly<Record<string, unknown>>) => boolean;
  readonly read: (record: Readonly<Record<string, unknown>>, complain: Complain) => TuningExample;
  /** What of an example the form has a place for; `undefined` when it can hold nothing of it. */
  readonly hold: (example: TuningExample) => TuningExample | undefined;
  /** @param example as `hold` gives it */
  readonly write: (example: TuningExample) => Record<string, unknown>;
}
