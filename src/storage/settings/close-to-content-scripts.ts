import browser from 'webextension-polyfill';

/** Chromium's way to say who may read a storage area, which the polyfill's types don't know. Elsewhere content scripts have no such right to take away. */
interface GuardedArea {
  setAccessLevel?(options: { accessLevel: 'TRUSTED_CONTEXTS' }): Promise<void>;
}

/** Lets no content script read what is stored, the key above all: it runs in the process of a page, and whoever has that has the script. */
export async function closeToContentScripts(): Promise<void> {
  await (browser.storage.local as GuardedArea).setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}
