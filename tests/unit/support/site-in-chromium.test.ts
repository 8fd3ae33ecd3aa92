import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findChromium } from '../../../scripts/setup/chromium.mjs';
import { deepSentence, typedSecrets } from '../../support/site/awkward-pages';
import { demoPages } from '../../support/site/demo-pages';
import { type Site, startSite } from '../../support/site/server';

vi.setConfig({ testTimeout: 30_000 });

const program = await findChromium();

describe.skipIf(!program)('in Chromium', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  let session: CDPSession;
  beforeAll(async () => {
    site = await startSite();
    browser = await chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    session = await page.context().newCDPSession(page);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** Evaluates as a content script would: with the page's document, and with JavaScript objects that the page cannot touch. */
  async function readApart(path: string, expression: string): Promise<{ value?: unknown; error?: string }> {
    await page.goto(site.url + path);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      returnByValue: true,
    });
    return exceptionDetails ? { error: exceptionDetails.exception?.description ?? exceptionDetails.text } : { value: result.value };
  }

  test.each(demoPages.map(({ path, title }) => [path, title]))('%s shows without a fault', async (path, title) => {
    const faults: string[] = [];
    const note = (fault: Error): void => void faults.push(fault.message);
    page.on('pageerror', note);
    await page.goto(site.url + path);
    page.off('pageerror', note);
    expect(faults).toEqual([]);
    expect(await page.getByRole('heading', { level: 1, name: title }).count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  test('tide pools keep their frame in open shadow roots and their words in slots', async () => {
    const { value } = await readApart(
      '/field/tide-pools',
      `[document.querySelector('field-page').shadowRoot.querySelector('slot[name=title]').assignedNodes()[0].textContent,
        document.querySelector('field-note').shadowRoot.textContent.includes('33.5 °C'), document.body.textContent.includes('33.5 °C')]`,
    );
    expect(value).toEqual(['Life between the tides', true, false]);
  });

  test('a page without a body, and one without a document element, are that', async () => {
    expect(await readApart('/awkward/no-body', 'document.body')).toEqual({ value: null });
    expect(await readApart('/awkward/no-document', 'document.documentElement')).toEqual({ value: null });
  });

  test.each([
    'for (const child of document.forms[0].childNodes) child',
    'document.forms[0].querySelectorAll("p")',
    'document.forms[0].cloneNode(true)',
  ])('the page that throws does so in a script world of its own: %s', async (expression) => {
    expect((await readApart('/awkward/throws', expression)).error).toMatch(/TypeError/);
  });

  test('the page that throws does so all the more among its own scripts', async () => {
    await page.goto(`${site.url}/awkward/throws`);
    await expect(session.send('Runtime.evaluate', { expression: 'document.body.innerText' })).resolves.toMatchObject({
      exceptionDetails: { exception: { description: expect.stringContaining('does not want to be read') } },
    });
  });

  test('a clobbered form hides its children, in an article that is else sound', async () => {
    const { value } = await readApart(
      '/awkward/clobbered',
      `[document.forms[0].childNodes.tagName, document.querySelectorAll('article p').length > 2]`,
    );
    expect(value).toEqual(['INPUT', true]);
  });

  test('a deep page is as deep as it says', async () => {
    const { value } = await readApart(
      '/awkward/deep',
      `let depth = 0; let node = document.getElementById('well'); while (node.firstElementChild) { node = node.firstElementChild; depth += 1; } [depth, node.textContent]`,
    );
    expect(value).toEqual([2_000, deepSentence]);
  });

  test('the form’s fields hold what was typed', async () => {
    const { value } = await readApart(
      '/awkward/form',
      `[...document.querySelectorAll('input, select, textarea')].map((field) => field.value).concat(document.getElementById('draft').innerText)`,
    );
    expect(new Set(value as string[])).toEqual(new Set(Object.values(typedSecrets)));
  });

  test('the strict page lets a script world read and nothing load', async () => {
    const { value } = await readApart('/awkward/strict-csp', `document.querySelector('h1').textContent`);
    expect(value).toBe('The vault');
    const blocked = await page.evaluate(() =>
      fetch('/').then(
        () => 'loaded',
        () => 'blocked',
      ),
    );
    expect(blocked).toBe('blocked');
  });
});
