import { originPattern } from '../../../core/capture/origin-pattern';
import { ProblemError } from '../../../core/problem';
import { trainingServices } from '../../../core/tuning/training/training-services';
import { hasEnded, type TuningServiceName } from '../../../core/tuning/training/tuning-job';
import type { StoredTuningJob } from '../../../storage/schema';
import type { ModelAccess } from '../../../storage/settings/model-settings';
import type { TuningServiceAccess } from '../../../storage/tuning/tuning-services';
import { keyForOrigin, sameOrigin } from '../../model-access/change-settings';

/** Where a service is asked, and with what. */
export interface TuningServiceAddress {
  readonly baseUrl: string;
  /** Empty when there is none. */
  readonly apiKey: string;
}

/** The service that is called OpenAI begins as the server of the chat, which may be another of its kind. */
export function baseUrlOf(name: TuningServiceName, { baseUrl }: Pick<TuningServiceAccess, 'baseUrl'>, { settings }: ModelAccess): string {
  return baseUrl ?? ((name === 'openai' && settings.baseUrl) || trainingServices[name].baseUrl);
}

/** The key that was given for an address's origin, here or for the chat; empty when there is none. */
export function keyOf(baseUrl: string, { keys }: TuningServiceAccess, chat: ModelAccess): string {
  const there = keys.filter(({ origin }) => sameOrigin(origin, baseUrl));
  const given = there.find(({ isOfChat }) => !isOfChat);
  return given?.apiKey ?? (keyForOrigin(chat, baseUrl) || (there[0]?.apiKey ?? ''));
}

/** Where a service is asked for jobs that something is left to be done for. */
export function addressesInUse(name: TuningServiceName, records: readonly Pick<StoredTuningJob, 'job' | 'leftToDo'>[]): string[] {
  const inUse = records.filter(({ job, leftToDo }) => job.plan.service === name && (!hasEnded(job.state) || leftToDo.length > 0));
  return inUse.map(({ job }) => job.baseUrl);
}

/** Without the keys that were kept for jobs which are over. */
export function withoutUnusedKeys(before: TuningServiceAccess, inUse: readonly string[]): TuningServiceAccess {
  return { ...before, keys: before.keys.filter(({ origin, isOfChat }) => !isOfChat || isAmong(origin, inUse)) };
}

/**
 * What to store before the chat's settings are changed: jobs that go on with its key keep it.
 * @param baseUrl the chat's from now on
 * @param newKey empty: the person wants it forgotten
 */
export function accessAsChatMoves(
  before: TuningServiceAccess,
  chat: ModelAccess,
  { baseUrl, newKey }: { readonly baseUrl: string; readonly newKey: string | undefined },
  inUse: readonly string[],
): TuningServiceAccess {
  if (newKey === '') return withoutUnusedKeys(before, []);
  const left = chat.settings.baseUrl;
  const access = withoutUnusedKeys(before, inUse);
  if (sameOrigin(left, baseUrl) || !isAmong(left, inUse) || chat.apiKey === '') return access;
  if (access.keys.some(({ origin, isOfChat }) => !isOfChat && sameOrigin(origin, left))) return access;
  const others = access.keys.filter(({ origin }) => !sameOrigin(origin, left));
  return { ...access, keys: [...others, { origin: new URL(left).origin, apiKey: chat.apiKey, isOfChat: true }] };
}

/**
 * What to store when the person sets a service. Keys of addresses before it stay for as long as jobs go on there.
 * @param baseUrl empty: the provider's own, or the chat's
 * @param newKey absent: as it was; empty: forgotten, at the addresses before it too
 * @param inUse see `addressesInUse`
 * @throws ProblemError `model-address-invalid`
 */
export function changedAccess(
  before: TuningServiceAccess,
  name: TuningServiceName,
  { baseUrl, newKey }: { readonly baseUrl: string; readonly newKey: string | undefined },
  inUse: readonly string[],
  chat: ModelAccess,
): TuningServiceAccess {
  const written = baseUrl.trim().replace(/\/+$/, '');
  if (written !== '' && originPattern(written) === undefined) throw new ProblemError({ code: 'model-address-invalid', detail: written });
  const address = baseUrlOf(name, written === '' ? {} : { baseUrl: written }, chat);
  const kept = newKey === '' ? [] : withoutUnusedKeys(before, inUse).keys.filter(({ origin }) => isAmong(origin, [address, ...inUse]));
  const others = newKey === undefined ? kept : kept.filter(({ origin }) => !sameOrigin(origin, address));
  const given = newKey === undefined ? [] : [{ origin: new URL(address).origin, apiKey: newKey.trim() }];
  return { ...(written === '' ? {} : { baseUrl: written }), keys: [...others, ...given] };
}

function isAmong(origin: string, addresses: readonly string[]): boolean {
  return addresses.some((address) => sameOrigin(origin, address));
}
