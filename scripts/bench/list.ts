import type { Page } from 'playwright-core';
import type { WorkerRequests } from '../../src/protocol/worker-requests';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { openView, sendFrom } from '../../tests/support/panel';
import { buildExtension } from '../build-extension';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { scrollFrames } from './scroll-frames';
import { percentile, rounded } from './timing';

type ListRequest = WorkerRequests['library/list']['data'];

/** What the panel asks for when the list is opened, and at most while it is scrolled. */
const windowRows = 140;
const scrolledRows = 60;
const timesAsked = 20;
/** Stands for a machine that has other work, or is an old one. */
const timesSlower = 4;

const asked: Readonly<Record<string, ListRequest>> = {
  'newest first': { filter: {}, sort: 'newest', from: 0, count: windowRows },
  'newest first, from the middle': { filter: {}, sort: 'newest', from: 5_000, count: scrolledRows },
  'by title': { filter: {}, sort: 'title', from: 0, count: windowRows },
  'one site': { filter: { site: 'site-7.synthetic.invalid' }, sort: 'newest', from: 0, count: windowRows },
  'read in part, longest first': { filter: { status: 'partial' }, sort: 'longest', from: 0, count: windowRows },
};

/** How long a window of the list takes, with the message from the panel to the worker and back, and how the panel draws while it is scrolled. */
export async function runListBench(pages: number): Promise<void> {
  buildExtension();
  const script = await bundleForBrowser('scripts/harness/list-harness.ts', 'harness');
  const extension = await launchExtension();
  try {
    console.error(`Saving ${pages} pages …`);
    const filling = await extension.openExtensionPage('src/reader/index.html');
    await filling.evaluate(script);
    await filling.evaluate(
      (count) => (globalThis as unknown as { harness: typeof import('../harness/list-harness') }).harness.fillList(count),
      pages,
    );
    await filling.close();
    const panel = await openPanel(extension);
    const send = sendFrom(panel);
    const medianMs = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let time = 0; time < timesAsked; time++) {
        const startedAt = performance.now();
        await work();
        times.push(performance.now() - startedAt);
      }
      return rounded(percentile(times, 0.5));
    };
    const listMs: Record<string, number> = {};
    for (const [name, request] of Object.entries(asked)) listMs[name] = await medianMs(() => send('library/list', request));
    const facetsMs = await medianMs(() => send('library/facets', null));
    // What asking costs by itself: the driver, the message and a worker that has next to nothing to do.
    const messageMs = await medianMs(() => send('embedding/stop-counting', null));
    console.error(JSON.stringify({ messageMs, listMs, facetsMs }));
    const frames = await scrollFrames(panel, '.library-view');
    const devTools = await panel.context().newCDPSession(panel);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: timesSlower });
    const figures = { pages, messageMs, listMs, facetsMs, frames, framesOnSlowProcessor: await scrollFrames(panel, '.library-view') };
    console.log(JSON.stringify(figures));
  } finally {
    await extension.close();
  }
}

async function openPanel(extension: LaunchedExtension): Promise<Page> {
  const [tab] = extension.context.pages();
  if (!tab) throw new Error('There is no tab.');
  const panel = await extension.openSidePanel(tab);
  await panel.setViewportSize({ width: 400, height: 720 });
  await openView(panel, 'Library');
  await panel.locator('.listed .page-title').first().waitFor();
  return panel;
}
