import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schemaVersion } from '../../src/storage/migrations/migrations';
import { databaseName } from '../../src/storage/schema';
import { describeFirstLibrary } from '../support/library-description';
import { openView, savedPages, savePage, sendFrom } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// A store that is full, does not open, or is held in an older form: nothing saved is lost, and nobody is shown an empty library.

let stage: Stage;
let panel: Page;
let lookout: Page;
const lens = 'A staircase for light';

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await savePage(panel);
  lookout = await stage.extension.openExtensionPage('manifest.json');
});

afterAll(() => stage?.close());

/** Has the worker lose its connection, and nothing else: the library is asked to become another version, which is taken back. */
async function loseConnection(): Promise<void> {
  await lookout.evaluate(
    ([name, version]) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open(name, version);
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve();
      }),
    [databaseName, schemaVersion + 1] as const,
  );
}

/** Runs in the worker, which must be awake. */
async function inWorker<Argument>(change: (argument: Argument) => void, argument: Argument): Promise<void> {
  await sendFrom(lookout)('settings/read', null);
  const worker = stage.extension.context.serviceWorkers().at(-1);
  if (!worker) throw new Error('There is no worker.');
  await worker.evaluate(change as (argument: unknown) => void, argument);
}

/** The next so many attempts to open the library fail in the worker, until it ends, the library is deleted, or `stopFailing`. */
async function failToOpen(times: number): Promise<void> {
  await inWorker((count: number) => {
    const open = IDBFactory.prototype.open;
    const deleteDatabase = IDBFactory.prototype.deleteDatabase;
    let left = count;
    IDBFactory.prototype.open = function (...args) {
      left -= 1;
      if (left >= 0) throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
      return open.apply(this, args);
    };
    const stopFailing = () => {
      left = 0;
    };
    IDBFactory.prototype.deleteDatabase = function (...args) {
      stopFailing();
      return deleteDatabase.apply(this, args);
    };
    Object.assign(globalThis, { stopFailing });
  }, times);
  await loseConnection();
}

const stopFailing = () => inWorker(() => (globalThis as unknown as { stopFailing(): void }).stopFailing(), null);

/** Everything the worker writes from now on ends as it does when the disk is full. */
const fillDisk = () =>
  inWorker(() => {
    const put = IDBObjectStore.prototype.put;
    Object.defineProperty(IDBTransaction.prototype, 'error', { get: () => new DOMException('', 'QuotaExceededError') });
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  }, null);

const problem = () => panel.getByRole('alert').first();

describe('A library that does not open', () => {
  test('is opened once more, and nobody hears of it', async () => {
    await failToOpen(1);
    const pages = await savedPages(lookout);
    expect(pages).toHaveLength(1);
  });

  test('is said not to open, and never shown as an empty one; when it opens again, all is there', async () => {
    await openView(panel, 'Library');
    await stage.extension.killWorker();
    await failToOpen(1_000);
    await panel.reload();
    await problem().getByText('The library could not be opened.').waitFor();
    await problem().getByText('Internal error opening backing store').waitFor();
    for (const view of ['Ask', 'Library', 'Settings'] as const) {
      await openView(panel, view);
      await problem().getByText('The library could not be opened.').waitFor();
      expect(await panel.getByText('Nothing saved yet').count()).toBe(0);
      expect(await panel.getByText('Nothing to ask yet').count()).toBe(0);
    }
    await openView(panel, 'Library');
    await problem().getByText('The library could not be opened.').waitFor();
    // In the same worker: with another one the panel connects by itself, and what is to be pressed would go meanwhile.
    await stopFailing();
    await panel.getByRole('banner').getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => panel.getByRole('alert').count()).toBe(0);
    await openView(panel, 'Library');
    await panel.getByRole('button', { name: lens }).first().waitFor();
    expect(await panel.getByRole('alert').count()).toBe(0);
  });

  test('is not deleted as long as it can be opened', async () => {
    await expect(sendFrom(lookout)('storage/start-anew', null)).rejects.toThrow('nothing was deleted');
    expect(await savedPages(lookout)).toHaveLength(1);
  });
});

describe('A disk without room', () => {
  test('lets what is saved be read, says what to do, and shows what takes room', async () => {
    await stage.tab.goto(`${stage.site.url}/kitchen/sourdough`);
    await stage.extension.openSidePanel(stage.tab);
    await fillDisk();
    await openView(panel, 'Ask');
    await panel.getByRole('button', { name: 'Save this page' }).click();
    await problem().getByText('There is no room left on this device').waitFor();
    const [page] = await savedPages(lookout);
    expect(page?.title).toContain(lens);
    const { version } = await sendFrom(lookout)('page/read', { pageId: page?.id as NonNullable<typeof page>['id'] });
    expect(version.text).toContain('1,014 separate prisms');
    expect((await sendFrom(lookout)('library/find', { text: 'prisms', limit: 5 })).pages).toHaveLength(1);

    await openView(panel, 'Settings');
    const section = panel.getByRole('region', { name: 'Storage' });
    await section.getByText('Text of the pages').waitFor();
    await section.getByText(/used on this device; the browser would give .* more\.$/).waitFor();
    await section.getByRole('button', { name: 'Choose pages to delete' }).click();
    await panel.getByRole('searchbox', { name: 'Search your pages' }).waitFor();
    // A new worker, and a disk that has room again.
    await stage.extension.killWorker();
    await openView(panel, 'Ask');
    await savePage(panel);
    expect(await savedPages(lookout)).toHaveLength(2);
  });
});

test('Settings says that the browser keeps the library', async () => {
  await openView(panel, 'Settings');
  await panel.getByText('The browser keeps the library until you delete it.').waitFor();
});

describe('A new version of the extension, with three contexts of the old one', () => {
  const isWell = { closes: true };
  const isStuck = { closes: false };
  /** Puts a library of the first version in the place of today's, and has each of the pages hold a connection to it. */
  async function holdFirstLibrary({ closes }: typeof isWell): Promise<Page[]> {
    // What asks the worker for anything would have it take the library over before all of them hold it: so do today's panel and reader.
    await panel.close();
    const stores = await describeFirstLibrary();
    const pages = await Promise.all([1, 2, 3].map(() => stage.extension.openExtensionPage('manifest.json')));
    for (const [index, page] of pages.entries()) {
      await page.evaluate(
        async ([name, described, isFirst, givesWay]) => {
          const finished = (request: IDBOpenDBRequest) =>
            new Promise<IDBDatabase>((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error);
            });
          // Nothing is awaited between the two, so that the worker, whom the panel may ask at any time, makes none of today's in between.
          if (isFirst) indexedDB.deleteDatabase(name);
          const opening = indexedDB.open(name, 1);
          opening.onupgradeneeded = () => {
            for (const { name: storeName, keyPath, indexes } of described) {
              const store = opening.result.createObjectStore(storeName, { keyPath });
              for (const { name: indexName, keyPath: key, unique, multiEntry } of indexes)
                store.createIndex(indexName, key, { unique, multiEntry });
            }
            opening.transaction?.objectStore('conversations').put({ id: 'kept', title: 'A question of old', createdAt: 1, updatedAt: 1 });
          };
          const database = await finished(opening);
          if (givesWay) database.onversionchange = () => database.close();
          Object.assign(globalThis, { held: database });
        },
        [databaseName, stores, index === 0, closes] as const,
      );
    }
    return pages;
  }

  const titles = async () => (await sendFrom(lookout)('conversations/list', null)).map(({ title }) => title);

  test('takes the library over within five seconds when they give way', async () => {
    const pages = await holdFirstLibrary(isWell);
    const startedAt = Date.now();
    expect(await titles()).toEqual(['A question of old']);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    for (const page of pages) await page.close();
  });

  test('asks within five seconds to be reloaded when they do not, and takes it over when they have gone', async () => {
    const pages = await holdFirstLibrary(isStuck);
    const startedAt = Date.now();
    await expect(sendFrom(lookout)('library/overview', null)).rejects.toThrow('storage-blocked');
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    panel = await stage.openPanel('/kitchen/sourdough');
    await panel.getByText('Another window still has the library open in its old form.').waitFor();
    await panel.getByRole('button', { name: 'Reload Commonplace' }).waitFor();
    expect(await panel.getByRole('alert').count(), 'said once').toBe(1);
    expect(await panel.getByText('Nothing to ask yet').count()).toBe(0);
    for (const page of pages) await page.close();
    await panel.getByRole('banner').getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => panel.getByRole('alert').count()).toBe(0);
    expect(await titles()).toEqual(['A question of old']);
  });
});

describe('A library that is lost', () => {
  test('gives way to an empty one only after a question, and the extension works again', async () => {
    await stage.extension.killWorker();
    await failToOpen(1_000);
    await panel.reload();
    await panel.getByRole('button', { name: 'Begin a new library' }).click();
    const question = panel.getByRole('alertdialog');
    await question.getByText('What was saved can then only come back from a backup.').waitFor();
    await question.getByRole('button', { name: 'Delete' }).click();
    await question.waitFor({ state: 'detached' });
    await panel.getByText('Nothing to ask yet').waitFor();
    expect(await titlesOfPages()).toEqual([]);
    panel = await stage.openPanel('/kitchen/sourdough');
    await savePage(panel);
    expect(await titlesOfPages()).toHaveLength(1);
  });

  test('is left alone when it was written by a newer version', async () => {
    await lookout.evaluate(
      ([name, version]) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name, version);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error);
        }),
      [databaseName, schemaVersion + 1] as const,
    );
    await expect(sendFrom(lookout)('library/overview', null)).rejects.toThrow('storage-newer');
    await expect(sendFrom(lookout)('storage/start-anew', null)).rejects.toThrow('storage-newer');
    await panel.reload();
    await panel.getByText('This library was written by a newer version of Commonplace').waitFor();
    expect(await panel.getByRole('button', { name: 'Begin a new library' }).count()).toBe(0);
  });

  const titlesOfPages = async () => (await savedPages(lookout)).map(({ title }) => title);
});
