import type { ChatMessage } from './read-prompt';

const fenced = /<conversation-([\w-]+)>\n([\s\S]*)\n<\/conversation-\1>\s+<question-\1>\n([\s\S]*)\n<\/question-\1>\s*$/;
const named = /(?:\p{Lu}[\p{L}’'-]+)(?:\s+(?:of\s+)?\p{Lu}[\p{L}’'-]+)*/gu;
const pronoun = /\b(?:it|he|she|they|that|this|there)\b/i;

/** Whether a model is asked to put a follow-up into words of its own, and not to answer anything. */
export function asksToRewrite(messages: readonly ChatMessage[]): boolean {
  return fenced.test(messages.at(-1)?.content ?? '');
}

/** Puts the last thing named in an earlier question in the place of the first pronoun; leaves a question without one as it is. */
export function rewriteQuestion(messages: readonly ChatMessage[]): string {
  const [, , conversation = '', question = ''] = fenced.exec(messages.at(-1)?.content ?? '') ?? [];
  const asked = conversation.split('\n').filter((line) => line.startsWith('User: '));
  const names = asked.flatMap((line) => line.replace(/^User: \S+/, '').match(named) ?? []);
  return question.replace(pronoun, names.at(-1) ?? '$&');
}

const pageAlone = /^<page-([\w-]+)>\n([\s\S]*)\n<\/page-\1>\s*$/;

/** Whether a model is asked what could be asked of a page. */
export function asksToSuggest(messages: readonly ChatMessage[]): boolean {
  return pageAlone.test(messages.at(-1)?.content ?? '');
}

/** Asks for the first words of the first three paragraphs, as a list, though nobody wanted one. */
export function suggestQuestions(messages: readonly ChatMessage[]): string {
  const [, , page = ''] = pageAlone.exec(messages.at(-1)?.content ?? '') ?? [];
  const paragraphs = page.split(/\n{2,}/).filter((paragraph) => /^\p{L}/u.test(paragraph));
  const beginnings = paragraphs.slice(0, 3).map((paragraph) => paragraph.split(/\s+/).slice(0, 6).join(' '));
  return beginnings.map((words, index) => `${index + 1}. What is said of “${words}”?`).join('\n');
}

const conversationAlone = /^<conversation-([\w-]+)>\n([\s\S]*)\n<\/conversation-\1>\s*$/;

/** Whether a model is asked to sum up a conversation. */
export function asksToCondense(messages: readonly ChatMessage[]): boolean {
  return conversationAlone.test(messages.at(-1)?.content ?? '');
}

/** Tells the questions of a conversation again, the first eight words of each. */
export function condenseConversation(messages: readonly ChatMessage[]): string {
  const [, , conversation = ''] = conversationAlone.exec(messages.at(-1)?.content ?? '') ?? [];
  const asked = conversation.split('\n').filter((line) => line.startsWith('User: '));
  return `Asked so far: ${asked.map((line) => line.split(' ').slice(1, 9).join(' ')).join('; ')}.`;
}
