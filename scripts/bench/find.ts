import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { openView } from '../../tests/support/panel';
import { buildExtension } from '../build-extension';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import type { LetterTimes } from '../harness/typing-watch';
import { SyntheticLibrary } from './synthetic-library';
import { percentile, rounded } from './timing';

interface PanelGlobal {
  readonly harness: typeof import('../harness/find-harness');
  readonly typing: typeof import('../harness/typing-watch');
}

const typedTexts = 12;
/** Typed before, so that code is compiled and the dictionaries are in memory. */
const warmingTexts = 2;
/** Two words that stand everywhere and two that tell something. */
const wordsTyped = { common: 1, telling: 2 } as const;
/** As `SyntheticLibrary.question` writes them: so many common words come first. */
const commonWords = 4;
/** What a panel of the size that Chromium gives it here asks for at each letter. */
const first = 4;
/** Between two letters, as fast as people type. */
const pauseMs = 30;

/** How long after a letter is typed into the Library's search box its results are shown, in the extension as it is published, with MiniSearch in the panel's memory beside it. */
export async function runFindBench(passages: number): Promise<void> {
  buildExtension();
  const script = await bundleForBrowser('scripts/harness/find-harness.tsx', 'harness');
  const watch = await bundleForBrowser('scripts/harness/typing-watch.ts', 'typing');
  const texts = textsToType(passages);
  const extension = await launchExtension();
  try {
    console.error(`Saving ${passages} passages …`);
    await inNewPage(extension, async (page) => {
      await page.evaluate(script);
      await page.evaluate((count) => (globalThis as unknown as PanelGlobal).harness.fillLibrary(count), passages);
    });
    const panel = await openPanel(extension, watch);
    console.error('Typing …');
    await typeTexts(panel, texts(warmingTexts));
    const ours = await typeTexts(panel, texts(typedTexts));
    const workerMs = await askWorker(extension, panel.url(), texts(typedTexts));

    console.error(
      `  ${ours.length} letters, median ${rounded(shownFigures(ours).shownP50Ms)} ms; in the worker ${rounded(percentile(workerMs, 0.5))} ms\nTyping into MiniSearch …`,
    );
    await panel.evaluate(script);
    await panel.evaluate((count) => (globalThis as unknown as PanelGlobal).harness.showPeer(count), passages);
    await typeTexts(panel, texts(warmingTexts));
    const peer = await typeTexts(panel, texts(typedTexts));

    const figures = {
      passages,
      letters: ours.length,
      ours: { ...shownFigures(ours), ...split(ours, workerMs) },
      peers: { minisearch: shownFigures(peer) },
    };
    console.error(table(figures));
    console.log(JSON.stringify({ ...figures, ratio: rounded(figures.peers.minisearch.shownP50Ms / figures.ours.shownP50Ms, 2) }));
  } finally {
    await extension.close();
  }
}

/** Gives texts that people might look for, never one twice. */
function textsToType(passages: number): (count: number) => string[] {
  const library = new SyntheticLibrary(1);
  let number = 1;
  return (count) =>
    Array.from({ length: count }, () => {
      const words = library.question(number++, passages).text.split(' ');
      return [...words.slice(0, wordsTyped.common), ...words.slice(commonWords, commonWords + wordsTyped.telling)].join(' ');
    });
}

async function inNewPage(extension: LaunchedExtension, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await extension.openExtensionPage('src/reader/index.html');
  await work(page);
  await page.close();
}

/** The side panel with the Library open. */
async function openPanel(extension: LaunchedExtension, watch: string): Promise<Page> {
  const [tab] = extension.context.pages();
  if (!tab) throw new Error('There is no tab.');
  const panel = await extension.openSidePanel(tab);
  await panel.addInitScript(`${watch}\ntyping.watch();`);
  await panel.reload();
  await openView(panel, 'Library');
  return panel;
}

/** Types one letter into the focused field and waits for all it leads to. */
async function typeLetter(panel: Page, letter: string): Promise<LetterTimes> {
  await panel.evaluate(() => (globalThis as unknown as PanelGlobal).typing.expectLetter());
  await panel.keyboard.press(letter === ' ' ? 'Space' : letter);
  const times = await panel.evaluate(() => (globalThis as unknown as PanelGlobal).typing.letterTimes());
  if (!times) throw new Error('No letter was expected.');
  return times;
}

async function typeTexts(panel: Page, texts: readonly string[]): Promise<LetterTimes[]> {
  const box = panel.getByRole('searchbox');
  const letters: LetterTimes[] = [];
  for (const text of texts) {
    await box.fill('');
    await box.focus();
    for (const letter of text) {
      await panel.waitForTimeout(pauseMs);
      letters.push(await typeLetter(panel, letter));
    }
  }
  return letters;
}

/** Asks the worker within itself what the panel would ask at each letter: what it takes without the messages. @returns milliseconds of each letter */
async function askWorker({ extensionId, context }: LaunchedExtension, panelUrl: string, texts: readonly string[]): Promise<number[]> {
  const worker = context.serviceWorkers().find((one) => one.url().includes(extensionId));
  if (!worker) throw new Error('The worker is not running.');
  const times: number[] = [];
  for (const text of texts) {
    for (let end = 1; end <= text.length; end++)
      times.push(await worker.evaluate(timeInWorker, { text: text.slice(0, end), first, extensionId, panelUrl }));
  }
  return times;
}

interface AskedInWorker {
  readonly text: string;
  readonly first: number;
  readonly extensionId: string;
  readonly panelUrl: string;
}

async function timeInWorker({ text, first, extensionId, panelUrl }: AskedInWorker): Promise<number> {
  type Answer = Promise<{ readonly ok: boolean }>;
  type Dispatch = (message: unknown, sender: unknown) => { readonly results: readonly Answer[] };
  const { chrome } = globalThis as unknown as { chrome: { runtime: { onMessage: { dispatch: Dispatch } } } };
  const startedAt = performance.now();
  const sender = { id: extensionId, url: panelUrl };
  const { results } = chrome.runtime.onMessage.dispatch({ request: 'library/find', data: { text, limit: 20, first } }, sender);
  const answer = await results[0];
  if (!answer?.ok) throw new Error('The worker could not search.');
  return performance.now() - startedAt;
}

interface ShownFigures {
  readonly shownP50Ms: number;
  readonly shownP95Ms: number;
  readonly layoutP50Ms: number;
  /** Of all letters, those that took longer than a frame of 60 a second. */
  readonly shareOverFrame: number;
}

const frameMs = 1_000 / 60;

function shownFigures(letters: readonly LetterTimes[]): ShownFigures {
  const shown = letters.map(({ shownMs }) => shownMs);
  return {
    shownP50Ms: rounded(percentile(shown, 0.5)),
    shownP95Ms: rounded(percentile(shown, 0.95)),
    layoutP50Ms: rounded(
      percentile(
        letters.map(({ layoutMs }) => layoutMs),
        0.5,
      ),
    ),
    shareOverFrame: rounded(shown.filter((ms) => ms > frameMs).length / shown.length, 2),
  };
}

/** Where the time goes. The worker was asked other texts than those typed, for it remembers what it has read: so medians are compared, not letters. */
function split(letters: readonly LetterTimes[], workerMs: readonly number[]) {
  const replyP50Ms = percentile(
    letters.map(({ replyMs }) => replyMs),
    0.5,
  );
  const workerP50Ms = percentile(workerMs, 0.5);
  return {
    workerP50Ms: rounded(workerP50Ms),
    workerP95Ms: rounded(percentile(workerMs, 0.95)),
    messageP50Ms: rounded(replyP50Ms - workerP50Ms),
    renderP50Ms: rounded(
      percentile(
        letters.map(({ shownMs, replyMs }) => shownMs - replyMs),
        0.5,
      ),
    ),
  };
}

const nameWidth = 34;

function table({
  passages,
  letters,
  ours,
  peers,
}: {
  readonly passages: number;
  readonly letters: number;
  readonly ours: ShownFigures & ReturnType<typeof split>;
  readonly peers: { readonly minisearch: ShownFigures };
}): string {
  const row = (name: string, ...values: readonly (string | number)[]) =>
    name.padEnd(nameWidth) + values.map((value) => String(value).padStart(12)).join('');
  const shown = (name: string, { shownP50Ms, shownP95Ms, layoutP50Ms, shareOverFrame }: ShownFigures) =>
    row(name, shownP50Ms, shownP95Ms, layoutP50Ms, `${Math.round(shareOverFrame * 100)} %`);
  return [
    `${passages} passages, ${letters} letters typed one at a time`,
    row('letter → results, milliseconds', 'p50', 'p95', 'layout p50', 'over 16.7'),
    shown('Commonplace', ours),
    shown('MiniSearch in the panel’s memory', peers.minisearch),
    `Of ours: worker ${ours.workerP50Ms} (p95 ${ours.workerP95Ms}), message ${ours.messageP50Ms}, render ${ours.renderP50Ms}.`,
  ].join('\n');
}
