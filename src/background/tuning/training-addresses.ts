import { ProblemError } from '../../core/problem';
import type { TuningJob, TuningServiceName } from '../../core/tuning/tuning-job';
import type { TuningService } from '../../models/tuning-service';
import type { ModelAccess } from '../../storage/model-settings';
import type { TuningServiceAccess } from '../../storage/tuning-services';
import { hindrancesOfAccess } from './estimate-training';
import { baseUrlOf, changedAccess, keyOf, type TuningServiceAddress } from './training-access';

export interface TrainingAddressesTools {
  readonly readAccess: (name: TuningServiceName) => Promise<TuningServiceAccess>;
  readonly writeAccess: (name: TuningServiceName, access: TuningServiceAccess) => Promise<void>;
  readonly readChatAccess: () => Promise<ModelAccess>;
  readonly mayReach: (originPattern: string) => Promise<boolean>;
  readonly openService: (name: TuningServiceName, address: TuningServiceAddress) => TuningService;
}

/** The services at the addresses that the person set, with the keys given for those. */
export interface TrainingAddresses {
  /** @param baseUrl absent: where it is asked now */
  addressOf(name: TuningServiceName, baseUrl?: string): Promise<TuningServiceAddress>;
  /** To know what it offers; nothing is asked. */
  describe(name: TuningServiceName, address: TuningServiceAddress): TuningService;
  /** @throws ProblemError when the service may not be asked there */
  open(name: TuningServiceName, baseUrl?: string): Promise<TuningService>;
  /** The service of a job, at the job's own address. @throws the same */
  openFor(job: Pick<TuningJob, 'plan' | 'baseUrl'>): Promise<TuningService>;
  /** @param set as `changedAccess` has it */
  set(
    name: TuningServiceName,
    set: { readonly baseUrl: string; readonly newKey: string | undefined },
    addressesInUse: readonly string[],
  ): Promise<void>;
}

export function trainingAddresses(tools: TrainingAddressesTools): TrainingAddresses {
  const { readAccess, readChatAccess, mayReach, openService } = tools;
  const addressOf: TrainingAddresses['addressOf'] = async (name, at) => {
    const [access, chat] = await Promise.all([readAccess(name), readChatAccess()]);
    const baseUrl = at ?? baseUrlOf(name, access, chat);
    return { baseUrl, apiKey: keyOf(baseUrl, access, chat) };
  };
  const open: TrainingAddresses['open'] = async (name, at) => {
    const address = await addressOf(name, at);
    const [hindrance] = await hindrancesOfAccess(address, mayReach);
    if (hindrance) throw new ProblemError(hindrance);
    return openService(name, address);
  };
  return {
    addressOf,
    describe: openService,
    open,
    openFor: ({ plan, baseUrl }) => open(plan.service, baseUrl),
    async set(name, set, addressesInUse) {
      const [access, chat] = await Promise.all([readAccess(name), readChatAccess()]);
      await tools.writeAccess(name, changedAccess(access, name, set, addressesInUse, chat));
    },
  };
}
