import { setTimeout as wait } from 'node:timers/promises';
import { marked } from 'marked';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { findChromium } from '../../../scripts/setup/chromium.mjs';
import { hostileAnswers } from '../../support/hostile-answers';
import { startSite } from '../../support/site/server';

const program = await findChromium();

test('the answers are many, each with a name and an address of its own', () => {
  const answers = hostileAnswers('http://127.0.0.1:1/sink');
  expect(answers.length).toBeGreaterThanOrEqual(100);
  expect(new Set(answers.map(({ name }) => name)).size).toBe(answers.length);
  expect(new Set(answers.map(({ markdown }) => markdown)).size).toBe(answers.length);
});

test.skipIf(!program)(
  'a careless reader of them is caught by more than fifty: the sink is live',
  async () => {
    const site = await startSite();
    const browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    const page = await browser.newPage();
    await page.goto(`${site.url}/awkward/empty`);
    const answers = hostileAnswers(`${site.url}/sink`);
    const frames = await Promise.all(answers.map(async ({ markdown }) => marked.parse(markdown)));
    // Each in a frame of its own, so that one which navigates away leaves the others alone.
    await page.evaluate((documents) => {
      for (const html of documents) {
        const frame = document.createElement('iframe');
        frame.srcdoc = `<!doctype html><body>${html}</body>`;
        document.body.append(frame);
      }
    }, frames);
    const caught = (): string[] =>
      answers.filter(({ name }) => site.requests.some(({ path }) => path.startsWith(`/sink/${name}`))).map(({ name }) => name);
    for (let before = -1; before < caught().length || before === 0; await wait(500)) before = caught().length;
    await browser.close();
    await site.close();
    expect(caught()).toEqual(
      expect.arrayContaining([
        'image-inline',
        'img-srcset',
        'meta-refresh',
        'style-import',
        'svg-image',
        'video',
        'iframe',
        'script-inline',
        'data-iframe',
        'base',
      ]),
    );
    expect(caught().length).toBeGreaterThan(50);
  },
  60_000,
);
