import browser, { type Runtime } from 'webextension-polyfill';

/** A script of ours in the top document of a tab. */
export function isWebPage(sender: Runtime.MessageSender): boolean {
  return sender.id === browser.runtime.id && sender.tab?.id !== undefined && sender.frameId === 0 && !isOwnPage(sender);
}

/** The panel, the reader, or another page of the extension. */
export function isOwnPage(sender: Runtime.MessageSender): boolean {
  return sender.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL(''));
}
