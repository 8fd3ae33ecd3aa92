import browser from 'webextension-polyfill';
import type { TuningServiceName } from '../../core/tuning/training/tuning-job';

const servicesKey = 'tuningServices';
/** Apart from the addresses, so that reading those never touches it. */
const serviceKeysKey = 'tuningServiceKeys';

export interface TuningServiceKey {
  readonly origin: string;
  /** Empty when the person wants none sent there. */
  readonly apiKey: string;
  /** It was the chat's, which has left that server while jobs go on there. */
  readonly isOfChat?: true;
}

/** What the person set about one service. */
export interface TuningServiceAccess {
  /** Absent until an address is set. */
  readonly baseUrl?: string;
  /** Of the address, and of those before it that jobs still go on at. */
  readonly keys: readonly TuningServiceKey[];
}

type OfServices<Value> = Partial<Record<TuningServiceName, Value>>;

/** Address and keys as they were at one moment. */
export async function readTuningServiceAccess(name: TuningServiceName): Promise<TuningServiceAccess> {
  const stored = await browser.storage.local.get([servicesKey, serviceKeysKey]);
  const baseUrl = (stored[servicesKey] as OfServices<string> | undefined)?.[name];
  const keys = (stored[serviceKeysKey] as OfServices<readonly TuningServiceKey[]> | undefined)?.[name] ?? [];
  return { ...(baseUrl === undefined ? {} : { baseUrl }), keys };
}

export async function writeTuningServiceAccess(name: TuningServiceName, { baseUrl, keys }: TuningServiceAccess): Promise<void> {
  const stored = await browser.storage.local.get([servicesKey, serviceKeysKey]);
  const { [name]: _, ...others } = (stored[servicesKey] ?? {}) as OfServices<string>;
  await browser.storage.local.set({
    [servicesKey]: baseUrl === undefined ? others : { ...others, [name]: baseUrl },
    [serviceKeysKey]: { ...(stored[serviceKeysKey] as object | undefined), [name]: keys },
  });
}
