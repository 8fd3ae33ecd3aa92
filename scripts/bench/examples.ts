import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { openView } from '../../tests/support/panel';
import { buildExtension } from '../build-extension';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { scrollFrames } from './scroll-frames';
import { examplesPerNearDuplicate, type SyntheticForm, writeSyntheticExamples } from './synthetic-examples';
import { percentile, rounded } from './timing';
import { openWorkerMemory } from './worker-memory';

type Harness = typeof import('../harness/examples-harness');

const lookEveryMs = 200;
/** A timer of the panel asks for its turn so often; what comes late was held up. */
const askForTurnEveryMs = 10;
/** Clearing away what is not in use holds up both for a tenth of a second: seldom enough not to matter. */
const lookAtLiveEveryMs = 4_000;
/** Of the largest sets that are measured. */
const mostMs = 480_000;

/** How long it takes in the real panel to import and check a file of examples and to export it again, and how the panel fares meanwhile. */
export async function runExamplesBench(count: number, form: SyntheticForm): Promise<void> {
  buildExtension();
  const folder = mkdtempSync(join(tmpdir(), 'commonplace-examples-'));
  const path = join(folder, `examples.${form}`);
  const extension = await launchExtension({ profile: join(folder, 'profile') });
  try {
    console.error(`Writing ${count} examples …`);
    writeSyntheticExamples(path, count, form);
    const panel = await openPanel(extension);
    const measured = await measuringIn(panel, extension);

    const imported = await measured('Importing', async () => {
      const chooser = panel.waitForEvent('filechooser');
      await region(panel, 'Import a file of examples').getByRole('button', { name: 'Import a file of examples' }).click();
      await (await chooser).setFiles(path);
      await region(panel, 'Import a file of examples').getByRole('button', { name: 'Import', exact: true }).click();
      await panel.getByText(`${count.toLocaleString('en')} examples were imported.`).waitFor({ timeout: mostMs });
      await panel.getByRole('heading', { name: `${count.toLocaleString('en')} examples` }).waitFor();
    });
    const checked = await measured('Checking', async () => {
      await region(panel, 'Check the examples').getByRole('button', { name: 'Check the examples' }).click();
      await panel.locator('.tune-prices').waitFor({ timeout: mostMs });
    });
    const nearDuplicates = await panel.locator('summary', { hasText: 'Nearly the same' }).innerText({ timeout: 5_000 });
    const scrolled = await scrollFrames(panel, '.tune-rows');
    const exports: Record<string, object> = {};
    await panel.getByText('Export as a file').click();
    for (const name of ['openai-chat', 'folder'] as const) {
      await panel.getByLabel('Form', { exact: true }).selectOption(name);
      exports[name] = await measured(`Exporting as ${name}`, async () => {
        const download = panel.waitForEvent('download', { timeout: mostMs });
        await panel.getByRole('button', { name: /^Export [\d,]+ examples$/ }).click();
        await (await download).path();
      });
    }
    // Last, for pages of an extension share one heap, and what this leaves behind would be taken for the panel's.
    const reading = await readAlone(extension, path, form);
    const figures = {
      examples: count,
      form,
      megabytes: rounded(statSync(path).size / 1e6),
      import: imported,
      check: checked,
      importAndCheckSeconds: rounded(imported.seconds + checked.seconds),
      nearDuplicates: `${nearDuplicates.match(/\((.*)\)/)?.[1]} of ${Math.floor(count / examplesPerNearDuplicate)}`,
      scrolled,
      exports,
      reading,
    };
    console.log(JSON.stringify(figures));
  } finally {
    await extension.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const region = (panel: Page, name: string) => panel.getByRole('region', { name, exact: true });

async function openPanel(extension: LaunchedExtension): Promise<Page> {
  const [tab] = extension.context.pages();
  if (!tab) throw new Error('There is no tab.');
  const panel = await extension.openSidePanel(tab);
  await panel.setViewportSize({ width: 400, height: 720 });
  await openView(panel, 'Tune');
  await panel.getByText('No examples yet.').waitFor();
  return panel;
}

/** Reads the file in a page of the extension, by another's reader and by ours, with nothing stored. */
async function readAlone(extension: LaunchedExtension, path: string, form: SyntheticForm) {
  const page = await extension.openExtensionPage('src/reader/index.html');
  try {
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('input'), { type: 'file' })));
    await page.locator('input[type=file]').setInputFiles(path);
    await page.evaluate(await bundleForBrowser('scripts/harness/examples-harness.ts', 'harness'));
    const run = (name: 'readWithPapaParse' | 'parseLines' | 'readAsHere') =>
      page.evaluate(([work, isTable]) => (globalThis as unknown as { harness: Harness }).harness[work](isTable), [
        name,
        form === 'csv',
      ] as const);
    // More text than this is more than one string can be.
    const peerName = form === 'csv' ? 'readWithPapaParse' : 'parseLines';
    const peer = form === 'csv' && statSync(path).size > 400_000_000 ? undefined : await run(peerName);
    const here = await run('readAsHere');
    return {
      here: figuresOf(here.ms),
      ...(peer ? { [peerName]: figuresOf(peer.ms), ratio: rounded(here.ms / peer.ms, 2), sameRows: here.rows === peer.rows } : {}),
    };
  } finally {
    await page.close();
  }
}

const figuresOf = (ms: number) => ({ seconds: rounded(ms / 1_000, 2) });

/** Looks at the panel and the worker while work is done: what they hold, and for how long the panel answers nobody. */
async function measuringIn(panel: Page, extension: LaunchedExtension) {
  const session = await panel.context().newCDPSession(panel);
  await panel.evaluate((everyMs) => {
    const watched = globalThis as unknown as { gapMs: number[] };
    watched.gapMs = [];
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      watched.gapMs.push(Math.max(0, now - last - everyMs));
      last = now;
    }, everyMs);
  }, askForTurnEveryMs);
  const panelBytes = async () => {
    const usage = (await session.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      embedderHeapUsedSize?: number;
      backingStorageSize?: number;
    };
    return usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0);
  };
  return async (what: string, work: () => Promise<void>) => {
    console.error(`${what} …`);
    await panel.evaluate(() => {
      (globalThis as unknown as { gapMs: number[] }).gapMs = [];
    });
    const memory = await openWorkerMemory(extension.cdp, extension.extensionId);
    const peak = { panel: 0, worker: 0 };
    const live = { panel: 0, worker: 0 };
    let isDone = false;
    let lookedAt = performance.now();
    const startedAt = performance.now();
    const done = work().finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const [inPanel, inWorker] = await Promise.all([panelBytes(), memory.read(false)]);
      peak.panel = Math.max(peak.panel, inPanel);
      peak.worker = Math.max(peak.worker, inWorker);
      if (performance.now() - lookedAt > lookAtLiveEveryMs) {
        await session.send('HeapProfiler.collectGarbage');
        live.panel = Math.max(live.panel, await panelBytes());
        live.worker = Math.max(live.worker, await memory.read(true));
        lookedAt = performance.now();
      }
      await Promise.race([sleep(lookEveryMs), done]);
    }
    await done;
    const seconds = rounded((performance.now() - startedAt) / 1_000);
    const gaps = await panel.evaluate(() => (globalThis as unknown as { gapMs: number[] }).gapMs);
    await memory.close();
    const megabytes = (bytes: number) => Math.round(bytes / 1e6);
    const figures = {
      seconds,
      heldUpMs: { p99: rounded(percentile(gaps, 0.99)), longest: rounded(Math.max(0, ...gaps)) },
      peakMb: { panel: megabytes(peak.panel), worker: megabytes(peak.worker) },
      /** What is still in use, now and then; the rest of the peak is cleared away when the browser sees fit. */
      liveMb: { panel: megabytes(live.panel), worker: megabytes(live.worker) },
    };
    console.error(JSON.stringify(figures));
    return figures;
  };
}
