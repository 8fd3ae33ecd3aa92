import { canonicalUrl } from '../core/pages/canonical-url';
import type { Reply } from '../protocol/send';
import type { WatchMessages, WatchOrder } from '../protocol/worker-requests';

export interface WatchedPage {
  readonly address: () => string;
  readonly isInView: () => boolean;
  readonly hasSecretField: () => boolean;
  /** Rejects, or resolves with nothing, when the worker has gone in the meantime; `undefined` when the extension has. */
  readonly send: <Name extends keyof WatchMessages>(
    name: Name,
    data: WatchMessages[Name]['data'],
  ) => Promise<Reply | undefined> | undefined;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  /** Returns what takes it back. */
  readonly after: (delayMs: number, act: () => void) => () => void;
}

/** How long to wait when the worker went away in the middle of a reply. */
const repeatAfterMs = 2_000;

/** @param isAnew the page was away, and what was known of it may be stale */
type Look = (isAnew?: boolean) => void;

/**
 * Counts how long a page is in view, and asks the worker when it has been so for as long as the worker said. Between the two it does nothing: there is one
 * timer, and only while the page is in view.
 * @returns what to call when something may have changed: the page has come into view or left it, or shows another address
 */
export function watchPage({ address, isInView, hasSecretField, send, now, after }: WatchedPage): Look {
  let watched: string | undefined;
  /** Asked again until there is an answer: the worker may die before it has given one. */
  let next: keyof WatchMessages = 'watch/shown';
  let inViewMs = 0;
  let inViewSince: number | undefined;
  /** Time in view at which to ask; absent when there is nothing to ask. */
  let askAtMs: number | undefined;
  let stopTimer = () => {};

  const countedMs = () => inViewMs + (inViewSince === undefined ? 0 : now() - inViewSince);

  const ask = async () => {
    const page = watched;
    const url = address();
    askAtMs = undefined;
    let waitMs: number | null | undefined;
    try {
      const question = next === 'watch/read' ? send('watch/read', { url, hasSecretField: hasSecretField() }) : send('watch/shown', { url });
      waitMs = question && orderOf(await question).askAfterMs;
      if (page === watched) next = 'watch/read';
    } catch {
      waitMs = repeatAfterMs;
    }
    // Another page by now: what was said of the one before is of no use.
    if (page !== watched) return;
    askAtMs = typeof waitMs === 'number' ? countedMs() + waitMs : undefined;
    setTimer();
  };

  const setTimer = () => {
    stopTimer();
    if (askAtMs === undefined || inViewSince === undefined) return;
    stopTimer = after(Math.max(0, askAtMs - countedMs()), onTimer);
  };

  const onTimer = () => {
    // In case that nothing told of another address.
    look();
    if (watched === undefined || askAtMs === undefined || inViewSince === undefined) return;
    if (countedMs() < askAtMs) return setTimer();
    void ask();
  };

  const look: Look = (isAnew = false) => {
    const page = canonicalUrl(address());
    const isShown = isInView();
    if (!isShown) {
      inViewMs = countedMs();
      inViewSince = undefined;
      return stopTimer();
    }
    const wasShown = inViewSince !== undefined;
    if (page === watched && !isAnew) {
      inViewSince ??= now();
      if (!wasShown) setTimer();
      return;
    }
    watched = page;
    inViewMs = 0;
    inViewSince = now();
    next = 'watch/shown';
    stopTimer();
    void ask();
  };

  look();
  return look;
}

/** @throws when nobody answered: the worker was ended before the message was read to it, and the browser tells of it by this alone */
function orderOf(reply: Reply | undefined): WatchOrder {
  if (!reply) throw new Error('Nobody answered.');
  return reply.ok ? (reply.value as WatchOrder) : { askAfterMs: null };
}
