import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemOf } from '../../../src/core/problem';
import { migrations, schemaVersion } from '../../../src/storage/migrations/migrations';
import { libraryOpener, openLibrary } from '../../../src/storage/open-library';
import { databaseName, type SegmentId } from '../../../src/storage/schema';
import { startAnew } from '../../../src/storage/start-anew';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** The next so many attempts to open the library fail, as those of a browser whose files are damaged. */
function failToOpen(times: number, name = 'UnknownError') {
  const open = indexedDB.open.bind(indexedDB);
  const attempts = { count: 0, left: times };
  indexedDB.open = (...args) => {
    attempts.count += 1;
    attempts.left -= 1;
    if (attempts.left >= 0) throw new DOMException('Internal error opening backing store.', name);
    return open(...args);
  };
  return attempts;
}

const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => undefined,
    (error: unknown) => problemOf(error).code,
  );

describe('A library that fails to open', () => {
  it('is opened once more before anyone hears of it', async () => {
    const attempts = failToOpen(1);
    const library = await libraryOpener()();
    expect(await library.count('pages')).toBe(0);
    expect(attempts.count).toBe(2);
  });

  it('is reported when it fails again, and tried anew by the next who asks', async () => {
    const attempts = failToOpen(2);
    const open = libraryOpener();
    expect(await codeOf(open())).toBe('storage-unavailable');
    expect(attempts.count).toBe(2);
    expect(await codeOf(open())).toBeUndefined();
  });

  it('is said to want room, or a newer version, where that is so; then there is no second try', async () => {
    const attempts = failToOpen(1, 'QuotaExceededError');
    expect(await codeOf(libraryOpener()())).toBe('storage-full');
    expect(attempts.count).toBe(1);
    (await openDB(databaseName, schemaVersion + 1)).close();
    expect(await codeOf(libraryOpener()())).toBe('storage-newer');
  });
});

it('A migration that fails is taken back whole, and said to have failed', async () => {
  // Of version 1 by its number, but with none of its stores.
  (await openDB(databaseName, 1, { upgrade: (database) => void database.createObjectStore('conversations') })).close();
  expect(await codeOf(libraryOpener()())).toBe('storage-unavailable');
  const untouched = await openDB(databaseName);
  expect([untouched.version, [...untouched.objectStoreNames]]).toEqual([1, ['conversations']]);
});

describe('Another context', () => {
  it('that holds the library in an older form is waited for, for less than five seconds', { timeout: 20_000 }, async () => {
    const old = await openDB(databaseName, 1, {
      upgrade: (database, _from, _to, transaction) => migrations[0]?.(database as never, transaction as never),
    });
    const startedAt = Date.now();
    expect(await codeOf(openLibrary())).toBe('storage-blocked');
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(await codeOf(openLibrary()), 'and again, by the next who asks').toBe('storage-blocked');
    old.close();
    // What had been given up must not hold it in its turn.
    await expect.poll(async () => (await indexedDB.databases()).map(({ version }) => version)).toEqual([schemaVersion]);
    const newer = await openDB(databaseName, schemaVersion + 1);
    expect(newer.version).toBe(schemaVersion + 1);
  });

  it('that upgrades the library is given way to', async () => {
    const open = libraryOpener();
    await open();
    const newer = await openDB(databaseName, schemaVersion + 1);
    expect(newer.version).toBe(schemaVersion + 1);
    expect(await codeOf(open())).toBe('storage-newer');
  });
});

it('A build that would misread its dictionaries, one of version 10, finds a library newer than itself, and one of its own is taken over as it is', async () => {
  const before = await openDB(databaseName, 10, {
    async upgrade(database, _from, _to, transaction) {
      for (const migrate of migrations.slice(0, 10)) await migrate(database as never, transaction as never);
    },
  });
  await before.put('termDictionaries', Uint8Array.of(1, 2, 3), [1, 0]);
  before.close();
  const library = await openLibrary();
  expect(await library.get('termDictionaries', [1 as SegmentId, 0])).toEqual(Uint8Array.of(1, 2, 3));
  library.close();
  await expect(openDB(databaseName, 10)).rejects.toThrow(expect.objectContaining({ name: 'VersionError' }));
});

describe('A new library', () => {
  it('takes the place of one that does not open', async () => {
    const open = libraryOpener();
    await (await open()).put('conversations', { id: 'lost', title: '', createdAt: 1, updatedAt: 1 } as never);
    (await open()).close();
    failToOpen(2);
    await startAnew(libraryOpener());
    expect(await (await libraryOpener()()).count('conversations')).toBe(0);
  });

  it('takes the place of none that opens, or that something else keeps from opening', async () => {
    const open = libraryOpener();
    await (await open()).put('conversations', { id: 'kept', title: '', createdAt: 1, updatedAt: 1 } as never);
    expect(await codeOf(startAnew(open))).toBe('internal');
    (await open()).close();
    failToOpen(1, 'QuotaExceededError');
    expect(await codeOf(startAnew(libraryOpener()))).toBe('storage-full');
    expect(await (await libraryOpener()()).count('conversations')).toBe(1);
  });
});
