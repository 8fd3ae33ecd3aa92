import { estimateTokens } from '../../text/estimate-tokens';
import type { ExampleMessage, TuningExample } from '../example';

/** Begins the turn that stands for those before it, as in the classic form of prompts and completions. */
export const summaryBegins = 'Summary: ';
/** Of the whole summary: some 300 tokens. */
const mostCharacters = 1_200;
const mostOfTurn = 160;

const speakers: Readonly<Record<string, string>> = { user: 'User', assistant: 'Assistant' };

/**
 * Puts one line in the place of the earlier turns of a long conversation: the first sentence of each, the latest ones that there is room for. System prompts stay, and so do
 * the question and as many turns before it as fit, as questions with their answers. A conversation that fits, or has turns of others, stays as it is.
 * @param mostTokens of the turns that are kept, estimated; the question is kept in any case
 */
export function withRunningSummary(example: TuningExample, mostTokens: number): TuningExample {
  const { conversation } = example;
  const isSystem = ({ role }: ExampleMessage) => role === 'system' || role === 'developer';
  const [prompts, turns] = [conversation.filter(isSystem), conversation.filter((message) => !isSystem(message))];
  if (turns.some(({ role, toolCalls }) => !(role in speakers) || toolCalls)) return example;
  const from = firstKept(turns, mostTokens);
  if (from === 0) return example;
  const summary = { role: 'system', content: `${summaryBegins}${summed(turns.slice(0, from))}` };
  return { ...example, conversation: [...prompts, summary, ...turns.slice(from)] };
}

/** The place of a user's turn, so that no answer stands without what it answers. */
function firstKept(turns: readonly ExampleMessage[], mostTokens: number): number {
  let tokens = 0;
  let first = Math.max(0, turns.length - 1);
  for (let place = turns.length - 1; place >= 0; place -= 1) {
    tokens += estimateTokens(turns[place]?.content ?? '');
    if (tokens > mostTokens) break;
    if (turns[place]?.role === 'user') first = place;
  }
  return first;
}

function summed(turns: readonly ExampleMessage[]): string {
  const said: string[] = [];
  let characters = 0;
  for (const { role, content } of turns.toReversed()) {
    const line = `${speakers[role]}: ${firstSentence(content)}`;
    characters += line.length + 1;
    if (characters > mostCharacters && said.length > 0) return `… ${said.join(' ')}`;
    said.unshift(line);
  }
  return said.join(' ');
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line.slice(0, 4 * mostOfTurn));
  const sentence = first?.segment.trim() ?? '';
  return sentence.length > mostOfTurn ? `${sentence.slice(0, mostOfTurn).trimEnd()}…` : sentence;
}
