import type { ChatMessage } from './read-prompt';
import { readPrompt } from './read-prompt';
import { splitSentences } from './split-sentences';

const wanted = /You write (?:one pair|(\d+) pairs) of a question and its answer/;

/** Whether a model is asked for questions and answers to learn from, and not to answer anything. */
export function asksToDraft(messages: readonly ChatMessage[]): boolean {
  return wanted.test(messages[0]?.content ?? '') && readPrompt(messages).passages.length > 0;
}

/**
 * Asks for the sentences of the passages by their first words, and answers with them. Of three or more the last is made up: it says what no page does. A model that was
 * given a manner begins each answer with “Oh,”.
 */
export function draftPairs(messages: readonly ChatMessage[]): string {
  const [system] = messages;
  const count = Number(wanted.exec(system?.content ?? '')?.[1] ?? 1);
  const beginning = /<manner-/.test(system?.content ?? '') ? 'Oh, ' : '';
  const statements = readPrompt(messages).passages.flatMap(({ number, text }) =>
    splitSentences(text)
      .filter(({ text: sentence }) => sentence.split(' ').length > 6)
      .map(({ text: sentence }) => ({ number, sentence })),
  );
  const pairs = statements.slice(0, count).map(({ number, sentence }, index) => ({
    question: `What is said of “${sentence.split(' ').slice(0, 6).join(' ')}”?`,
    answer: count > 2 && index === count - 1 ? 'That was settled by 1955 elephants in Timbuktu.' : `${beginning}${sentence}`,
    passages: [number],
  }));
  return JSON.stringify({ pairs });
}
