export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

export interface PromptPassage {
  readonly number: number;
  readonly title: string;
  /** The headings it stands under; empty when the prompt names none. */
  readonly section: string;
  readonly text: string;
}

/** What a prompt asks and what it offers to answer from. */
export interface Prompt {
  /** The letters and digits that mark this request's fences; absent when there are none. */
  readonly nonce?: string;
  readonly question: string;
  /** The questions of earlier turns, oldest first. */
  readonly earlierQuestions: readonly string[];
  readonly passages: readonly PromptPassage[];
}

const questionFence = /<question-([A-Za-z0-9]+)>\n([\s\S]*?)\n<\/question-\1>/g;
const anyPassageFence = /<passage-([A-Za-z0-9]+) number="\d+"/;

function passageFence(nonce: string): RegExp {
  return new RegExp(`<passage-${nonce} number="(\\d+)"((?:\\s+[\\w-]+="[^"]*")*)\\s*>\\n([\\s\\S]*?)\\n</passage-${nonce}>`, 'g');
}

function attribute(name: string, attributes: string | undefined): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes ?? '')?.[1] ?? '';
}

// Page text may hold fences of its own making. The true question is the last one of its message, and only its nonce opens passages.
function lastQuestion(text: string): { nonce: string; question: string } | undefined {
  const match = [...text.matchAll(questionFence)].at(-1);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { nonce: match[1], question: match[2] };
}

function questionOf(message: ChatMessage): string {
  const fenced = lastQuestion(message.content);
  if (fenced) return fenced.question;
  const nonce = anyPassageFence.exec(message.content)?.[1];
  return (nonce ? message.content.replaceAll(passageFence(nonce), '') : message.content).trim();
}

/** Finds the question and the fenced passages in a list of messages. */
export function readPrompt(messages: readonly ChatMessage[]): Prompt {
  const turns = messages.filter((message) => message.role === 'user');
  const last = turns.at(-1);
  const everything = messages.map((message) => message.content).join('\n');
  const nonce = (last && lastQuestion(last.content)?.nonce) ?? anyPassageFence.exec(everything)?.[1];
  const passages = nonce
    ? [...everything.matchAll(passageFence(nonce))].map(([, number, attributes, text]) => ({
        number: Number(number),
        title: attribute('title', attributes),
        section: attribute('section', attributes),
        text: text ?? '',
      }))
    : [];
  return {
    ...(nonce ? { nonce } : {}),
    question: last ? questionOf(last) : '',
    earlierQuestions: turns.slice(0, -1).map(questionOf),
    passages,
  };
}
