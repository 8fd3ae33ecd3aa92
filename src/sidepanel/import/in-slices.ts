import type { InPieces } from '../../core/import/import-item';

/** Two frames: longer, and typing would stutter. */
const sliceMs = 30;

/**
 * Does work in pieces so that the panel stays alive meanwhile.
 * @throws the signal's reason when it is aborted
 */
export async function inSlices<Result>(work: InPieces<Result>, onShareDone: (share: number) => void, signal: AbortSignal): Promise<Result> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    onShareDone(step.value);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal.throwIfAborted();
    until = performance.now() + sliceMs;
  }
}
