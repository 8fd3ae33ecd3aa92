import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { LibraryOverview } from '../../src/protocol/worker-requests';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { startSite } from '../../tests/support/site/server';
import { buildExtension } from '../build-extension';
import { writeBareExtension } from './bare-extension';
import { percentile, rounded } from './timing';

const coldStarts = 25;
const panelOpenings = 15;
const saves = 10;
const articleWords = 3_000;

/** How soon the worker, the panel and a saved page are ready; an extension that does nothing goes beside it. */
export async function runStartupBench(): Promise<void> {
  await buildExtension();
  const bare = writeBareExtension();
  try {
    const ours = await measure('dist', 'src/sidepanel/index.html');
    const peer = await measure(bare.folder, 'panel.html');
    const saveMs = await measureSaves();
    const figures = {
      ours: { ...ours, saveP50Ms: rounded(percentile(saveMs, 0.5)), saveP95Ms: rounded(percentile(saveMs, 0.95)) },
      peers: { bareExtension: peer },
      ratios: {
        worker: rounded(ours.workerP95Ms / peer.workerP95Ms, 2),
        panel: rounded(ours.panelP95Ms / peer.panelP95Ms, 2),
      },
      contentScriptBytes: statSync('dist/src/content/capture.js').size,
    };
    console.log(JSON.stringify(figures));
  } finally {
    bare.remove();
  }
}

async function measure(dist: string, panelPath: string) {
  const extension = await launchExtension({ dist });
  try {
    const asking = await extension.openExtensionPage(panelPath);
    const worker: number[] = [];
    for (let time = 0; time < coldStarts; time++) {
      await extension.killWorker();
      worker.push(await asking.evaluate(timeFirstReply));
    }
    const panel: number[] = [];
    for (let time = 0; time < panelOpenings; time++) panel.push(await timePanel(extension, panelPath));
    return {
      workerP50Ms: rounded(percentile(worker, 0.5)),
      workerP95Ms: rounded(percentile(worker, 0.95)),
      panelP50Ms: rounded(percentile(panel, 0.5)),
      panelP95Ms: rounded(percentile(panel, 0.95)),
    };
  } finally {
    await extension.close();
  }
}

async function timeFirstReply(): Promise<number> {
  const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } } };
  const startedAt = performance.now();
  await chrome.runtime.sendMessage({ request: 'settings/read', data: null });
  return performance.now() - startedAt;
}

/** From the start of the navigation until one can type. */
async function timePanel(extension: LaunchedExtension, panelPath: string): Promise<number> {
  const page = await extension.context.newPage();
  await page.goto(`chrome-extension://${extension.extensionId}/${panelPath}`, { waitUntil: 'commit' });
  const ms = await page.evaluate(async () => {
    while (!document.querySelector('textarea:enabled')) await new Promise(requestAnimationFrame);
    return performance.now();
  });
  await page.close();
  return ms;
}

/** From the click on “Save this page” until the page is in the library, as the panel's own requests tell. */
async function measureSaves(): Promise<number[]> {
  const [extension, site] = await Promise.all([launchExtension({ dist: 'dist' }), startSite()]);
  try {
    const [page] = extension.context.pages();
    if (!page) throw new Error('There is no tab.');
    const timings: number[] = [];
    for (let time = 0; time < saves; time++) {
      await page.goto(`${site.url}/awkward/article?words=${articleWords}&n=${time}`);
      const panel = await extension.openSidePanel(page);
      timings.push(await timeSave(panel, time + 1));
    }
    return timings;
  } finally {
    await Promise.all([extension.close(), site.close()]);
  }
}

async function timeSave(panel: Page, pagesAfter: number): Promise<number> {
  const button = panel.getByRole('button', { name: 'Save this page' });
  await button.waitFor();
  return button.evaluate(async (element, pages) => {
    type Reply = { readonly value: LibraryOverview };
    const { chrome } = globalThis as unknown as { chrome: { runtime: { sendMessage(message: unknown): Promise<Reply> } } };
    const startedAt = performance.now();
    (element as HTMLElement).click();
    for (;;) {
      const { value } = await chrome.runtime.sendMessage({ request: 'library/overview', data: null });
      if (value.pages >= pages && value.inProgress.length === 0) return performance.now() - startedAt;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }, pagesAfter);
}
