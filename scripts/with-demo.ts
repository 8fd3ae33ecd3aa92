import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../tests/support/extension';
import { type ModelServer, startModelServer } from '../tests/support/model-server';
import { savePage } from '../tests/support/panel';
import { demoPages } from '../tests/support/site/demo-pages';
import { type Site, startSite } from '../tests/support/site/server';

export interface Demo {
  readonly extension: LaunchedExtension;
  readonly site: Site;
  readonly modelServer: ModelServer;
}

/** Serves pages to save and a model to ask, opens a browser without a window on them, and clears all of it away at the end. */
export async function withDemo(use: (demo: Demo) => Promise<void>, flags: readonly string[] = []): Promise<void> {
  const site = await startSite();
  const modelServer = await startModelServer();
  try {
    const extension = await launchExtension({ flags });
    await use({ extension, site, modelServer }).finally(extension.close);
  } finally {
    await Promise.all([site.close(), modelServer.close()]);
  }
}

/** Opens the first pages of the site one after the other in a tab, and saves each from the side panel, which it gives back. */
export async function saveDemoPages({ extension, site }: Demo, count: number): Promise<Page> {
  const [tab = await extension.context.newPage()] = extension.context.pages();
  let panel: Page | undefined;
  for (const page of demoPages.slice(0, count)) {
    await tab.goto(site.url + page.path);
    panel = await extension.openSidePanel(tab);
    await savePage(panel);
    console.log(`Saved “${page.title}” (${page.site}).`);
  }
  if (!panel) throw new Error('There is no page to save.');
  return panel;
}
