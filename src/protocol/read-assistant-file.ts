import * as v from 'valibot';
import { assistantLimits, checkAssistant, isUsable } from '../core/assistants/assistant';
import { type AssistantText, assistantFileFormat, assistantFileVersion, mostAssistantFileBytes } from '../core/assistants/assistant-file';
import { ProblemError } from '../core/problem';
import { assistantTextSchema } from './assistant-schema';

/** What a file of assistants holds. */
export interface AssistantFile {
  readonly assistants: readonly AssistantText[];
  /** How many were left out because they are not what an assistant must be. */
  readonly leftOut: number;
}

const fileSchema = v.object({
  format: v.literal(assistantFileFormat),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  assistants: v.pipe(v.array(v.unknown()), v.maxLength(assistantLimits.assistants)),
});

/**
 * Reads a file of assistants that may have been made by anybody: what is not named in the schema is left out, and so is an assistant that could not be used.
 * @throws ProblemError `assistant-file-unknown`, `assistant-file-newer`
 */
export function readAssistantFile(text: string): AssistantFile {
  // Of a text, no byte is more than a character.
  if (text.length > mostAssistantFileBytes) throw new ProblemError({ code: 'assistant-file-unknown' });
  const file = v.safeParse(fileSchema, parseJson(text));
  if (!file.success) throw new ProblemError({ code: 'assistant-file-unknown' });
  if (file.output.version > assistantFileVersion) throw new ProblemError({ code: 'assistant-file-newer' });
  const assistants = file.output.assistants.flatMap((written) => {
    const assistant = v.safeParse(assistantTextSchema, written);
    return assistant.success && isWellFormed(assistant.output) ? [assistant.output] : [];
  });
  return { assistants, leftOut: file.output.assistants.length - assistants.length };
}

/** A command that one here has is no fault of the file's. */
function isWellFormed(assistant: AssistantText): boolean {
  const problems = checkAssistant(assistant);
  const { command, ...rest } = problems;
  return isUsable(command === 'taken' ? rest : problems);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError({ code: 'assistant-file-unknown' });
  }
}
