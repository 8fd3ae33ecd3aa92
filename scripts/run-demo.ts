import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { AnswerMessage, Source } from '../src/core/conversation/conversation';
import { askQuestion, chooseModels } from '../tests/support/panel';
import { type DemoQuestion, demoPages, demoQuestions } from '../tests/support/site/demo-pages';
import { type Demo, saveDemoPages, withDemo } from './with-demo';

const pagesToSave = 4;
const shownQuotations = 2;
const shownCharacters = 160;
const screenshot = join('artifacts', 'side-panel.png');

/**
 * Does the whole job once: saves pages, asks about them in the side panel, without a model and with one, follows a citation, and says
 * what came of it. Rejects when any of it does not work, or an answer is not the right one.
 */
export function runDemo(): Promise<void> {
  return withDemo(async (demo) => {
    const panel = await saveDemoPages(demo, pagesToSave);
    try {
      await askTwice(demo, panel);
    } finally {
      mkdirSync('artifacts', { recursive: true });
      await panel.screenshot({ path: screenshot });
      console.log(`\nThe side panel at the end: ${screenshot}`);
    }
  });
}

async function askTwice(demo: Demo, panel: Page): Promise<void> {
  const [first, second] = questionsAboutSavedPages();
  console.log('\nAsked without a model:');
  const quoted = await ask(panel, first);
  for (const source of quoted.sources.slice(0, shownQuotations)) printSource(source);

  console.log('\nAsked with a model (a stand-in on this computer, which answers with a sentence of what it was given to read):');
  const { url, apiKey } = demo.modelServer;
  await demo.extension.acceptRequestFor(url);
  await chooseModels(panel, { url, apiKey, chatModel: 'test-chat' });
  const written = await ask(panel, second);
  console.log(`  ${written.text}\n`);
  for (const source of written.sources.filter(({ number }) => written.text.includes(`[${number}]`))) printSource(source);
  await followCitation(demo, panel, written, second);
}

function questionsAboutSavedPages(): [DemoQuestion, DemoQuestion] {
  const saved = demoPages.slice(0, pagesToSave).map(({ path }) => path);
  const [first, second] = saved.flatMap((path) => demoQuestions.find(({ pagePath }) => pagePath === path) ?? []);
  if (!first || !second) throw new Error('No question is asked about the pages saved.');
  return [first, second];
}

async function ask(panel: Page, { question, answerContains }: DemoQuestion): Promise<AnswerMessage> {
  console.log(`  ${question}\n`);
  const { status, text, sources, problem, ...rest } = await askQuestion(panel, question);
  if (status !== 'complete') throw new Error(`The answer is ${status}: ${problem?.detail ?? problem?.code ?? 'nobody knows why'}.`);
  const found = [text, ...sources.map(({ quotation }) => quotation)].join('\n');
  if (!found.includes(answerContains)) throw new Error(`The answer should contain “${answerContains}”, but it is:\n${found}`);
  return { status, text, sources, ...rest };
}

function printSource({ number, title, quotation, liveUrl, site }: Source): void {
  const words = quotation.replace(/\s+/g, ' ');
  const shown = words.length > shownCharacters ? `${words.slice(0, shownCharacters)}…` : words;
  console.log(`  [${number}] “${shown}”\n      ${title}, ${site}\n      ${liveUrl}`);
}

/** Presses the first mark of the answer, which opens the page that it cites. */
async function followCitation(
  { extension }: Demo,
  panel: Page,
  { sources, text }: AnswerMessage,
  { answerContains }: DemoQuestion,
): Promise<void> {
  const mark = /\[(\d+)/.exec(text)?.[1];
  const source = sources.find(({ number }) => String(number) === mark);
  if (!source) throw new Error(`The answer cites nothing: ${text}`);
  const opening = extension.context.waitForEvent('page');
  const answer = panel.getByRole('article').last();
  await answer
    .getByRole('button', { name: `Source ${mark}:` })
    .first()
    .click();
  const page = await opening;
  await page.waitForURL((url) => url.href.startsWith(source.url));
  await page.waitForLoadState();
  const cited = page.getByText(answerContains).first();
  const isInView = await cited.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < window.innerHeight && bottom > 0;
  });
  console.log(`  Pressing [${mark}] opened “${await page.title()}”${isInView ? ' with the answer in view' : ''}.`);
  await page.close();
}
