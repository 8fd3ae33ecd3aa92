import browser from 'webextension-polyfill';
import type { TuningJob } from '../../../core/tuning/training/tuning-job';
import { tunePath } from '../../../protocol/panel-address';
import type { Library } from '../../../storage/schema';
import { type AnnouncerBrowser, notificationPrefix, type TrainingAnnouncer, trainingAnnouncer } from './training-announcer';

const markColour = '#2f6b4f';

/** Tells of ended jobs by the browser's own means. To be called while the worker starts, for only then is a click heard that started it. */
export function browserAnnouncer(openLibrary: () => Promise<Library>): TrainingAnnouncer {
  listenForClicks();
  // The function is not there before it is allowed.
  browser.permissions.onAdded.addListener(listenForClicks);
  const mayNotify: AnnouncerBrowser['mayNotify'] = () => browser.permissions.contains({ permissions: ['notifications'] });
  return trainingAnnouncer(openLibrary, { mayNotify, notify, mark }, wordsOf);
}

function listenForClicks(): void {
  const clicked = (browser as Partial<typeof browser>).notifications?.onClicked;
  if (clicked && !clicked.hasListener(openTune)) clicked.addListener(openTune);
}

function openTune(id: string): void {
  if (!id.startsWith(notificationPrefix)) return;
  void browser.notifications.clear(id);
  // In a tab: whether a click on a notification may open the side panel is up to the system that shows it.
  void browser.tabs.create({ url: browser.runtime.getURL(tunePath()) });
}

async function notify(id: string, title: string, message: string): Promise<void> {
  await browser.notifications.create(id, { type: 'basic', iconUrl: browser.runtime.getURL('icons/128.png'), title, message });
}

async function mark(words?: string): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: markColour });
  await browser.action.setBadgeText({ text: words === undefined ? '' : '●' });
  await browser.action.setTitle({ title: words ?? browser.i18n.getMessage('action_title') });
}

function wordsOf({ state, plan, tunedModel }: TuningJob): { title: string; message: string } {
  const title = browser.i18n.getMessage(state === 'succeeded' ? 'training_succeeded' : 'training_failed');
  return { title, message: tunedModel ?? plan.model };
}
