import { keepKnownMarks } from '../../core/conversation/citation-marks';
import type { Message } from '../../core/conversation/conversation';
import type { Turn } from '../../core/prompt/build-prompt';
import { parseQuery } from '../../core/search/parse-query';

/** Questions with the answers that were written to them, without marks: their numbers stand for other passages by now. */
export function turnsOf(messages: readonly Message[]): Turn[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    return message.role === 'answer' && before?.role === 'question'
      ? [{ question: before.text, answer: keepKnownMarks(message.text, new Set()) }]
      : [];
  });
}

/** A question without its operators, of which a model knows nothing. */
export function wordsAsked(question: string): string {
  return parseQuery(question).text || question;
}

/** Turns as a model is to read them. */
export function spoken(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => ({ ...turn, question: wordsAsked(turn.question) }));
}

/** The turns that a model is told of: those that had an answer. */
export function answered(turns: readonly Turn[]): Turn[] {
  return spoken(turns).filter((turn) => turn.answer !== '');
}
