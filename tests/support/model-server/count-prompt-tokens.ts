import { countTokens } from './count-tokens';
import type { ChatMessage } from './read-prompt';

// OpenAI's own arithmetic for chat prompts: three tokens frame each message and three begin the answer.
const tokensAroundMessage = 3;
const tokensBeforeAnswer = 3;

/** What the server says that a prompt has taken. */
export function countPromptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce(
    (sum, { role, content }) => sum + tokensAroundMessage + countTokens(role) + countTokens(content),
    tokensBeforeAnswer,
  );
}
