import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForBrowser } from '../../scripts/harness/bundle-for-browser';
import { openView } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// More pages are found than are in sight, and nobody waits for the others to be described: here they never are by themselves.

interface HarnessGlobal {
  readonly harness: typeof import('../../scripts/harness/find-harness');
}

const passages = 400;
const restAfterMs = 200;

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  const filling = await stage.extension.openExtensionPage('src/reader/index.html');
  await filling.evaluate(await bundleForBrowser('scripts/harness/find-harness.tsx', 'harness'));
  await filling.evaluate((count) => (globalThis as unknown as HarnessGlobal).harness.fillLibrary(count), passages);
  await filling.close();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await panel.addInitScript(
    `{ const later = setTimeout; globalThis.setTimeout = (work, ms, ...rest) => (ms === ${restAfterMs} ? 0 : later(work, ms, ...rest)); }`,
  );
  await panel.reload();
  await openView(panel, 'Library');
});

afterAll(() => stage?.close());

const box = () => panel.getByRole('searchbox', { name: 'Search your pages' });
const titles = () => panel.locator('.found .page-title');

test('Arrow Down goes on behind the last page that was described', async () => {
  await box().pressSequentially('la');
  await titles().first().waitFor();
  const described = await titles().count();
  expect(described).toBeLessThan(20);
  for (let row = 0; row <= described; row++) {
    await panel.keyboard.press('ArrowDown');
    const focused = () => titles().evaluateAll((all) => all.indexOf(document.activeElement as HTMLElement));
    await expect.poll(focused, { timeout: 3_000 }).toBe(row);
  }
});

test('rows that are lower than was reckoned with are all there that have room', async () => {
  await panel.evaluate(() => {
    const lowRows = new CSSStyleSheet();
    lowRows.replaceSync('.snippet, .page-row-names p { display: none; }');
    document.adoptedStyleSheets.push(lowRows);
  });
  await box().fill('');
  await box().pressSequentially('te');
  const fillsTheSight = () =>
    panel.evaluate(() => (document.querySelector('.found > li:last-child')?.getBoundingClientRect().bottom ?? 0) >= innerHeight);
  await expect.poll(fillsTheSight, { timeout: 3_000 }).toBe(true);
});
