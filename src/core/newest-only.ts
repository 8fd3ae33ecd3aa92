/**
 * Does one piece of work at a time. Of what is asked for in the meantime only the newest is done afterwards, so that work overtaken
 * by newer wishes never piles up.
 * @returns asks for work; resolves when nothing is left to do, rejects when the work does
 */
export function newestOnly<Input>(work: (input: Input) => Promise<void>): (input: Input) => Promise<void> {
  let next: { readonly input: Input } | undefined;
  let running: Promise<void> | undefined;
  const run = async () => {
    try {
      for (let current = next; current; current = next) {
        next = undefined;
        await work(current.input);
      }
    } finally {
      running = undefined;
    }
  };
  return (input) => {
    next = { input };
    running ??= run();
    return running;
  };
}
