import { keepKnownMarks } from '../../core/conversation/citation-marks';
import type { AnswerMessage, Conversation, ConversationId, Message, MessageId } from '../../core/conversation/conversation';
import { splitOwnKnowledge } from '../../core/conversation/own-knowledge';
import { foldText, wordSieve } from '../../core/lexical/word-sieve';
import { makeSnippet } from '../../core/search/make-snippet';
import { type Match, matchFinder, readWords } from '../../core/text/find-matches';
import { plainText } from '../../core/text/plain-text';
import type { FoundConversation } from '../../protocol/worker-requests';
import { listConversations } from '../../storage/conversations/conversations';
import type { Library } from '../../storage/schema';
import type { ReadFoldedMessages } from './folded-messages';

export interface FindConversationsTools {
  readonly library: Library;
  readonly readFolded: ReadFoldedMessages;
}

/**
 * Finds conversations while a person types: those whose title, questions and answers hold all of the words, in any form, the last one perhaps not typed
 * to its end. The one used last comes first, each with the message that holds the most.
 * @param limit how many at most
 */
export async function findConversations(written: string, limit: number, tools: FindConversationsTools): Promise<FoundConversation[]> {
  const { library, readFolded } = tools;
  const [conversations, folded] = await Promise.all([listConversations(library), readFolded(library)]);
  const sieve = wordSieve(written);
  if (sieve.length === 0) return [];
  const inTitle = new Map(conversations.map(({ id, title }) => [id, sieve.map((beginning) => foldText(title).includes(beginning))]));
  const inMessages = new Map<ConversationId, HoldingMessage[]>();
  for (const [id, { conversationId, text }] of folded) {
    const held = inTitle.get(conversationId);
    const holds = sieve.map((beginning) => text.includes(beginning));
    if (!held || !holds.includes(true)) continue;
    holds.forEach((does, index) => {
      held[index] ||= does;
    });
    const others = inMessages.get(conversationId) ?? [];
    others.push({ id, words: holds.filter(Boolean).length });
    inMessages.set(conversationId, others);
  }
  const candidates = conversations.filter(({ id }) => !inTitle.get(id)?.includes(false));
  const found: FoundConversation[] = [];
  for (let from = 0; from < candidates.length && found.length < limit; from += limit) {
    const piece = candidates.slice(from, from + limit);
    const looked = await Promise.all(piece.map((one) => lookClosely(one, inMessages.get(one.id) ?? [], written, library)));
    found.push(...looked.flatMap((one) => one ?? []));
  }
  return found.slice(0, limit);
}

interface HoldingMessage {
  readonly id: MessageId;
  /** How many of those wanted it seems to hold. */
  readonly words: number;
}

/** What was found of a message. */
interface Looked {
  readonly message: Message;
  readonly text: string;
  readonly matches: readonly Match[];
}

/** The sieve lets through what only looks alike; this does not. The messages that seem to hold the most are read first, and no more than it takes. */
async function lookClosely(
  conversation: Conversation,
  holding: readonly HoldingMessage[],
  written: string,
  library: Library,
): Promise<FoundConversation | undefined> {
  const findMatches = matchFinder(written, /[\p{L}\p{N}\p{M}]$/u.test(written));
  const wanted = readWords(written);
  const titleHighlights = findMatches(readWords(conversation.title));
  const held = new Set(titleHighlights.map(({ term }) => term));
  const isWhole = () => wanted.every(({ terms, folded }) => held.has(folded) || terms.some((term) => held.has(term)));
  let best: Looked | undefined;
  for (const { id } of holding.toSorted((one, other) => other.words - one.words)) {
    if (best && isWhole()) break;
    const message = await library.get('messages', id);
    if (!message) continue;
    const text = message.role === 'question' ? message.text : plainText(keepKnownMarks(wordsOf(message), new Set()));
    const matches = findMatches(readWords(text));
    for (const { term } of matches) held.add(term);
    if (distinct(matches) > distinct(best?.matches ?? [])) best = { message, text, matches };
  }
  if (!isWhole()) return undefined;
  return {
    conversation,
    titleHighlights: titleHighlights.map(({ start, end }) => ({ start, end })),
    ...(best ? { message: { id: best.message.id, role: best.message.role, snippet: makeSnippet(best.text, best.matches) } } : {}),
  };
}

/** The text of an answer, without what tells the model's own knowledge from the rest. */
function wordsOf({ text, report }: AnswerMessage): string {
  return report.mayBeOwn
    ? splitOwnKnowledge(text)
        .map((part) => part.text)
        .join('\n\n')
    : text;
}

function distinct(matches: readonly Match[]): number {
  return new Set(matches.map(({ term }) => term)).size;
}
