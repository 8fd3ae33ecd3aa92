import { alpaca } from './alpaca';
import { completions } from './completions';
import type { FormName, RecordForm } from './form';
import { openAiChat, openAiPreference } from './openai-chat';
import { shareGpt } from './sharegpt';

export const recordForms: Readonly<Record<Exclude<FormName, 'table'>, RecordForm>> = {
  'openai-chat': openAiChat,
  'openai-preference': openAiPreference,
  completions,
  sharegpt: shareGpt,
  alpaca,
};

/** The form that an object is of. */
export function recogniseForm(record: Readonly<Record<string, unknown>>): Exclude<FormName, 'table'> | undefined {
  const names = Object.keys(recordForms) as Exclude<FormName, 'table'>[];
  return names.find((name) => recordForms[name].recognises(record));
}
