import type { ChatMessage } from './build-prompt';

const speakers = { user: 'User', assistant: 'Assistant' } as const;

/** Where a model that goes on with a text begins to make up the next question. */
export const completionStop = '\n\nUser:';

/** Messages as one text that a model without chat goes on with. */
export function completionPrompt(messages: readonly ChatMessage[]): string {
  const parts = messages.map(({ role, content }) => (role === 'system' ? content : `${speakers[role]}: ${content}`));
  return [...parts, `${speakers.assistant}:`].join('\n\n');
}
