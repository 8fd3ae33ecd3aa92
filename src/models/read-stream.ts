import type OpenAI from 'openai';
import { type ProblemCode, ProblemError } from '../core/problem';
import type { TokenUsage } from './chat-model';
import type { ModelServerClient } from './model-server-client';
import { readChoice } from './read-choice';
import type { ShapedRequest } from './shape-request';

export type StreamedPart =
  | { readonly type: 'text-delta'; readonly text: string; readonly answer: number }
  /** An answer is whole, or is ended by a problem: it may have come without a word. */
  | { readonly type: 'answer-end'; readonly answer: number; readonly problem?: ProblemCode }
  | ({ readonly type: 'usage' } & TokenUsage);

/**
 * Sends one request and reads its answers as they stream in. Nothing is yielded before the server has taken the request. What it
 * says was used comes once, last, also when the signal aborts or before an error: nobody else knows then what is billed.
 * @throws what the package throws, and ProblemError `model-silent`, `model-malformed`, `model-dropped`, `model-refused` or `model-cut-off`
 */
export async function* readStream(
  server: ModelServerClient,
  request: ShapedRequest,
  silenceMs: number,
  signal: AbortSignal,
): AsyncGenerator<StreamedPart> {
  const patience = new AbortController();
  let timer = setTimeout(() => patience.abort(), silenceMs);
  const stillThere = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), silenceMs);
  };
  const begun = new Set<number>();
  const written = new Set<number>();
  const finished = new Set<number>();
  const problems = new Map<number, ProblemCode>();
  let answered = false;
  let usage: TokenUsage | undefined;
  try {
    const options = { signal: AbortSignal.any([signal, patience.signal]) };
    const stream =
      request.endpoint === 'chat'
        ? await server.chat.completions.create(request.body, options)
        : await server.completions.create(request.body, options);
    for await (const chunk of stream) {
      stillThere();
      answered ||= Array.isArray(chunk?.choices);
      for (const choice of Array.isArray(chunk?.choices) ? chunk.choices : []) {
        const { answer, text: given, problem, isEnd } = readChoice(choice);
        begun.add(answer);
        // What goes on with a text begins with the space after it.
        const text = request.endpoint === 'completions' && !written.has(answer) ? given.trimStart() : given;
        if (text) written.add(answer);
        if (text) yield { type: 'text-delta', text, answer };
        if (problem) problems.set(answer, problem);
        if (!isEnd) continue;
        finished.add(answer);
        const why = problems.get(answer);
        yield { type: 'answer-end', answer, ...(why ? { problem: why } : {}) };
      }
      // Some servers give a running total with every event: the last one is of all.
      const said = chunk?.usage;
      if (said && Number.isFinite(said.prompt_tokens + said.completion_tokens)) usage = tokensOf(said);
    }
  } catch (error) {
    if (usage) yield { type: 'usage', ...usage };
    if (signal.aborted) return;
    if (patience.signal.aborted) throw new ProblemError({ code: 'model-silent' });
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (usage) yield { type: 'usage', ...usage };
  // Aborting ends the loop without an error, and so does a connection that is closed early.
  if (signal.aborted) return;
  if (patience.signal.aborted) throw new ProblemError({ code: 'model-silent' });
  if (!answered) throw new ProblemError({ code: 'model-malformed' });
  if (finished.size === 0 || finished.size < begun.size) throw new ProblemError({ code: 'model-dropped' });
  const [problem] = problems.values();
  // Of several answers, one that is well is enough; what is wrong with the others has been said.
  if (problem && problems.size === finished.size) throw new ProblemError({ code: problem });
}

function tokensOf(usage: OpenAI.CompletionUsage): TokenUsage {
  const cachedTokens = usage.prompt_tokens_details?.cached_tokens;
  const reasoningTokens = usage.completion_tokens_details?.reasoning_tokens;
  return {
    promptTokens: usage.prompt_tokens,
    ...(cachedTokens ? { cachedTokens } : {}),
    completionTokens: usage.completion_tokens,
    ...(reasoningTokens ? { reasoningTokens } : {}),
  };
}
