import { ProblemError } from '../../../core/problem';
import { type TuningJob, type TuningServiceName, tuningServiceNames } from '../../../core/tuning/training/tuning-job';
import type { TuningService } from '../../../models/tuning-service';
import type { StoredTuningJob } from '../../../storage/schema';
import type { ModelAccess } from '../../../storage/settings/model-settings';
import type { TuningServiceAccess } from '../../../storage/tuning/tuning-services';
import { hindrancesOfAccess } from './estimate-training';
import {
  accessAsChatMoves,
  addressesInUse,
  baseUrlOf,
  changedAccess,
  keyOf,
  type TuningServiceAddress,
  withoutUnusedKeys,
} from './training-access';

export interface TrainingAddressesTools {
  readonly readAccess: (name: TuningServiceName) => Promise<TuningServiceAccess>;
  readonly writeAccess: (name: TuningServiceName, access: TuningServiceAccess) => Promise<void>;
  readonly readChatAccess: () => Promise<ModelAccess>;
  readonly listJobs: () => Promise<StoredTuningJob[]>;
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
  set(name: TuningServiceName, set: { readonly baseUrl: string; readonly newKey: string | undefined }): Promise<void>;
  /** To be told before the chat's settings are changed. @param to as `accessAsChatMoves` has it */
  chatMoves(to: { readonly baseUrl: string; readonly newKey: string | undefined }): Promise<void>;
  /** Forgets the keys that were kept for jobs which are over. */
  forgetUnusedKeys(): Promise<void>;
}

export function trainingAddresses(tools: TrainingAddressesTools): TrainingAddresses {
  const { readAccess, readChatAccess, listJobs, mayReach, openService } = tools;
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
  const changeEach = async (changed: (access: TuningServiceAccess, inUse: readonly string[]) => TuningServiceAccess) => {
    const jobs = await listJobs();
    for (const name of tuningServiceNames) {
      const access = await readAccess(name);
      const after = changed(access, addressesInUse(name, jobs));
      if (JSON.stringify(after.keys) !== JSON.stringify(access.keys)) await tools.writeAccess(name, after);
    }
  };
  return {
    addressOf,
    describe: openService,
    open,
    openFor: ({ plan, baseUrl }) => open(plan.service, baseUrl),
    async set(name, set) {
      const [access, chat, jobs] = await Promise.all([readAccess(name), readChatAccess(), listJobs()]);
      await tools.writeAccess(name, changedAccess(access, name, set, addressesInUse(name, jobs), chat));
    },
    async chatMoves(to) {
      const chat = await readChatAccess();
      await changeEach((access, inUse) => accessAsChatMoves(access, chat, to, inUse));
    },
    forgetUnusedKeys: () => changeEach(withoutUnusedKeys),
  };
}
