import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures go, if anybody wants to see. */
export const picturesFolder = process.env.COMMONPLACE_PICTURES;

/** Takes pictures of what the panel shows, in two widths, in light and in dark; does nothing when nobody wants to see. */
export async function takePictures(panel: Page, name: string): Promise<void> {
  if (!picturesFolder) return;
  mkdirSync(picturesFolder, { recursive: true });
  const size = panel.viewportSize();
  for (const width of [400, 320]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await panel.setViewportSize({ width, height: 800 });
      await panel.emulateMedia({ colorScheme });
      await panel.screenshot({ path: join(picturesFolder, `${name}-${width}-${colorScheme}.png`) });
    }
  }
  if (size) await panel.setViewportSize(size);
}
