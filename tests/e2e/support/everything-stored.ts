import type { Page } from 'playwright-core';

/** All that an extension has stored in the browser, as text by place. @param page one of the extension's own */
export function everythingStored(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: { storage: Record<'local' | 'session' | 'sync', StorageArea> } };
    const places: Record<string, string> = {};
    for (const area of ['local', 'session', 'sync'] as const) {
      for (const [key, value] of Object.entries(await chrome.storage[area].get(null)))
        places[`storage.${area} ${key}`] = JSON.stringify(value);
    }
    for (const [key, value] of Object.entries(localStorage)) places[`localStorage ${key}`] = String(value);
    for (const [key, value] of Object.entries(sessionStorage)) places[`sessionStorage ${key}`] = String(value);
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => {
          request.onsuccess = resolve;
        });
        places[`${name} ${store}`] = JSON.stringify(request.result);
      }
      database.close();
    }
    for (const name of await caches.keys()) places[`cache ${name}`] = name;
    return places;
  });
}

interface StorageArea {
  get(keys: null): Promise<Record<string, unknown>>;
}
