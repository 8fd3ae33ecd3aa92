/**
 * Does one piece of work at a time. Of what is asked for in the meantime only the newest is done afterwards, so that work overtaken
 * by newer wishes never piles up.
 * @returns asks for work; settles when nothing is left to do, and rejects with the first of the errors on the way
 */
export function newestOnly<Input>(work: (input: Input) => Promise<void>): (input: Input) => Promise<void> {
  let next: { readonly input: Input } | undefined;
  let running: Promise<void> | undefined;
  const run = async () => {
    let failed: { readonly error: unknown } | undefined;
    for (let current = next; current; current = next) {
      next = undefined;
      try {
        await work(current.input);
      } catch (error) {
        failed ??= { error };
      }
    }
    running = undefined;
    if (failed) throw failed.error;
  };
  return (input) => {
    next = { input };
    running ??= run();
    return running;
  };
}
