import { useEffect, useState } from 'preact/hooks';

/** Exchanges drawn at once: more than fit into any panel. */
const drawnAtOnce = 4;
/** Exchanges added each time that the panel has nothing else to do. */
const drawnEachTime = 4;
const longestWaitMs = 500;

/**
 * From which exchange on a conversation is drawn: the last ones at once, those before them bit by bit while nothing else is to be done, so that a
 * long conversation opens as soon as a short one.
 * @param conversation another value begins anew
 */
export function useDrawnFrom(count: number, conversation: unknown): number {
  const [drawn, setDrawn] = useState({ conversation, from: Math.max(0, count - drawnAtOnce) });
  const from = drawn.conversation === conversation ? drawn.from : Math.max(0, count - drawnAtOnce);
  useEffect(() => {
    if (from === 0) {
      setDrawn((before) => (before.conversation === conversation && before.from === 0 ? before : { conversation, from: 0 }));
      return;
    }
    return whenIdle(() => setDrawn({ conversation, from: Math.max(0, from - drawnEachTime) }));
  }, [from, conversation]);
  return from;
}

/** @returns what calls it off */
function whenIdle(work: () => void): () => void {
  const id = requestIdleCallback(work, { timeout: longestWaitMs });
  return () => cancelIdleCallback(id);
}
