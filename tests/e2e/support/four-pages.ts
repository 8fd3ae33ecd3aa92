import type { Page } from 'playwright-core';
import { openView, savePage } from '../../support/panel';
import type { Stage } from './stage';

/** What the titles of the four pages begin with. */
export const lens = 'A staircase for light';
export const bread = 'Sourdough fermentation, hour by hour';
export const paper = '雪の下の紙';
export const pools = 'Life between the tides';

/** Saves the four pages, which are of two sites, in the order of the titles above, and opens the Library. */
export async function openLibraryOfFour(stage: Stage): Promise<Page> {
  // Another host for the same server, so that there are two sites.
  const otherHost = stage.site.url.replace('127.0.0.1', 'localhost');
  let panel: Page | undefined;
  for (const path of ['/essays/fresnel-lens', '/kitchen/sourdough', '/ja/washi', `${otherHost}/field/tide-pools`]) {
    panel = await stage.openPanel(path);
    await savePage(panel);
  }
  await openView(panel as Page, 'Library');
  return panel as Page;
}

/** Which of the four a title is of; the title itself if none. */
export function shortTitle(title: string): string {
  return [lens, bread, paper, pools].find((beginning) => title.startsWith(beginning)) ?? title;
}
