import { batch, computed, signal } from '@preact/signals';
import { webOrigin } from '../../../core/capture/web-origin';
import { type Problem, ProblemError, problemOf } from '../../../core/problem';
import type { TuningJob, TuningJobId, TuningPlan, TuningServiceName } from '../../../core/tuning/training/tuning-job';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { TuningPlanEstimate, TuningServiceStatus } from '../../../protocol/tuning-job-requests';
import type { WorkerRequests } from '../../../protocol/worker-requests';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';

type Work = 'asking' | 'pricing' | 'starting';
type Availability = WorkerRequests['tuning-jobs/availability']['reply'];

const firstPlan: TuningPlan = {
  service: 'openai',
  model: '',
  method: 'supervised',
  parameters: {},
  withSystemPrompt: true,
  withValidation: true,
};

export interface PlanTools {
  readonly client: Pick<Client, 'send' | 'requestAccess'>;
  readonly newId: () => string;
  /** Shows the job that was begun. */
  readonly begun: (id: TuningJobId) => void;
}

/** What is to be trained, where and at what price, until it is begun. */
export function createTrainingPlanState({ client, newId, begun }: PlanTools) {
  const services = signal<readonly TuningServiceStatus[] | undefined>();
  const plan = signal(firstPlan);
  /** Of the chosen service, as it is typed; absent while it is the stored one. */
  const typedAddress = signal<string | undefined>();
  const typedKey = signal<string | undefined>();
  /** What the service said when it was asked; of these address and key. */
  const availability = signal<Availability | undefined>();
  /** Of the plan and the examples as they are; absent until it is asked for. */
  const estimate = signal<TuningPlanEstimate | undefined>();
  /** Names what is shown to be begun: pressed again, because no reply came, it begins nothing new. */
  let wish = '';
  const working = signal<Work | undefined>();
  const problem = signal<Problem | undefined>();
  /** How far the counting of the tokens is. */
  const countedPercent = signal<number | undefined>();
  const isFormOpen = signal(false);
  /** The field of the key is to have the focus. */
  const isKeyWanted = signal(false);
  /** The form is to have the focus. */
  const isFormWanted = signal(false);

  const attempt = attemptNoting(problem);
  const service = computed(() => services.value?.find(({ name }) => name === plan.value.service));
  const address = computed(() => typedAddress.value ?? service.value?.baseUrl ?? '');
  const storedKeyFits = computed(() => service.value?.hasKey === true && webOrigin(service.value.baseUrl) === webOrigin(address.value));

  let isStopped = false;
  const perform = async (work: Work, action: () => Promise<void>) => {
    working.value = work;
    isStopped = false;
    await attempt(() =>
      action().catch((error: unknown) => {
        if (!isStopped || problemOf(error).code !== 'interrupted') throw error;
      }),
    );
    batch(() => {
      working.value = undefined;
      countedPercent.value = undefined;
    });
  };

  const accept = (known: readonly TuningServiceStatus[]) =>
    batch(() => {
      services.value = known;
      const { models = [], methods = [] } = service.value ?? {};
      const { model, method } = plan.value;
      plan.value = {
        ...plan.value,
        model: model || (models[0]?.model ?? ''),
        method: methods.includes(method) ? method : (methods[0] ?? method),
      };
      if (estimate.value?.baseUrl !== address.value) estimate.value = undefined;
    });

  /** Has the service asked where, and with what key, the form says. */
  const storeService = async () => {
    const [baseUrl, apiKey] = [address.value, typedKey.value];
    if (baseUrl === service.value?.baseUrl && apiKey === undefined) return;
    const known = await client.send('tuning-jobs/set-service', {
      name: plan.value.service,
      baseUrl,
      ...(apiKey === undefined ? {} : { apiKey }),
    });
    batch(() => {
      typedAddress.value = undefined;
      typedKey.value = undefined;
      accept(known);
    });
  };

  /** Begins to ask for access at once, for the browser heeds only a request made in the click itself. */
  const withAccess = (work: Work, action: () => Promise<void>) => {
    if (!webOrigin(address.value)) {
      problem.value = { code: 'model-address-invalid' };
      return Promise.resolve();
    }
    const access = client.requestAccess(address.value);
    return perform(work, async () => {
      if (!(await access)) throw new ProblemError({ code: 'tuning-access-refused' });
      await storeService();
      await action();
    });
  };

  const chooseService = (name: TuningServiceName) =>
    batch(() => {
      isFormOpen.value = true;
      if (name === plan.value.service) return;
      estimate.value = undefined;
      availability.value = undefined;
      problem.value = undefined;
      typedAddress.value = undefined;
      typedKey.value = undefined;
      // Another service has other models.
      plan.value = { ...plan.value, service: name, model: '', parameters: {} };
      if (services.value) accept(services.value);
    });

  const readPrice = async () => {
    const asked = plan.value;
    const found = await client.send('tuning-jobs/estimate', { plan: asked });
    if (plan.value !== asked) return;
    // The service has moved meanwhile, for it follows the chat, or another panel has moved it.
    if (found.baseUrl !== service.value?.baseUrl) accept(await client.send('tuning-jobs/services', null));
    if (found.baseUrl !== address.value) return;
    estimate.value = found;
    wish = newId();
  };

  /** Begins what was shown, and nothing else: of what is no longer so, the price is read again to be looked at. */
  const begin = async ({ baseUrl, usd }: TuningPlanEstimate) => {
    try {
      const shown = { baseUrl, ...(usd === undefined ? {} : { usd }) };
      return await client.send('tuning-jobs/start', { plan: plan.value, shown, wish });
    } catch (error) {
      if (problemOf(error).code === 'tuning-price-changed') {
        estimate.value = undefined;
        await readPrice();
      }
      throw error;
    }
  };

  const changeAddress = (baseUrl: string) =>
    batch(() => {
      typedAddress.value = baseUrl;
      availability.value = undefined;
      estimate.value = undefined;
    });

  return {
    services,
    service,
    plan,
    address,
    typedKey,
    storedKeyFits,
    availability,
    estimate,
    working,
    problem,
    countedPercent,
    isFormOpen,
    isKeyWanted,
    isFormWanted,
    accept,

    changeAddress,

    /** What was said of another plan holds no longer. */
    changePlan(part: Partial<Omit<TuningPlan, 'service'>>) {
      batch(() => {
        estimate.value = undefined;
        plan.value = { ...plan.value, ...part };
      });
    },

    chooseService,

    changeSuffix(typed: string) {
      const { suffix: _, ...others } = plan.value;
      plan.value = typed ? { ...others, suffix: typed } : others;
      estimate.value = undefined;
    },

    /** @param baseUrl where the key is wanted; absent: where the form says */
    enterKey(name: TuningServiceName, baseUrl?: string) {
      chooseService(name);
      if (baseUrl !== undefined && baseUrl !== address.value) changeAddress(baseUrl);
      isKeyWanted.value = true;
    },

    /** Fills the form as it was for a job, at the address where that was begun. Nothing is asked or sent by it. */
    again({ plan: begun, baseUrl }: TuningJob) {
      batch(() => {
        chooseService(begun.service);
        plan.value = begun;
        estimate.value = undefined;
        problem.value = undefined;
        if (baseUrl !== address.value) changeAddress(baseUrl);
        isFormWanted.value = true;
      });
    },

    forgetKey: () =>
      attempt(async () => {
        const { name, baseUrl } = service.value ?? {};
        if (name && baseUrl) accept(await client.send('tuning-jobs/set-service', { name, baseUrl, apiKey: '' }));
      }),

    ask: () =>
      withAccess('asking', async () => {
        availability.value = undefined;
        availability.value = await client.send('tuning-jobs/availability', { name: plan.value.service });
      }),

    /** Nothing of this leaves the computer. */
    price: () =>
      perform('pricing', async () => {
        await storeService();
        await readPrice();
      }),

    stopCounting() {
      isStopped = true;
      void client.send('tuning-jobs/stop-counting', null).catch(() => {});
    },

    start() {
      const shown = estimate.value;
      return withAccess('starting', async () => {
        if (!shown) return;
        const { id } = await begin(shown);
        // At once: who fills in the form for another while the jobs are read would have it closed over what they type.
        batch(() => {
          estimate.value = undefined;
          isFormOpen.value = false;
          begun(id);
        });
      });
    },

    receive(event: LibraryEvent) {
      if (event.type === 'examples-changed') estimate.value = undefined;
      if (event.type === 'tuning-set-counted' && working.value)
        countedPercent.value = Math.floor((100 * event.done) / Math.max(1, event.total));
    },
  };
}
