import type { Assistant } from './assistant';

/** What an assistant is without its place in a library: as it is written in a file. */
export type AssistantText = Omit<Assistant, 'id' | 'isHidden'>;

export const assistantFileFormat = 'commonplace-assistants';
export const assistantFileVersion = 1;

/** More than all assistants that there may be come to. */
export const mostAssistantFileBytes = 5_000_000;

/** Assistants as a file to keep or to hand on, which people can read. */
export function writeAssistantFile(assistants: readonly Assistant[]): string {
  const texts = assistants.map(({ id: _, isHidden: __, ...text }) => text);
  return `${JSON.stringify({ format: assistantFileFormat, version: assistantFileVersion, assistants: texts }, null, 2)}\n`;
}
