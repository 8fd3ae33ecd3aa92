import type { Runtime } from 'webextension-polyfill';
import { ProblemError } from '../core/problem';
import type { WatchedTab } from './auto-save/auto-save';

/** @throws ProblemError `page-gone` */
export function tabOf(sender: Runtime.MessageSender): { id: number; url: string } {
  const id = sender.tab?.id;
  if (id === undefined) throw new ProblemError({ code: 'page-gone' });
  return { id, url: sender.url ?? '' };
}

/** A tab of which it is not known is taken for private. @throws ProblemError `page-gone` */
export function watchedTabOf(sender: Runtime.MessageSender): WatchedTab {
  return { ...tabOf(sender), isPrivate: sender.tab?.incognito !== false };
}
