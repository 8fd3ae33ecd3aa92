import { batch, computed, signal } from '@preact/signals';
import { webOrigin } from '../../../core/capture/web-origin';
import type { ModelSettings } from '../../../core/models/settings';
import { newestOnly } from '../../../core/newest-only';
import { type Problem, ProblemError, problemOf } from '../../../core/problem';
import { answeringAddress } from '../../../core/tuning/training/answering-address';
import type { TuningJob, TuningJobCourse, TuningJobId, TuningPlan, TuningServiceName } from '../../../core/tuning/training/tuning-job';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { TuningPlanEstimate, TuningServiceStatus } from '../../../protocol/tuning-job-requests';
import type { WorkerRequests } from '../../../protocol/worker-requests';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';

export type TrainState = ReturnType<typeof createTrainState>;

type Work = 'asking' | 'pricing' | 'starting';
type Availability = WorkerRequests['tuning-jobs/availability']['reply'];
type JobRequest = 'tuning-jobs/pause' | 'tuning-jobs/resume' | 'tuning-jobs/cancel';

const firstPlan: TuningPlan = {
  service: 'openai',
  model: '',
  method: 'supervised',
  parameters: {},
  withSystemPrompt: true,
  withValidation: true,
};

interface TrainTools {
  readonly client: Pick<Client, 'send' | 'requestAccess' | 'hasNotifications' | 'requestNotifications' | 'copyText'>;
  /** The settings were changed here. */
  readonly settingsChanged: () => void;
  /** Has the person set the rest, such as the key, in Settings. */
  readonly openSettings: (begun: Pick<ModelSettings, 'baseUrl' | 'chatModel'>) => void;
  /** Has two models put side by side, to be judged. */
  readonly compare: (models: readonly [string, string]) => void;
  readonly newId: () => string;
}

/** Training at a service: what is to be trained and at what price, and the jobs, as far as they are. */
export function createTrainState({ client, settingsChanged, openSettings, compare, newId }: TrainTools) {
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
  /** What kept the services and jobs from being read. */
  const listProblem = signal<Problem | undefined>();
  /** How far the counting of the tokens is. */
  const countedPercent = signal<number | undefined>();
  const jobs = signal<readonly TuningJob[] | undefined>();
  const courses = signal<ReadonlyMap<TuningJobId, TuningJobCourse>>(new Map());
  /** What kept something from being done with a job. */
  const jobProblems = signal<ReadonlyMap<TuningJobId, Problem>>(new Map());
  const isFormOpen = signal(false);
  /** The job that was started just now, to which the person is taken. */
  const started = signal<TuningJobId | undefined>();
  /** Absent until it is known. */
  const isNotified = signal<boolean | undefined>();
  /** The model that was chosen to be asked from now on. */
  const used = signal<string | undefined>();
  const copied = signal<string | undefined>();
  /** The field of the key is to have the focus. */
  const isKeyWanted = signal(false);
  /** The form is to have the focus. */
  const isFormWanted = signal(false);
  let isShown = false;

  const attempt = attemptNoting(problem);
  const attemptToRead = attemptNoting(listProblem);
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

  const readCourse = async (id: TuningJobId) => {
    const { course } = await client.send('tuning-jobs/read', { id });
    courses.value = new Map([...courses.value, [id, course]]);
  };

  /** Those that are looked at. */
  const opened = new Set<TuningJobId>();

  const refresh = newestOnly(async () => {
    await attemptToRead(async () => {
      const known = await client.send('tuning-jobs/list', null);
      jobs.value = known;
      for (const { id } of known) if (opened.has(id)) await readCourse(id);
    });
  });

  const noteJobProblem = (id: TuningJobId, found: Problem | undefined) => {
    const others = [...jobProblems.value].filter(([one]) => one !== id);
    jobProblems.value = new Map(found ? [...others, [id, found]] : others);
  };

  const withJob = async (id: TuningJobId, action: () => Promise<unknown>) => {
    try {
      await action();
      noteJobProblem(id, undefined);
    } catch (error) {
      noteJobProblem(id, problemOf(error));
    }
    await refresh(undefined);
  };

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
    listProblem,
    countedPercent,
    jobs,
    courses,
    jobProblems,
    isFormOpen,
    started,
    isNotified,
    used,
    copied,
    isKeyWanted,
    isFormWanted,

    /** Reads what is shown, and keeps it as it is by now until `leave`. */
    async load() {
      isShown = true;
      const [known, isAllowed] = [client.send('tuning-jobs/services', null), client.hasNotifications()];
      if (await attemptToRead(async () => accept(await known))) await refresh(undefined);
      isNotified.value = await isAllowed.catch(() => false);
    },

    leave() {
      isShown = false;
    },

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
        await refresh(undefined);
        batch(() => {
          estimate.value = undefined;
          isFormOpen.value = false;
          started.value = id;
        });
      });
    },

    async notify() {
      isNotified.value = await client.requestNotifications().catch(() => false);
    },

    /** Has what the service told of a job read, and read again with each change. */
    async open(id: TuningJobId) {
      opened.add(id);
      await attemptToRead(() => readCourse(id));
    },

    close: (id: TuningJobId) => void opened.delete(id),

    order: (request: JobRequest, id: TuningJobId) => withJob(id, () => client.send(request, { id })),

    /** Takes up what a problem has held up. Asks for access at once, if that is what is missing. */
    retry({ id, baseUrl, problem: held }: TuningJob) {
      const access = held?.code === 'model-permission-missing' ? client.requestAccess(baseUrl) : Promise.resolve(true);
      return withJob(id, async () => (await access) && client.send('tuning-jobs/refresh', { id }));
    },

    forget: (id: TuningJobId) =>
      withJob(id, async () => {
        await client.send('tuning-jobs/forget', { id });
        opened.delete(id);
      }),

    /** Has the model write answers from now on. The key of another server is not the extension's to take there. */
    use: ({ id, plan: { service: name }, baseUrl }: TuningJob, model: string) =>
      withJob(id, async () => {
        const { hasKey: _, ...settings } = await client.send('settings/read', null);
        if (webOrigin(settings.baseUrl) !== webOrigin(baseUrl)) {
          openSettings({ baseUrl: answeringAddress(name, baseUrl), chatModel: model });
          return;
        }
        await client.send('settings/write', { settings: { ...settings, chatModel: model } });
        used.value = model;
        settingsChanged();
      }),

    /** With the model that it was tuned from. */
    compareWithBase: ({ plan: { model: base } }: TuningJob, model: string) => compare([base, model]),

    async copy(model: string) {
      if (await attempt(() => client.copyText(model))) copied.value = model;
    },

    receive(event: LibraryEvent) {
      if (event.type === 'examples-changed') estimate.value = undefined;
      if (event.type === 'tuning-set-counted' && working.value)
        countedPercent.value = Math.floor((100 * event.done) / Math.max(1, event.total));
      if (event.type === 'tuning-jobs-changed' && isShown) void refresh(undefined);
    },

    refresh: () => void (isShown && refresh(undefined)),
  };
}
