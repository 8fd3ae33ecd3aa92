import browser from 'webextension-polyfill';

const marks = { working: '…', saved: '✓', failed: '!' } as const;
const colours = { working: '#5b5648', saved: '#2f6b4f', failed: '#9b2c1f' } as const;
/** Long enough to be seen, short enough not to stand for a page saved long ago. */
const clearAfterMs = 4_000;

/**
 * Shows on the toolbar icon how a save from the keyboard or the menu went: the panel may be closed.
 * @param words shown when the pointer rests on the icon
 */
export async function showBadge(tabId: number, state: keyof typeof marks, words = ''): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ tabId, color: colours[state] });
  await browser.action.setBadgeText({ tabId, text: marks[state] });
  // Empty goes back to the name of the button.
  await browser.action.setTitle({ tabId, title: words });
  if (state === 'saved') setTimeout(() => void browser.action.setBadgeText({ tabId, text: '' }).catch(() => {}), clearAfterMs);
}
