import browser from 'webextension-polyfill';
import { backedUpSettings } from './backup-settings';

/** The settings that are in a backup, each as it is stored; those that were never set are absent. */
export function readBackedUpSettings(): Promise<Readonly<Record<string, unknown>>> {
  return browser.storage.local.get(backedUpSettings);
}
