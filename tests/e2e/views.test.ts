import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allStops } from '../support/tour/all-stops';
import type { Tour } from '../support/tour/stop';
import { openStage, type Stage } from './support/stage';

// Every view in its main states, in a panel that is narrow, or zoomed to 200 %, for a person who asked for less motion.

/** As wide as a panel gets when it is narrow, and as a usual one is in CSS pixels at 200 %. */
const sizes = [
  { width: 320, height: 720 },
  { width: 200, height: 360 },
];
const usualSize = { width: 400, height: 720 };
let stage: Stage;
let tour: Tour;

beforeAll(async () => {
  stage = await openStage();
  tour = { stage, panel: await stage.openPanel('/essays/fresnel-lens') };
  await tour.panel.emulateMedia({ reducedMotion: 'reduce' });
});

afterAll(() => stage?.close());

describe('Everything fits and can be reached, and nothing moves by itself, in', () => {
  test.each(allStops.filter(({ isOnlyPictured }) => !isOnlyPictured))('$name', async ({ go, leave, isPassing }) => {
    const page = (await go(tour)) ?? tour.panel;
    try {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await page.evaluate(movements)).toEqual([]);
      for (const size of isPassing ? [] : sizes) {
        await page.setViewportSize(size);
        // Rows that are drawn as they come into sight find their places within some frames.
        await expect.poll(() => page.evaluate(misfits), { message: `${size.width} px`, timeout: 5_000 }).toEqual([]);
      }
    } finally {
      // The next one begins where this one ends, whatever was found.
      await page.setViewportSize(usualSize);
      await leave?.(tour);
    }
  });
});

/** Runs in the page. */
function movements(): string[] {
  const animations = document.getAnimations().map((animation) => `an animation: ${JSON.stringify(animation.effect?.getTiming())}`);
  const smooth = Array.from(document.querySelectorAll('*')).filter((element) => getComputedStyle(element).scrollBehavior !== 'auto');
  return [...animations, ...smooth.map((element) => `scrolls smoothly: ${element.outerHTML.slice(0, 100)}`)];
}

/** Runs in the page. */
function misfits(): string[] {
  const found: string[] = [];
  const root = document.scrollingElement as Element;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  // These are meant to be moved sideways, each with the keyboard too.
  const sideways = 'pre, .table-frame, .formula, textarea, input, select';
  for (const element of document.querySelectorAll('*')) {
    const { overflowX } = getComputedStyle(element);
    if (!/auto|scroll/.test(overflowX) || element.matches(sideways)) continue;
    if (element.scrollWidth <= element.clientWidth + 1) continue;
    const edge = element.getBoundingClientRect().left + element.clientLeft + element.clientWidth + 1;
    const wide = Array.from(element.querySelectorAll('*')).filter((inner) => inner.getBoundingClientRect().right > edge);
    found.push(`moves sideways: ${element.className}, because of ${wide.at(-1)?.outerHTML.slice(0, 120)}`);
  }
  const before = document.activeElement;
  for (const element of document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[inert], .visually-hidden')) continue;
    element.scrollIntoView({ block: 'center' });
    // Words that break into lines have several boxes.
    const box = element.getClientRects()[0];
    if (!box || box.width <= 1) continue;
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const name = element.outerHTML.slice(0, 160);
    if (box.left < -1 || box.right > innerWidth + 1 || y < 0 || y > innerHeight) found.push(`is out of sight at ${x}, ${y}: ${name}`);
    const over = document.elementFromPoint(x, y);
    const isCovered = over && !element.contains(over) && !over.contains(element) && !element.closest('label')?.contains(over);
    // What has been opened over all else may cover it.
    if (isCovered && !over.closest('[role="dialog"], [role="listbox"], .conversation-list, .citation-card, .undo-bars'))
      found.push(`is covered by ${over.outerHTML.slice(0, 80)}: ${name}`);
  }
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return found;
}
