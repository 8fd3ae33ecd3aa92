export interface ToolCall {
  /** Absent where a form has no place for it. */
  readonly id?: string;
  readonly name: string;
  /** As the model wrote them: JSON of an object, if all is well. */
  readonly arguments: string;
}

/** More tags of an example are not kept, nor more of a tag. */
export const mostTags = 100;
export const longestTagCharacters = 1_000;

/** One turn of a conversation. A role is kept as it was read, right or wrong, so that the check can name it. */
export interface ExampleMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly toolCalls?: readonly ToolCall[];
  /** Of the call that a tool's turn answers. */
  readonly toolCallId?: string;
  /** Whether a turn of the assistant is learned from: 1, or 0. As it was read, right or wrong. */
  readonly weight?: number;
}

/** What was read in a page and given to the model with the question. */
export interface ExamplePassage {
  readonly title: string;
  readonly url?: string;
  readonly text: string;
}

export type ExampleSplit = 'train' | 'validation';

/** One item of a training set: what a model is asked, and what it is to answer. */
export interface TuningExample {
  /** All that comes before the answer, the system prompt first if there is one. */
  readonly conversation: readonly ExampleMessage[];
  /** What is to be learned; absent in a set that has flaws, and while an answer was only disliked. */
  readonly answer?: ExampleMessage;
  /** What is not to be said, for training by preference. */
  readonly rejected?: ExampleMessage;
  /** What was retrieved for the question; goes before it in files. */
  readonly passages?: readonly ExamplePassage[];
  /** Descriptions of functions, JSON of a list as the API takes it. */
  readonly tools?: string;
  readonly parallelToolCalls?: boolean;
  readonly tags?: readonly string[];
  readonly split?: ExampleSplit;
  /** Where it is from: the name of a file, or a conversation. */
  readonly source?: string;
}

/** Makes an example of a list of turns: the last one is the answer if the assistant says it. */
export function exampleOf(messages: readonly ExampleMessage[]): TuningExample {
  const answer = messages.at(-1);
  return answer?.role === 'assistant' ? { conversation: messages.slice(0, -1), answer } : { conversation: messages };
}

/** All turns, the answer among them. */
export function messagesOf({ conversation, answer }: TuningExample): readonly ExampleMessage[] {
  return answer ? [...conversation, answer] : conversation;
}

/** The turn that is answered, in words; empty when nobody asks. */
export function questionOf({ conversation }: TuningExample): string {
  return conversation.findLast(({ role }) => role === 'user')?.content ?? '';
}

export function systemPromptOf({ conversation }: TuningExample): string | undefined {
  return conversation.find(({ role }) => role === 'system' || role === 'developer')?.content;
}

/**
 * Puts the passages where the model is to see them: in front of the question, numbered, as text of the user's turn. Files of other programs have no other
 * place for them.
 */
export function foldPassages(example: TuningExample): TuningExample {
  const { passages, ...rest } = example;
  if (!passages || passages.length === 0) return rest;
  const at = example.conversation.findLastIndex(({ role }) => role === 'user');
  const listed = passages.map(({ title, url, text }, index) => `[${index + 1}] ${url ? `${title} (${url})` : title}\n${text}`);
  const conversation = example.conversation.map((message, index) =>
    index === at ? { ...message, content: `${listed.join('\n\n')}\n\n${message.content}` } : message,
  );
  return { ...rest, conversation };
}

/** Leaves the system prompt out. The manner it asks for is then learned, and asked for by nothing but the model's name. */
export function withoutSystemPrompt(example: TuningExample): TuningExample {
  return { ...example, conversation: example.conversation.filter(({ role }) => role !== 'system' && role !== 'developer') };
}
