import type { ChatMessage } from './build-prompt';

/** The same messages for a model that takes none of role `system`: the instructions stand at the beginning of the first of the user's. */
export function moveInstructions(messages: readonly ChatMessage[]): ChatMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  if (instructions.length === 0) return others;
  const first = others.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: instructions.join('\n\n') }, ...others];
  return others.map((message, index) =>
    index === first ? { ...message, content: [...instructions, message.content].join('\n\n') } : message,
  );
}
