import browser from 'webextension-polyfill';

/** How the page in a tab stands with the library. Times are milliseconds since 1970. */
export type PageState =
  | { readonly name: 'none' | 'secret' }
  /** When it was saved. */
  | { readonly name: 'saved' | 'changed'; readonly time: number }
  /** Until when. */
  | { readonly name: 'paused'; readonly time: number };

const marks = { working: '…', saved: '✓', failed: '!', changed: '±', paused: 'II', secret: '', none: '' } as const;
const colours = {
  working: '#5b5648',
  saved: '#2f6b4f',
  failed: '#9b2c1f',
  changed: '#7a5200',
  paused: '#5b5648',
  secret: '#5b5648',
  none: '#5b5648',
} as const;
/** Long enough to be seen, short enough not to stand for a page saved long ago. */
const clearAfterMs = 4_000;

/**
 * Shows on the toolbar icon how a save from the keyboard or the menu went: the panel may be closed.
 * @param words shown when the pointer rests on the icon
 * @param cleared called when the mark has been taken away again
 */
export async function showBadge(tabId: number, name: 'working' | 'saved' | 'failed', words = '', cleared = () => {}): Promise<void> {
  await show(tabId, name, words);
  if (name !== 'saved') return;
  const clear = async () => {
    await browser.action.setBadgeText({ tabId, text: '' });
    cleared();
  };
  setTimeout(() => void clear().catch(() => {}), clearAfterMs);
}

/** Shows how the page in the tab stands, until the tab goes on to another page. */
export async function showPageState(tabId: number, state: PageState): Promise<void> {
  await show(tabId, state.name, wordsFor(state));
}

async function show(tabId: number, name: keyof typeof marks, words: string): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ tabId, color: colours[name] });
  await browser.action.setBadgeText({ tabId, text: marks[name] });
  // Empty goes back to the name of the button.
  await browser.action.setTitle({ tabId, title: words });
}

function wordsFor(state: PageState): string {
  switch (state.name) {
    case 'none':
      return '';
    case 'secret':
      return browser.i18n.getMessage('badge_secret');
    case 'saved':
      return browser.i18n.getMessage('badge_saved', [format(state.time, { dateStyle: 'medium' })]);
    case 'changed':
      return browser.i18n.getMessage('badge_changed', [format(state.time, { dateStyle: 'medium' })]);
    case 'paused':
      return browser.i18n.getMessage('badge_paused', [format(state.time, { timeStyle: 'short' })]);
  }
}

function format(time: number, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(browser.i18n.getUILanguage(), style).format(time);
}
