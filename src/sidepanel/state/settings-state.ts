import { batch, computed, signal } from '@preact/signals';
import { webOrigin } from '../../core/capture/web-origin';
import { type OfferedModel, refusedByList } from '../../core/models/offered-model';
import type { Refusal } from '../../core/models/refusals';
import { type ChatEndpoint, defaultModelSettings, type ModelSettings } from '../../core/models/settings';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { EmbeddingBacklog, EmbeddingStatus, ModelSettingsView } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type SettingsState = ReturnType<typeof createSettingsState>;

type Work = 'testing' | 'saving' | 'embedding';

export type BacklogCounting = { readonly pagesCounted: number; readonly totalPages: number } | 'stopped';

/** Counting the pages of a large library takes the worker a tenth of a second, which it has better uses for while they are embedded. */
const statusEveryMs = 1_000;

/** What is set about models, and the form in which it is changed. */
export function createSettingsState(client: Pick<Client, 'send' | 'requestAccess'>) {
  const stored = signal<ModelSettingsView | undefined>();
  /** The model that writes answers, as it was last read; empty until then, and when there is none. */
  const chatModel = signal('');
  /** Where it is asked. */
  const chatBaseUrl = signal('');
  const draft = signal<ModelSettings>(defaultModelSettings);
  /** What has been typed as a new key; absent while the stored one is to be kept. */
  const typedKey = signal<string | undefined>();
  const working = signal<Work | undefined>();
  const problem = signal<Problem | undefined>();
  /** The server's models, once it has been tested. */
  const models = signal<readonly OfferedModel[] | undefined>();
  const justSaved = signal(false);
  /** What the model that is being chosen does not take, as far as is known. */
  const refusals = signal<readonly Refusal[]>([]);
  const embedding = signal<EmbeddingStatus | undefined>();
  /** Absent while it is being counted, and while nothing is to be asked because vectors are on their way. */
  const backlog = signal<EmbeddingBacklog | undefined>();
  /** How far the counting of the backlog is; absent unless it takes a while. `stopped` by the person. */
  const counting = signal<BacklogCounting | undefined>();

  /** A stored key belongs to the origin it was stored for, and is of no use to another. */
  const storedKeyFits = computed(() => stored.value?.hasKey === true && webOrigin(stored.value.baseUrl) === webOrigin(draft.value.baseUrl));

  const perform = async (work: Work, action: () => Promise<void>) => {
    batch(() => {
      working.value = work;
      problem.value = undefined;
      justSaved.value = false;
    });
    try {
      await action();
    } catch (error) {
      problem.value = problemOf(error);
    }
    working.value = undefined;
  };

  const accept = (view: ModelSettingsView) =>
    batch(() => {
      stored.value = view;
      chatModel.value = view.chatModel;
      chatBaseUrl.value = view.baseUrl;
      draft.value = withoutKeyMark(view);
      typedKey.value = undefined;
    });

  /** What is not known is offered: the model will say. */
  const refusalsOf = async (baseUrl: string, model: string): Promise<readonly Refusal[]> => {
    const listed = models.value?.find(({ id }) => id === model);
    const known = webOrigin(baseUrl) ? await client.send('model/refusals', { baseUrl, model }).catch(() => []) : [];
    return [...known, ...(listed ? refusedByList(listed) : [])];
  };

  const readStatus = async () => {
    const status = await client.send('embedding/status', null);
    batch(() => {
      embedding.value = status;
      if (status.run && status.run.state !== 'not-chosen') {
        backlog.value = undefined;
        counting.value = undefined;
      }
    });
    return status;
  };

  const refreshEmbedding = async () => {
    try {
      const { run } = await readStatus();
      if (!run || run.state === 'not-chosen') await countBacklog();
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  let countsRunning = 0;
  const countBacklog = async () => {
    countsRunning += 1;
    if (counting.value === 'stopped') counting.value = undefined;
    try {
      const counted = await client.send('embedding/backlog', null);
      batch(() => {
        backlog.value = counted ?? undefined;
        counting.value = counted ? undefined : 'stopped';
      });
    } finally {
      countsRunning -= 1;
    }
  };

  const receive = (event: LibraryEvent) => {
    // One that comes after the answer is of no interest any more.
    if (event.type === 'backlog-counted' && countsRunning > 0) counting.value = event;
    return event.type === 'embedding-changed' ? followEmbedding() : undefined;
  };

  let isReading = false;
  let isStale = false;
  /** Reads the status again, but not once for each of many changes. What would be sent is counted anew only when a run has ended: it takes a while. */
  const followEmbedding = async () => {
    isStale = true;
    if (isReading || !embedding.value) return;
    isReading = true;
    try {
      while (isStale) {
        isStale = false;
        const before = embedding.value;
        const { run } = await readStatus();
        if (before.run && !run) await refreshEmbedding();
        await new Promise((resolve) => setTimeout(resolve, statusEveryMs));
      }
    } catch (error) {
      problem.value = problemOf(error);
    }
    isReading = false;
  };

  const changeEmbedding = (change: () => Promise<unknown>) =>
    perform('embedding', async () => {
      await change();
      await refreshEmbedding();
    });

  /** Begins to ask for access at once, for the browser heeds only a request made in the click itself. */
  const withAccess = (work: Work, action: () => Promise<void>) => {
    const { baseUrl } = draft.value;
    if (baseUrl && !webOrigin(baseUrl)) {
      problem.value = { code: 'model-address-invalid' };
      return Promise.resolve();
    }
    const access = baseUrl ? client.requestAccess(baseUrl) : Promise.resolve(true);
    return perform(work, async () => {
      if (await access) await action();
      else problem.value = { code: 'model-permission-missing' };
    });
  };

  return {
    stored,
    chatModel,
    chatBaseUrl,
    draft,
    typedKey,
    working,
    problem,
    models,
    justSaved,
    refusals,
    embedding,
    backlog,
    counting,
    storedKeyFits,

    async load() {
      try {
        // What is being typed outlives a look at another view.
        if (!stored.value) accept(await client.send('settings/read', null));
        await refreshEmbedding();
      } catch (error) {
        problem.value = problemOf(error);
      }
    },

    /** Forgets the list of models when the address changes: they are another server's. */
    change(part: Partial<ModelSettings>) {
      batch(() => {
        if (part.baseUrl !== undefined && part.baseUrl !== draft.value.baseUrl) models.value = undefined;
        draft.value = { ...draft.value, ...part };
        justSaved.value = false;
      });
    },

    chooseEndpoint(endpoint: ChatEndpoint | undefined) {
      const { chatEndpoint: _, ...others } = draft.value;
      draft.value = endpoint ? { ...others, chatEndpoint: endpoint } : others;
      justSaved.value = false;
    },

    refusalsOf,

    async readRefusals() {
      const { baseUrl, chatModel } = draft.value;
      const known = await refusalsOf(baseUrl, chatModel);
      if (draft.value.baseUrl === baseUrl && draft.value.chatModel === chatModel) refusals.value = known;
    },

    async forgetRefusals() {
      const { baseUrl, chatModel } = draft.value;
      await client.send('model/forget-refusals', { baseUrl, model: chatModel }).catch(() => {});
      refusals.value = await client.send('model/refusals', { baseUrl, model: chatModel }).catch(() => refusals.value);
    },

    test: () =>
      withAccess('testing', async () => {
        const { baseUrl } = draft.value;
        const key = typedKey.value ?? (storedKeyFits.value ? undefined : '');
        models.value = await client.send('models/list', { baseUrl, ...(key !== undefined && { apiKey: key }) });
      }),

    save: () =>
      withAccess('saving', async () => {
        const key = typedKey.value;
        accept(await client.send('settings/write', { settings: draft.value, ...(key !== undefined && { apiKey: key }) }));
        justSaved.value = true;
        void refreshEmbedding();
      }),

    forgetKey: () =>
      perform('saving', async () => {
        if (!stored.value) return;
        const edited = draft.value;
        accept(await client.send('settings/write', { settings: withoutKeyMark(stored.value), apiKey: '' }));
        draft.value = edited;
      }),

    startEmbedding: () => changeEmbedding(() => client.send('embedding/start', null)),
    pauseEmbedding: () => changeEmbedding(() => client.send('embedding/pause', null)),
    resumeEmbedding: () => changeEmbedding(() => client.send('embedding/resume', null)),
    cancelEmbedding: () => changeEmbedding(async () => accept(await client.send('embedding/cancel', null))),
    deleteVectors: (modelKey: string) => changeEmbedding(() => client.send('embedding/delete', { modelKey })),

    stopCounting: () => client.send('embedding/stop-counting', null).catch(() => {}),
    countBacklog: refreshEmbedding,

    receive,
    /** After they were changed elsewhere: what has been edited here and not saved stays as it is. */
    async reload() {
      const now = await client.send('settings/read', null);
      const before = stored.value;
      if (!before) return accept(now);
      batch(() => {
        draft.value = withEdits(withoutKeyMark(now), draft.value, withoutKeyMark(before));
        stored.value = now;
      });
    },
    /** Leaves alone what is being typed. */
    async readChatModel() {
      const read = await client.send('settings/read', null);
      batch(() => {
        chatModel.value = read.chatModel;
        chatBaseUrl.value = read.baseUrl;
      });
    },
    /** After the worker has gone: events may have been missed. */
    refresh: followEmbedding,
  };
}

function withoutKeyMark({ hasKey: _, ...settings }: ModelSettingsView): ModelSettings {
  return settings;
}

function withEdits(now: ModelSettings, draft: ModelSettings, before: ModelSettings): ModelSettings {
  const names = Object.keys({ ...before, ...now, ...draft }) as (keyof ModelSettings)[];
  const isEdited = (name: keyof ModelSettings) => JSON.stringify(draft[name]) !== JSON.stringify(before[name]);
  const parts = names.flatMap((name) => {
    const value = (isEdited(name) ? draft : now)[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(parts);
}
