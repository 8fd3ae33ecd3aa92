import browser from 'webextension-polyfill';
import { defaultModelSettings, type ModelSettings } from '../../core/models/settings';

const settingsKey = 'modelSettings';
/** Apart from the settings, so that reading those never touches it. */
const apiKeyKey = 'modelApiKey';
/** Of another server than the one that is set, while questions are still answered from the vectors of its model. */
const keptKeyKey = 'indexModelApiKey';

export interface KeptKey {
  readonly origin: string;
  readonly apiKey: string;
}

export interface ModelAccess {
  readonly settings: ModelSettings;
  /** Belongs to the address in the settings and no other; empty when there is none. */
  readonly apiKey: string;
  readonly keptKey?: KeptKey;
}

export async function readModelSettings(): Promise<ModelSettings> {
  const stored = await browser.storage.local.get(settingsKey);
  return { ...defaultModelSettings, ...(stored[settingsKey] as Partial<ModelSettings> | undefined) };
}

/** Settings and keys as they were at one moment. */
export async function readModelAccess(): Promise<ModelAccess> {
  const stored = await browser.storage.local.get([settingsKey, apiKeyKey, keptKeyKey]);
  const apiKey = stored[apiKeyKey];
  const keptKey = stored[keptKeyKey] as KeptKey | undefined;
  return {
    settings: { ...defaultModelSettings, ...(stored[settingsKey] as Partial<ModelSettings> | undefined) },
    apiKey: typeof apiKey === 'string' ? apiKey : '',
    ...(keptKey ? { keptKey } : {}),
  };
}

/** Empty when there is none. */
export async function readApiKey(): Promise<string> {
  const stored = await browser.storage.local.get(apiKeyKey);
  return typeof stored[apiKeyKey] === 'string' ? stored[apiKeyKey] : '';
}

/** Stores settings and keys in the place of those that are stored. */
export async function writeModelAccess({ settings, apiKey, keptKey }: ModelAccess): Promise<void> {
  // First the one that may have to go: cut off between the two, a key is missing and never with the wrong server.
  if (!keptKey) await forgetKeptKey();
  await browser.storage.local.set({ [settingsKey]: settings, [apiKeyKey]: apiKey, ...(keptKey ? { [keptKeyKey]: keptKey } : {}) });
}

export async function forgetKeptKey(): Promise<void> {
  await browser.storage.local.remove(keptKeyKey);
}
