import type { CondensedConversation, ConversationId, Message } from '../../core/conversation/conversation';
import { conversationShare, latestTurns, type Turn } from '../../core/prompt/build-prompt';
import { condensePrompt, longestCondensedCharacters } from '../../core/prompt/condense-prompt';
import { estimateTokens } from '../../core/text/estimate-tokens';
import type { ChatModel, ChatRequest } from '../../models/chat-model';
import { estimateMargin } from './compose-prompt';

/** Of what the conversation may take, for turns that are kept whole; so it is not condensed again after each question. */
const shareKeptWhole = 0.5;
/** Someone waits: without the summary, the oldest turns are left out. */
const condensingMs = 20_000;

export interface ToldConversation {
  /** The oldest first. */
  readonly history: readonly Turn[];
  readonly condensed?: CondensedConversation;
}

export interface CondensingOptions {
  readonly contextTokens: number;
  readonly conversationId: ConversationId;
  readonly nonce: string;
}

/**
 * What a model is told of a conversation without being asked for anything: its turns, or what was condensed of them for an earlier answer and those
 * that came after.
 * @param turns all of them, the oldest first, as a model is to read them
 * @param earlier the messages that they are from
 */
export function toldConversation(turns: readonly Turn[], earlier: readonly Message[]): ToldConversation {
  const known = earlier.findLast((message) => message.role === 'answer' && message.condensed !== undefined);
  const { text = '', turns: count = 0 } = (known?.role === 'answer' && known.condensed) || {};
  return count > 0 ? withCondensed({ text, turns: count }, turns.slice(count)) : { history: turns };
}

/** Whether there is too much of it to be told whole. */
export function isTooLong({ history }: ToldConversation, contextTokens: number): boolean {
  return latestTurns(history, budgetOf(contextTokens), estimateTokens).length < history.length;
}

function budgetOf(contextTokens: number): number {
  return (contextTokens / estimateMargin) * conversationShare;
}

/**
 * What a model is told of a long conversation: the latest turns as they were, and those before them condensed, by the model itself, once there are
 * too many.
 */
export async function condenseHistory(
  told: ToldConversation,
  model: ChatModel,
  { contextTokens, conversationId, nonce }: CondensingOptions,
  signal: AbortSignal,
): Promise<ToldConversation> {
  if (!isTooLong(told, contextTokens)) return told;
  const budgetTokens = budgetOf(contextTokens);
  const kept = latestTurns(told.history, budgetTokens * shareKeptWhole, estimateTokens);
  // What was condensed before, and of the rest the latest that a prompt would have room for: the call must cost no more than the question.
  const [first, ...rest] = told.history.slice(0, told.history.length - kept.length);
  const read = first && [first, ...latestTurns(rest, budgetTokens / conversationShare, estimateTokens)];
  const messages = condensePrompt(read ?? [], nonce);
  const text = await condense({ messages, account: { purpose: 'condense', conversationId } }, model, signal);
  const turns = told.history.length + (told.condensed ? told.condensed.turns - 1 : 0);
  return text ? withCondensed({ text, turns: turns - kept.length }, kept) : told;
}

/** As a turn of its own, for a model trusts its own words no more than it should. */
function withCondensed(condensed: CondensedConversation, turns: readonly Turn[]): ToldConversation {
  return { history: [{ question: 'What have we talked about so far?', answer: condensed.text }, ...turns], condensed };
}

async function condense(request: ChatRequest, model: ChatModel, signal: AbortSignal): Promise<string | undefined> {
  const enough = new AbortController();
  const limited = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(condensingMs)]);
  let written = '';
  try {
    for await (const part of model.stream(request, limited)) {
      if (part.type === 'text-delta') written += part.text;
      if (written.length > longestCondensedCharacters) enough.abort();
    }
  } catch {
    return undefined;
  }
  // What is too long is cut, and not asked for once more with each question.
  return signal.aborted || written.length === 0 ? undefined : written.slice(0, longestCondensedCharacters).trim() || undefined;
}
