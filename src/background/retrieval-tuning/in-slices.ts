/** How long others wait for their turn. */
const sliceMs = 30;

/**
 * Runs work that is done step by step, and lets others have their turn between.
 * @param elapsed milliseconds since some moment
 * @throws the signal's reason, when it is aborted
 */
export async function inSlices<Result>(
  steps: Generator<number, Result>,
  elapsed: () => number,
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    const endsAt = elapsed() + sliceMs;
    let step = steps.next();
    while (!step.done && elapsed() < endsAt) step = steps.next();
    if (step.done) return step.value;
    report(step.value);
    await new Promise((resolve) => setTimeout(resolve));
  }
}
