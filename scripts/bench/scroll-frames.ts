import type { Page } from 'playwright-core';
import { percentile, rounded } from './timing';

const wheelTurns = 120;
const wheelPx = 900;

export interface ScrollFigures {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Frames that showed rows which had not come yet. */
  readonly withRowsToCome: number;
  readonly count: number;
}

/**
 * Turns the wheel over a long list, a screen and more at a time, from the top.
 * @param scroller selects what is scrolled
 * @returns milliseconds from frame to frame
 */
export async function scrollFrames(panel: Page, scroller: string): Promise<ScrollFigures> {
  await panel.evaluate(() => {
    const watched = globalThis as unknown as { frameMs: number[]; coming: number };
    const isWatched = Object.hasOwn(globalThis, 'frameMs');
    Object.assign(watched, { frameMs: [], coming: 0 });
    if (isWatched) return;
    let last = performance.now();
    // A method, for the runner gives named functions a helper that the page does not have.
    const watch = {
      look(now: number) {
        watched.frameMs.push(now - last);
        if (document.querySelector('.row-coming')) watched.coming += 1;
        last = now;
        requestAnimationFrame(watch.look);
      },
    };
    requestAnimationFrame(watch.look);
  });
  await panel.locator(scroller).evaluate((view) => view.scrollTo(0, 0));
  await panel.mouse.move(200, 500);
  for (let turn = 0; turn < wheelTurns; turn++) {
    await panel.mouse.wheel(0, wheelPx);
    await panel.waitForTimeout(50);
  }
  const { frames, coming } = await panel.evaluate(() => {
    const { frameMs: times, coming: count } = globalThis as unknown as { frameMs: number[]; coming: number };
    return { frames: times, coming: count };
  });
  const p = (share: number) => rounded(percentile(frames, share));
  return {
    p50Ms: p(0.5),
    p95Ms: p(0.95),
    p99Ms: p(0.99),
    longestMs: rounded(Math.max(...frames)),
    withRowsToCome: coming,
    count: frames.length,
  };
}
