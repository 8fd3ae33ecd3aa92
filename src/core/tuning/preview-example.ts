import type { Span } from '../text/span';
import { systemPromptOf, type TuningExample } from './example';
import type { FormName } from './forms/form';
import { ExampleWriter } from './forms/write-examples';

/** More of an example is not looked at. */
const mostCharacters = 4_000;

export interface PreviewedExample {
  /** As it stands in a file, with line breaks between its parts; the beginning of a long one. */
  readonly text: string;
  /** Where the system prompt stands in it. */
  readonly system?: Span;
}

/** What a file of a form has of an example; `undefined` when the form has no place for it. */
export function previewExample(form: FormName, example: TuningExample, withoutSystemPrompt: boolean): PreviewedExample | undefined {
  const count = { written: 0, leftOut: 0 };
  const written = new ExampleWriter(form, count, withoutSystemPrompt ? { withoutSystemPrompt } : {}).write(example).trim();
  if (count.written === 0) return undefined;
  const text = (form === 'table' ? written : JSON.stringify(JSON.parse(written), null, 1)).slice(0, mostCharacters);
  const system = withoutSystemPrompt ? undefined : systemPromptOf(example);
  const sought = system && (form === 'table' ? system.replaceAll('"', '""') : JSON.stringify(system).slice(1, -1));
  const start = sought ? text.indexOf(sought) : -1;
  return start < 0 || !sought ? { text } : { text, system: { start, end: start + sought.length } };
}
