import browser from 'webextension-polyfill';
import { defaultModelSettings, type ModelSettings } from '../core/settings';

const settingsKey = 'modelSettings';
/** Apart from the settings, so that reading those never touches it. */
const apiKeyKey = 'modelApiKey';

export async function readModelSettings(): Promise<ModelSettings> {
  const stored = await browser.storage.local.get(settingsKey);
  return { ...defaultModelSettings, ...(stored[settingsKey] as Partial<ModelSettings> | undefined) };
}

/** Settings and key as they were at one moment: the key belongs to this address and no other. */
export async function readModelAccess(): Promise<{ settings: ModelSettings; apiKey: string }> {
  const stored = await browser.storage.local.get([settingsKey, apiKeyKey]);
  const apiKey = stored[apiKeyKey];
  return {
    settings: { ...defaultModelSettings, ...(stored[settingsKey] as Partial<ModelSettings> | undefined) },
    apiKey: typeof apiKey === 'string' ? apiKey : '',
  };
}

/** Empty when there is none. */
export async function readApiKey(): Promise<string> {
  const stored = await browser.storage.local.get(apiKeyKey);
  return typeof stored[apiKeyKey] === 'string' ? stored[apiKeyKey] : '';
}

/** @param apiKey stored with the settings; the one already stored is replaced. */
export async function writeModelSettings(settings: ModelSettings, apiKey: string): Promise<void> {
  await browser.storage.local.set({ [settingsKey]: settings, [apiKeyKey]: apiKey });
}
