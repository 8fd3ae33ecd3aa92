import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Colours are all that is other in the dark. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** Fails on what axe finds serious or critical, in light or in dark: the rule, and where it is broken. */
export async function expectNoFaults(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await seriousFaults(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await seriousFaults(page, rulesOfColour), 'dark').toEqual([]);
}

/** @param rules all of them unless told */
async function seriousFaults(page: Page, rules?: string[]): Promise<string[]> {
  // What is in order is not described one by one. In legacy mode axe stays in the page itself: there are no frames, and it would open a tab for itself.
  const builder = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) })
    .setLegacyMode(true);
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
