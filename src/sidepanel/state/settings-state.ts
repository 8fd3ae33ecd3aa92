import { batch, computed, signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';
import { defaultModelSettings, type ModelSettings } from '../../core/settings';
import type { EmbeddingBacklog, ModelSettingsView } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type SettingsState = ReturnType<typeof createSettingsState>;

type Work = 'testing' | 'saving' | 'starting';

/** What is set about models, and the form in which it is changed. */
export function createSettingsState(client: Pick<Client, 'send' | 'requestAccess'>) {
  const stored = signal<ModelSettingsView | undefined>();
  const draft = signal<ModelSettings>(defaultModelSettings);
  /** What has been typed as a new key; absent while the stored one is to be kept. */
  const typedKey = signal<string | undefined>();
  const working = signal<Work | undefined>();
  const problem = signal<Problem | undefined>();
  /** The server's models, once it has been tested. */
  const models = signal<readonly string[] | undefined>();
  const justSaved = signal(false);
  const backlog = signal<EmbeddingBacklog | undefined>();
  const embeddingBegun = signal(false);

  /** A stored key belongs to the origin it was stored for, and is of no use to another. */
  const storedKeyFits = computed(() => stored.value?.hasKey === true && originOf(stored.value.baseUrl) === originOf(draft.value.baseUrl));

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
      draft.value = withoutKeyMark(view);
      typedKey.value = undefined;
    });

  const refreshBacklog = async () => {
    try {
      backlog.value = await client.send('embedding/backlog', null);
      embeddingBegun.value = false;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  /** Begins to ask for access at once, for the browser heeds only a request made in the click itself. */
  const withAccess = (work: Work, action: () => Promise<void>) => {
    const { baseUrl } = draft.value;
    if (baseUrl && !originOf(baseUrl)) {
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
    draft,
    typedKey,
    working,
    problem,
    models,
    justSaved,
    backlog,
    embeddingBegun,
    storedKeyFits,

    async load() {
      try {
        // What is being typed outlives a look at another view.
        if (!stored.value) accept(await client.send('settings/read', null));
        await refreshBacklog();
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
        void refreshBacklog();
      }),

    forgetKey: () =>
      perform('saving', async () => {
        if (!stored.value) return;
        const edited = draft.value;
        accept(await client.send('settings/write', { settings: withoutKeyMark(stored.value), apiKey: '' }));
        draft.value = edited;
      }),

    startEmbedding: () =>
      perform('starting', async () => {
        await client.send('embedding/start', null);
        embeddingBegun.value = true;
      }),
  };
}

function withoutKeyMark({ hasKey: _, ...settings }: ModelSettingsView): ModelSettings {
  return settings;
}

function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
}
