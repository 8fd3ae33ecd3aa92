import { type Problem, problemOf } from '../../core/problem';
import { type PromptInput, promptTokens } from '../../core/prompt/build-prompt';
import { estimateTokens } from '../../core/text/estimate-tokens';

/** Of what a model takes at once, for what is sent; the rest is for the answer, and for what the guess is wrong by. */
const shareSent = 0.6;

/**
 * Begins once more, with less, when the model says that it was sent too much before it has written a word.
 * @param shorten makes what `write` sends shorter
 */
export async function* retriedShorter<Step extends object>(
  write: () => AsyncIterable<Step>,
  shorten: (problem: Problem) => Promise<void>,
): AsyncGenerator<Step | 'shortened'> {
  let hasBegun = false;
  try {
    for await (const step of write()) {
      hasBegun = true;
      yield step;
    }
    return;
  } catch (error) {
    const problem = problemOf(error);
    if (hasBegun || problem.code !== 'model-context-too-long') throw error;
    await shorten(problem);
  }
  yield 'shortened';
  yield* write();
}

/** How many tokens to send in place of a prompt that was too long: what the server says it takes, or half. */
export function shorterContext(prompt: PromptInput, { detail = '' }: Problem): number {
  const sent = promptTokens(prompt, estimateTokens);
  const stated = /(?:maximum|max|limit|context|n_ctx)\D{0,60}?(\d{3,7})/i.exec(detail)?.[1];
  const taken = Number(stated ?? 0) * shareSent;
  return taken > 0 && taken < sent ? taken : sent / 2;
}
