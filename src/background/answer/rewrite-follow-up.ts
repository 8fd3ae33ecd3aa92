import type { ConversationId } from '../../core/conversation/conversation';
import type { Turn } from '../../core/prompt/build-prompt';
import { longestRewritten, readRewritten, rewritePrompt } from '../../core/prompt/rewrite-prompt';
import type { ChatModel } from '../../models/chat-model';

/** Someone waits: what a model has not written by then is done without. */
const rewritingMs = 6_000;

/**
 * Has a model put a follow-up into words that need nothing before it.
 * @returns `undefined` when the model fails, is too slow, or writes something else; the question is then searched for as it is
 */
export async function rewriteFollowUp(
  question: string,
  turns: readonly Turn[],
  model: ChatModel,
  { conversationId, nonce }: { readonly conversationId: ConversationId; readonly nonce: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const enough = new AbortController();
  const limited = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(rewritingMs)]);
  const request = { messages: rewritePrompt(question, turns, nonce), account: { purpose: 'rewrite', conversationId } } as const;
  let written = '';
  try {
    for await (const part of model.stream(request, limited)) {
      if (part.type !== 'text-delta') continue;
      written += part.text;
      if (written.length > 2 * longestRewritten) enough.abort();
    }
  } catch {
    return undefined;
  }
  return limited.aborted ? undefined : readRewritten(written);
}
