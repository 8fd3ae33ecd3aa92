import { computed, signal } from '@preact/signals';
import { type AssistantId, nameApart } from '../../../core/assistants/assistant';
import { newestOnly } from '../../../core/newest-only';
import { type Problem, problemOf } from '../../../core/problem';
import { isFlawed, marvExamples, marvName, splitMarv } from '../../../core/tuning/marv';
import { type ExampleId, exampleId, type StoredExample } from '../../../core/tuning/stored-example';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';
import type { ExamplesState } from '../examples-state';

export const marvSteps = ['meet', 'look', 'check', 'split', 'price', 'file', 'ways'] as const;
export type MarvStep = (typeof marvSteps)[number];

/** A walk that was begun and not taken away. */
export interface MarvWalk {
  readonly step: MarvStep;
  /** It is over, or put by; its examples are still there. */
  readonly isLeft: boolean;
  /** When its examples were added, which their ids begin with. In milliseconds since 1970. */
  readonly startedAt: number;
  readonly assistantId: AssistantId;
}

export type MarvState = ReturnType<typeof createMarvState>;

interface MarvStateParts {
  readonly client: Pick<Client, 'send'>;
  readonly examples: Pick<ExamplesState, 'filter' | 'narrow' | 'runCheck' | 'check' | 'checking' | 'mend' | 'remove' | 'export' | 'isBusy'>;
  /** Keeps how far the walk is, over closing the panel. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly word: (key: Parameters<Parameters<typeof marvExamples>[0]>[0]) => string;
  readonly now: () => number;
  readonly newId: () => string;
}

const key = 'marv';

/** The walk through the Tune view with Marv: how far it is, and what it has put there. Nothing of it asks a server for anything. */
export function createMarvState({ client, examples, memory, word, now, newId }: MarvStateParts) {
  const walk = signal<MarvWalk | undefined>(readWalk(memory.getItem(key)));
  /** His examples as they are by now; absent until they have been read. */
  const own = signal<readonly StoredExample[] | undefined>();
  const isBusy = signal(false);
  const problem = signal<Problem | undefined>();
  const attempt = attemptNoting(problem);

  const keep = (next: MarvWalk | undefined) => {
    walk.value = next;
    if (next) memory.setItem(key, JSON.stringify(next));
    else memory.removeItem(key);
  };

  const readOwn = async (): Promise<StoredExample[]> => {
    const current = walk.value;
    if (!current) return [];
    const { ids } = await client.send('examples/find', { filter: {} });
    const wanted = ids.filter((id) => id.startsWith(exampleId(current.startedAt, '')));
    const read = wanted.length > 0 ? await client.send('examples/read', { ids: wanted }) : [];
    return read.filter(({ example }) => example.source === marvName);
  };

  const refresh = newestOnly(async () => {
    if (!walk.value) return;
    try {
      own.value = await readOwn();
    } catch (error) {
      problem.value = problemOf(error);
    }
  });

  const work = async (does: () => Promise<unknown>) => {
    isBusy.value = true;
    await attempt(does);
    await refresh(undefined);
    isBusy.value = false;
  };

  /** One that was deleted elsewhere, or by a worker that died before it could say so, is as good as deleted here. */
  const deleteAssistant = async (id: AssistantId) => {
    try {
      await client.send('assistants/delete', { id });
    } catch (error) {
      if (problemOf(error).code !== 'not-found') throw error;
    }
  };

  const addExamples = (startedAt: number) => client.send('examples/add', { examples: marvExamples(word), startedAt, first: 0 });

  return {
    walk,
    own,
    isBusy: computed(() => isBusy.value || examples.isBusy.value || examples.checking.value !== undefined),
    problem,
    /** The check finds something in one of them. */
    hasFlaw: computed(() => own.value?.some(({ example }) => isFlawed(example)) ?? false),
    kept: computed(() => own.value?.filter(({ example }) => example.split === 'validation').length ?? 0),

    /** Reads what is there of him. */
    load: () => refresh(undefined),

    /** Adds his examples and an assistant with the same instructions. */
    start: () =>
      work(async () => {
        const startedAt = now();
        const assistantId = newId() as AssistantId;
        // Before anything is added, so that whatever comes of it can be taken away.
        keep({ step: 'meet', isLeft: false, startedAt, assistantId });
        const known = await client.send('assistants/list', null);
        const name = nameApart(
          marvName,
          known.map((other) => other.name),
        );
        await client.send('assistants/write', { assistant: { id: assistantId, name, instructions: word('marv_instructions') } });
        await addExamples(startedAt);
      }),

    /** Adds his examples once more, when all were deleted. */
    addAgain: () => work(async () => void (walk.value && (await addExamples(walk.value.startedAt)))),

    go(step: MarvStep) {
      if (walk.value) keep({ ...walk.value, step, isLeft: false });
    },

    leave() {
      if (walk.value) keep({ ...walk.value, isLeft: true });
    },

    /** Takes away his examples, as they are by now, and his assistant. Nothing else is touched. */
    takeAway: () =>
      work(async () => {
        if (!walk.value) return;
        const ids = (await readOwn()).map(({ id }) => id);
        // What went wrong is shown where the examples are.
        if (ids.length > 0 && !(await examples.remove(ids))) return;
        await deleteAssistant(walk.value.assistantId);
        keep(undefined);
        own.value = undefined;
        if (examples.filter.value.tag === marvName) await examples.narrow({});
      }),

    show: () => examples.narrow({ tag: marvName }),

    /** Checks, and shows what it finds. */
    check: () => examples.runCheck(),

    /** Mends what the check has found in his. */
    async mend() {
      const ids = new Set<ExampleId>(own.value?.map(({ id }) => id));
      const problems = examples.check.value?.problems.filter(({ id, mend }) => id && ids.has(id) && mend?.kind === 'redact') ?? [];
      await work(() => examples.mend(problems));
    },

    /** Keeps two of his to judge by. The person's own stay as they are. */
    split: () =>
      work(async () => {
        const before = own.value ?? [];
        const after = splitMarv(before.map(({ example }) => example));
        for (const [index, { id, revision = 0 }] of before.entries()) {
          const example = after[index];
          if (example) await client.send('examples/change', { id, revision, example });
        }
      }),

    /** Saves his, and only his, as a file. */
    async export(name: string) {
      await examples.narrow({ tag: marvName });
      await examples.export('openai-chat', name, {});
    },

    receive(event: LibraryEvent) {
      if (event.type === 'examples-changed' && walk.value && !isBusy.value) void refresh(undefined);
    },
  };
}

/** What is damaged is as if no walk had been begun. */
function readWalk(kept: string | null): MarvWalk | undefined {
  try {
    const { step, isLeft, startedAt, assistantId } = JSON.parse(kept ?? '') as MarvWalk;
    const isSound = marvSteps.includes(step) && Number.isSafeInteger(startedAt) && typeof assistantId === 'string';
    return isSound ? { step, isLeft: isLeft === true, startedAt, assistantId } : undefined;
  } catch {
    return undefined;
  }
}
