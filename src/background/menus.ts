import browser, { type Menus } from 'webextension-polyfill';

const items = { page: 'save-page', selection: 'save-selection', link: 'save-link' } as const;

/** Adds what can be saved to the menu of pages. Once for each installation: the browser keeps it. */
export function createMenus(): void {
  browser.contextMenus.create({
    id: items.page,
    title: browser.i18n.getMessage('menu_save_page'),
    contexts: ['page', 'frame', 'selection', 'link', 'image', 'video', 'audio'],
  });
  browser.contextMenus.create({ id: items.selection, title: browser.i18n.getMessage('menu_save_selection'), contexts: ['selection'] });
  browser.contextMenus.create({
    id: items.link,
    title: browser.i18n.getMessage('menu_save_link'),
    contexts: ['link'],
    targetUrlPatterns: ['https://*/*', 'http://*/*'],
  });
}

/** What was chosen in the menu. @returns `url` of a link */
export function wishOf({ menuItemId, linkUrl }: Menus.OnClickData): { what: keyof typeof items | undefined; url?: string } {
  const [what] = (Object.keys(items) as (keyof typeof items)[]).filter((name) => items[name] === menuItemId);
  return { what, ...(what === 'link' && linkUrl ? { url: linkUrl } : {}) };
}
