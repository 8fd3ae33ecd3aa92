import browser from 'webextension-polyfill';
import { defaultSpendingSettings, type SpendingSettings } from '../../core/spending/spending-settings';

const settingsKey = 'spending';

export async function readSpendingSettings(): Promise<SpendingSettings> {
  const stored = await browser.storage.local.get(settingsKey);
  return { ...defaultSpendingSettings, ...(stored[settingsKey] as Partial<SpendingSettings> | undefined) };
}

export async function writeSpendingSettings(settings: SpendingSettings): Promise<void> {
  await browser.storage.local.set({ [settingsKey]: settings });
}
