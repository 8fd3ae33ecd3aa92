import { originPattern } from '../../core/origin-pattern';
import { ProblemError } from '../../core/problem';
import { trainingServices } from '../../core/tuning/training-services';
import type { TuningServiceName } from '../../core/tuning/tuning-job';
import type { ModelAccess } from '../../storage/model-settings';
import type { TuningServiceAccess } from '../../storage/tuning-services';
import { keyForOrigin, sameOrigin } from '../model-access/change-settings';

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
  return keys.find(({ origin }) => sameOrigin(origin, baseUrl))?.apiKey ?? keyForOrigin(chat, baseUrl);
}

/**
 * What to store when the person sets a service. Keys of addresses before it stay for as long as jobs go on there.
 * @param baseUrl empty: the provider's own, or the chat's
 * @param newKey absent: as it was; empty: forgotten, at the addresses before it too
 * @param addressesInUse of jobs that have not ended
 * @throws ProblemError `model-address-invalid`
 */
export function changedAccess(
  before: TuningServiceAccess,
  name: TuningServiceName,
  { baseUrl, newKey }: { readonly baseUrl: string; readonly newKey: string | undefined },
  addressesInUse: readonly string[],
  chat: ModelAccess,
): TuningServiceAccess {
  const written = baseUrl.trim().replace(/\/+$/, '');
  if (written !== '' && originPattern(written) === undefined) throw new ProblemError({ code: 'model-address-invalid', detail: written });
  const address = baseUrlOf(name, written === '' ? {} : { baseUrl: written }, chat);
  const kept =
    newKey === '' ? [] : before.keys.filter(({ origin }) => [address, ...addressesInUse].some((used) => sameOrigin(origin, used)));
  const others = newKey === undefined ? kept : kept.filter(({ origin }) => !sameOrigin(origin, address));
  const given = newKey === undefined ? [] : [{ origin: new URL(address).origin, apiKey: newKey.trim() }];
  return { ...(written === '' ? {} : { baseUrl: written }), keys: [...others, ...given] };
}
