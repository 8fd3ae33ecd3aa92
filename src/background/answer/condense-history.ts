import { conversationShare, latestTurns, type Turn } from '../../core/build-prompt';
import { condensePrompt, longestCondensedCharacters } from '../../core/condense-prompt';
import type { CondensedConversation, ConversationId, Message } from '../../core/conversation';
import { estimateTokens } from '../../core/estimate-tokens';
import type { ChatModel, ChatRequest } from '../../models/chat-model';

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
  /** For the conversation. */
  readonly budgetTokens: number;
  readonly conversationId: ConversationId;
  readonly nonce: string;
}

/**
 * What a model is told of a long conversation: the latest turns as they were, and those before them condensed, by the model itself, once there are
 * too many. What was condensed for an earlier answer is used again.
 * @param turns all of them, the oldest first, as a model is to read them
 * @param earlier the messages that they are from
 */
export async function condenseHistory(
  turns: readonly Turn[],
  earlier: readonly Message[],
  model: ChatModel,
  { budgetTokens, conversationId, nonce }: CondensingOptions,
  signal: AbortSignal,
): Promise<ToldConversation> {
  const known = earlier.findLast((message) => message.role === 'answer' && message.condensed !== undefined);
  const before = known?.role === 'answer' ? known.condensed : undefined;
  const told = withCondensed(before, turns.slice(before?.turns ?? 0));
  if (latestTurns(told.history, budgetTokens, estimateTokens).length === told.history.length) return told;
  const kept = latestTurns(told.history, budgetTokens * shareKeptWhole, estimateTokens);
  // What was condensed before, and of the rest the latest that a prompt would have room for: the call must cost no more than the question.
  const [first, ...rest] = told.history.slice(0, told.history.length - kept.length);
  const read = first && [first, ...latestTurns(rest, budgetTokens / conversationShare, estimateTokens)];
  const messages = condensePrompt(read ?? [], nonce);
  const text = await condense({ messages, account: { purpose: 'condense', conversationId } }, model, signal);
  return text ? withCondensed({ text, turns: turns.length - kept.length }, kept) : told;
}

/** As a turn of its own, for a model trusts its own words no more than it should. */
function withCondensed(condensed: CondensedConversation | undefined, turns: readonly Turn[]): ToldConversation {
  if (!condensed) return { history: turns };
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
