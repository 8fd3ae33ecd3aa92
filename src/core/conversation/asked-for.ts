import type { Assistant } from '../assistants/assistant';
import { fillTemplate } from '../prompt/prompt-template';
import { parseQuery } from '../search/parse-query';
import { builtInCommands, type Command } from './commands';

/** What a question comes to once its command, if it begins with one, has been understood. */
export interface AskedFor {
  /** What is searched for, operators included. */
  readonly sought: string;
  /** What the model is asked. */
  readonly words: string;
  /** Nothing is searched for: the text of what is asked is read from its beginning. */
  readonly readsInOrder: boolean;
  /** It was asked by the name of a command, and answers whoever else is chosen. */
  readonly assistant?: Assistant;
  readonly isCommand: boolean;
}

/** What an assistant is asked that was called without another word. */
const carryOut = 'Do with the passages what the instructions say.';

/**
 * Understands a question. Only what begins with a slash and the name of a command is one; `/etc/hosts` is not.
 * @param language what the person reads, by its English name
 */
export function askedFor(question: string, assistants: readonly Assistant[], language: string): AskedFor {
  const [, name = '', rest = ''] = /^\/(\S+)(?:\s+([\s\S]*))?$/.exec(question) ?? [];
  const written = rest.trim();
  const query = parseQuery(written);
  // Operators alone say where to look, not what for.
  const argument = written === '' ? '' : query.text;
  const command: Command | undefined = builtInCommands.find((builtIn) => builtIn.name === name);
  if (command) {
    const words = fillTemplate(argument === '' ? command.plain : command.pointed, { argument, language });
    return { sought: written, words, readsInOrder: argument === '' || command.takes !== 'subject', isCommand: true };
  }
  const assistant = name ? assistants.find((one) => one.command === name) : undefined;
  if (assistant) return { sought: written, words: argument || carryOut, readsInOrder: argument === '', assistant, isCommand: true };
  // A model knows nothing of operators.
  return { sought: question, words: parseQuery(question).text || question, readsInOrder: false, isCommand: false };
}
