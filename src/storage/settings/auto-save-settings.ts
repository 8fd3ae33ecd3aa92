import browser from 'webextension-polyfill';
import { type AutoSaveSettings, defaultAutoSaveSettings } from '../../core/capture/auto-save';

const settingsKey = 'autoSave';

export async function readAutoSaveSettings(): Promise<AutoSaveSettings> {
  const stored = await browser.storage.local.get(settingsKey);
  return { ...defaultAutoSaveSettings, ...(stored[settingsKey] as Partial<AutoSaveSettings> | undefined) };
}

export async function writeAutoSaveSettings(settings: AutoSaveSettings): Promise<void> {
  await browser.storage.local.set({ [settingsKey]: settings });
}
