import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page as SavedPage } from '../../src/core/pages/page';
import { askQuestion, chooseModels, savedPages, savePage, sendFrom, startConversation } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// A page that is saved again: at its address, at another one, and after it has changed.

let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  await stage.extension.acceptRequestFor(stage.models.url);
  panel = await stage.openPanel('/');
});

afterAll(() => stage?.close());

const card = () => panel.getByRole('region', { name: 'This page' });
const overview = () => sendFrom(panel)('library/overview', null);
const whenIdle = () => expect.poll(async () => (await overview()).inProgress, { timeout: 15_000 }).toEqual([]);

async function pagesTitled(title: string): Promise<SavedPage[]> {
  return (await savedPages(panel)).filter((page) => page.title === title);
}

describe('Nearly the same text at another address', () => {
  test('is one page, which says so, and can be kept apart', async () => {
    panel = await stage.openPanel('/awkward/copied');
    await savePage(panel);
    panel = await stage.openPanel('/awkward/copied?site=mirror');
    await savePage(panel);
    const [page] = await pagesTitled('The ledger of the harbour');
    expect(await pagesTitled('The ledger of the harbour')).toHaveLength(1);
    expect(page).toMatchObject({ version: 2, url: `${stage.site.url}/awkward/copied` });
    await card()
      .getByText(/^Nearly the same text as .*\/awkward\/copied, so both are one page/)
      .waitFor();

    await card().getByRole('button', { name: 'Keep it apart' }).click();
    await expect.poll(async () => (await pagesTitled('The ledger of the harbour')).length, { timeout: 15_000 }).toBe(2);
    await whenIdle();
    await card()
      .getByText(/^Nearly the same text/)
      .waitFor({ state: 'detached' });
    const textAt = async (path: string) => {
      const found = (await savedPages(panel)).find(({ url }) => url === stage.site.url + path) as SavedPage;
      return (await sendFrom(panel)('page/read', { pageId: found.id })).version.text;
    };
    expect(await textAt('/awkward/copied')).not.toContain('daybook');
    expect(await textAt('/awkward/copied?site=mirror')).toContain('daybook');
  });

  test('is another page when it differs in a number', async () => {
    const before = (await savedPages(panel)).length;
    panel = await stage.openPanel('/awkward/copied?number=13');
    await savePage(panel);
    expect(await savedPages(panel)).toHaveLength(before + 1);
  });
});

describe('A page that has changed', () => {
  test('has only what changed of it embedded again; what cited the old version still opens it; the reader shows what changed', async () => {
    panel = await stage.openPanel('/awkward/revised');
    await chooseModels(panel, { url: stage.models.url, apiKey: stage.models.apiKey, embeddingModel: 'test-embedding-small' });
    await savePage(panel);
    await startConversation(panel);
    const { sources } = await askQuestion(panel, 'entry 100 of the ledger');
    const cited = sources[0];
    expect(cited?.version).toBe(1);

    const embedded = () =>
      stage.models.requests.filter(({ path }) => path.endsWith('/embeddings')).flatMap(({ body }) => (body as { input: string[] }).input);
    const first = embedded().length;
    await stage.tab.reload();
    await card().getByRole('button', { name: 'Save it again' }).click();
    await expect.poll(async () => (await pagesTitled('The sluice book'))[0]?.version, { timeout: 15_000 }).toBe(2);
    await whenIdle();
    const again = embedded().slice(first);
    expect(again.length).toBeGreaterThan(0);
    expect(again.length).toBeLessThanOrEqual(2);
    expect(again.join()).toContain('The sluice was mended on visit 1.');
    const [page] = await pagesTitled('The sluice book');

    const place = `page=${page?.id}&version=1&start=${cited?.start}&end=${cited?.end}`;
    const reader = await stage.extension.openExtensionPage(`src/reader/index.html?${place}`);
    await reader.getByText('This is an older version').waitFor();
    await expect.poll(async () => (await reader.locator('mark').allInnerTexts()).join(' ')).toContain('entry 100');
    await reader.getByLabel('Changes against').selectOption({ index: 1 });
    await reader.locator('ins').first().waitFor();
    expect((await reader.locator('ins').allInnerTexts()).join(' ')).toContain('The sluice was mended on visit 1');
    expect(await reader.locator('del').count()).toBe(0);
    await reader
      .getByText(/paragraphs unchanged/)
      .first()
      .waitFor();
    await reader.close();
  });
});
