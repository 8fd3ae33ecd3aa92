import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from './setup/chromium.mjs';

const sizesPx = [16, 32, 48, 128];

/** Draws the icons of the manifest from scripts/icon.svg. */
const drawing = readFileSync('scripts/icon.svg', 'utf8');
const browser = await chromium.launch({ executablePath: (await findChromium()) ?? '' });
const page = await browser.newPage();
await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${drawing}`);
for (const size of sizesPx) {
  await page.setViewportSize({ width: size, height: size });
  await page.screenshot({ path: `public/icons/${size}.png`, omitBackground: true });
}
await browser.close();
