import { GrowingAnswer } from '../../core/conversation/growing-answer';
import type { ChatModel, ChatRequest } from '../../models/chat-model';
import type { AnswerInProgress } from './answer-in-progress';

/** How often a growing answer is stored, so that little of it is lost with the worker. */
const storeEveryMs = 1_000;

export interface WritingStep {
  /** Of the first answer, as it comes. */
  readonly text: string;
}

/**
 * Has a model write an answer, or several, and stores them while they grow. What is wrong with one of them is noted with it.
 * @returns a step for each part that comes; one with no words may tell of another answer, or of what they took
 * @throws ProblemError any `model-…`
 */
export async function* writeAnswer(
  progress: AnswerInProgress,
  model: ChatModel,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<WritingStep> {
  const answers = [{ kept: progress, growing: new GrowingAnswer() }];
  const answerAt = (index: number) => {
    while (answers.length <= index) answers.push({ kept: progress.addOther(), growing: new GrowingAnswer() });
    return answers[index] as (typeof answers)[number];
  };
  // The stream is read to its end all the same, for what it took is told there.
  const enough = new AbortController();
  let storedAtMs = progress.elapsedMs;
  for await (const part of model.stream(request, AbortSignal.any([signal, enough.signal]))) {
    if (part.type === 'left-out') {
      progress.change({ leftOut: part.parts });
      continue;
    }
    if (part.type === 'usage') {
      const { type: _, ...used } = part;
      progress.change({ usage: { counted: false, ...used, model: model.name } });
      yield { text: '' };
      continue;
    }
    const { kept, growing } = answerAt(part.answer ?? 0);
    if (part.type === 'problem') {
      kept.change({ problem: { code: part.code } });
      continue;
    }
    const shown = growing.add(part.text);
    kept.change({ text: growing.text });
    if (answers.every(({ growing }) => growing.problem)) enough.abort();
    yield { text: kept === progress ? shown : '' };
    if (progress.elapsedMs - storedAtMs < storeEveryMs) continue;
    storedAtMs = progress.elapsedMs;
    await progress.store();
  }
  if (signal.aborted) return;
  for (const { kept, growing } of answers) {
    const rest = growing.end();
    const code = growing.problem ?? kept.answer.problem?.code ?? (growing.text.trim() === '' ? 'model-empty' : undefined);
    kept.change({ text: growing.text, ...(code ? { problem: { code } } : {}) });
    if (kept === progress && rest) yield { text: rest };
  }
}
