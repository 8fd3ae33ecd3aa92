import type { ChatMessage } from './build-prompt';

const speakers = { user: 'User', assistant: 'Assistant' } as const;

/** Where a model that goes on with a text begins to make up the next question. */
export const completionStop = '\n\nUser:';

/** A line that looks as if somebody began to speak. */
const spokenLine = /^(?=[^\S\r\n\u2028\u2029]*(?:user|assistant)[^\S\r\n\u2028\u2029]*[:：])/gim;

/** Messages as one text that a model without chat goes on with. Lines in them that look like a turn are indented: a page must not speak for anybody. */
export function completionPrompt(messages: readonly ChatMessage[]): string {
  const parts = messages.map(({ role, content }) => {
    const said = content.replace(spokenLine, '    ');
    return role === 'system' ? said : `${speakers[role]}: ${said}`;
  });
  return [...parts, `${speakers.assistant}:`].join('\n\n');
}
