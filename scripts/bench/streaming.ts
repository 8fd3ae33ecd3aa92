import { marked } from 'marked';
import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { startModelServer } from '../../tests/support/model-server';
import { chooseModels } from '../../tests/support/panel';
import { buildExtension } from '../build-extension';
import { bundleForBrowser } from '../harness/bundle-for-browser';
import { answerOf } from './streamed-answers';
import { SyntheticLibrary } from './synthetic-library';
import { percentile, rounded } from './timing';

const tokensPerSecond = 200;
const answersBefore = 100;
const wordsOfEach = 500;
const wordsStreamed = 1_500;
/** Asked before, so that code is compiled and the dictionaries are in memory. */
const warmingQuestions = 3;
const questionsTimed = 20;
const panelSize = { width: 400, height: 720 };

interface Watched {
  frames: number[];
  shownMs: number | undefined;
}

/**
 * How soon after Enter the first source is drawn, and how the panel draws while an answer streams into a long conversation. Beside it a page that has
 * the same Markdown library write the whole answer anew at each token.
 */
export async function runStreamingBench(passages: number): Promise<void> {
  buildExtension();
  const find = await bundleForBrowser('scripts/harness/find-harness.tsx', 'harness');
  const talk = await bundleForBrowser('scripts/harness/conversation-harness.ts', 'talk');
  const models = await startModelServer();
  const extension = await launchExtension();
  try {
    console.error(`Saving ${passages} passages and ${answersBefore * wordsOfEach} words of conversation …`);
    const filling = await extension.openExtensionPage('src/reader/index.html');
    await filling.evaluate(`${find};${talk}`);
    await filling.evaluate(
      (count) => (globalThis as unknown as { harness: typeof import('../harness/find-harness') }).harness.fillLibrary(count),
      passages,
    );
    const [tab] = extension.context.pages();
    if (!tab) throw new Error('There is no tab.');
    const panel = await extension.openSidePanel(tab);
    await panel.setViewportSize(panelSize);
    await extension.acceptRequestFor(models.url);
    await chooseModels(panel, { url: models.url, apiKey: models.apiKey, chatModel: 'test-scripted', embeddingModel: '' });

    const firstSource = await timeFirstSource(panel, passages, (count) =>
      models.script(Array.from({ length: count }, () => 'It was so [1].')),
    );
    console.error(JSON.stringify({ firstSource }));

    const conversationId = await filling.evaluate(
      ([count, words]) =>
        (globalThis as unknown as { talk: typeof import('../harness/conversation-harness') }).talk.fillConversation(count, words),
      [answersBefore, wordsOfEach] as const,
    );
    await filling.close();
    await panel.evaluate((id) => localStorage.setItem('open-conversation', id), conversationId);
    await panel.reload();
    await panel.locator('.exchange .answer-text').first().waitFor();
    models.tokensPerSecond = tokensPerSecond;
    models.script([answerOf(wordsStreamed, answersBefore)]);
    const ours = await timeStreaming(panel, passages);
    console.error(JSON.stringify({ ours }));
    const naive = await timeNaive(extension);
    console.log(
      JSON.stringify({ passages, firstSource, wordsBefore: answersBefore * wordsOfEach, tokensPerSecond, ours, peers: { naive } }),
    );
  } finally {
    await extension.close();
    await models.close();
  }
}

/** From the press of Enter to the frame in which the first source stands in the panel, in the worker that has been asked before. */
async function timeFirstSource(panel: Page, passages: number, script: (answers: number) => void) {
  const library = new SyntheticLibrary(1);
  const times: number[] = [];
  script(warmingQuestions + questionsTimed);
  for (let number = 1; number <= warmingQuestions + questionsTimed; number++) {
    const leave = panel.getByRole('button', { name: 'New conversation' });
    if (await leave.isVisible()) await leave.click();
    await leave.waitFor({ state: 'detached' });
    await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(library.question(number, passages).text);
    await panel.evaluate(watchForSource);
    await panel.keyboard.press('Enter');
    await panel.locator('.answer[aria-busy="false"]').waitFor();
    const ms = await panel.evaluate(() => (globalThis as unknown as Watched).shownMs);
    if (ms === undefined) throw new Error('No source was shown.');
    if (number > warmingQuestions) times.push(ms);
  }
  return { questions: times.length, p50Ms: rounded(percentile(times, 0.5)), p95Ms: rounded(percentile(times, 0.95)) };
}

/** Runs in the panel. */
function watchForSource(): void {
  const watched = globalThis as unknown as Watched;
  watched.shownMs = undefined;
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('.early-sources li, .sources li')) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          watched.shownMs = performance.now() - timeStamp;
        });
      });
      observer.observe(document.body, { childList: true, subtree: true });
    },
    { capture: true, once: true },
  );
}

function figures(frames: readonly number[]) {
  const p = (share: number) => rounded(percentile(frames, share));
  return { frames: frames.length, p50Ms: p(0.5), p99Ms: p(0.99), longestMs: rounded(Math.max(...frames)) };
}

/** Runs in the page: notes the time from frame to frame from now on. */
function watchFrames(): void {
  const watched = globalThis as unknown as Watched;
  watched.frames = [];
  let last = performance.now();
  // A method, for the runner gives named functions a helper that the page does not have.
  const watch = {
    look(now: number) {
      watched.frames.push(now - last);
      last = now;
      requestAnimationFrame(watch.look);
    },
  };
  requestAnimationFrame(watch.look);
}

async function timeStreaming(panel: Page, passages: number) {
  await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(new SyntheticLibrary(1).question(99, passages).text);
  await panel.keyboard.press('Enter');
  await panel.locator('.being-written').waitFor();
  await panel.evaluate(watchFrames);
  await panel.locator('.being-written').waitFor({ state: 'detached', timeout: 60_000 });
  return figures(await panel.evaluate(() => (globalThis as unknown as Watched).frames));
}

async function timeNaive({ context }: LaunchedExtension) {
  const page = await context.newPage();
  await page.setViewportSize(panelSize);
  const html = Array.from(
    { length: answersBefore },
    (_, number) => `<article>${marked.parse(answerOf(wordsOfEach, number))}</article>`,
  ).join('');
  await page.setContent(`<main style="height: 720px; overflow: auto">${html}<article id="live"></article></main>`);
  await page.addScriptTag({ path: 'node_modules/marked/lib/marked.umd.js' });
  await page.evaluate(watchFrames);
  await page.evaluate(
    async ({ text, everyMs }) => {
      const { marked: library } = globalThis as unknown as { marked: { parse(text: string): string } };
      const live = document.querySelector('#live');
      const tokens = text.match(/\s*\S{1,5}/g) ?? [];
      const startedAt = performance.now();
      let shown = '';
      for (const [index, token] of tokens.entries()) {
        const dueInMs = startedAt + index * everyMs - performance.now();
        if (dueInMs > 0) await new Promise((resolve) => setTimeout(resolve, dueInMs));
        shown += token;
        if (live) live.innerHTML = library.parse(shown);
      }
    },
    { text: answerOf(wordsStreamed, answersBefore), everyMs: 1_000 / tokensPerSecond },
  );
  return figures(await page.evaluate(() => (globalThis as unknown as Watched).frames));
}
