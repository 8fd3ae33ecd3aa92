import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openStage } from '../../tests/e2e/support/stage';
import { allStops } from '../../tests/support/tour/all-stops';
import type { Stop, Tour } from '../../tests/support/tour/stop';

const folder = join('artifacts', 'screenshots');
const usualWidthPx = 400;
const narrowWidthPx = 320;
const heightPx = 720;
const mostHeightPx = 12_000;

/**
 * Goes through all views and takes a picture of each in light and dark, of the main ones in a narrow panel, too.
 * @param wanted beginnings of the names of what is photographed; all of it when there are none
 */
export async function photographViews(wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const stage = await openStage();
  try {
    const panel = await stage.openPanel('/essays/fresnel-lens');
    const tour: Tour = { stage, panel };
    for (const stop of allStops) {
      const page = (await stop.go(tour)) ?? tour.panel;
      if (wanted.length === 0 || wanted.some((name) => stop.name.startsWith(name))) await photograph(page, stop);
      await stop.leave?.(tour);
    }
  } finally {
    await stage.close();
  }
}

async function photograph(page: Page, { name, isMain, isTall, isPassing }: Stop): Promise<void> {
  for (const width of isMain && !isPassing ? [usualWidthPx, narrowWidthPx] : [usualWidthPx]) {
    await page.setViewportSize({ width, height: heightPx });
    if (isTall) await page.setViewportSize({ width, height: Math.min(mostHeightPx, heightPx + (await page.evaluate(hiddenHeightPx))) });
    for (const colorScheme of isPassing ? (['light'] as const) : (['light', 'dark'] as const)) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, file), animations: 'disabled' });
      console.log(join(folder, file));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: usualWidthPx, height: heightPx });
}

/** Runs in the page. How much of what scrolls in it is out of sight. */
function hiddenHeightPx(): number {
  const hidden = Array.from(document.querySelectorAll('main, main *'), ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  return Math.max(0, ...hidden);
}
