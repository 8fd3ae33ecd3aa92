import { batch, computed, signal } from '@preact/signals';
import { newestOnly } from '../../../core/newest-only';
import type { Problem } from '../../../core/problem';
import type { DraftId, ExampleDraft } from '../../../core/tuning/drafts/example-draft';
import type { DraftSummary } from '../../../protocol/draft-requests';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';

export type DecidingState = ReturnType<typeof createDecidingState>;

export interface WrittenPair {
  readonly question: string;
  readonly answer: string;
}

/** Pairs that were drafted, which of them is looked at, and what the person makes of them. */
export function createDecidingState(client: Pick<Client, 'send'>) {
  const drafts = signal<readonly DraftSummary[]>([]);
  const isOpen = signal(false);
  /** The one that is looked at. */
  const draft = signal<ExampleDraft | undefined>();
  /** The one that is to be looked at, as soon as it is read. */
  let wanted: DraftId | undefined;
  const editing = signal<DraftId | undefined>();
  const isBusy = signal(false);
  /** Drafts became others while one was decided about, so what is read meanwhile may be older. */
  let isStale = false;
  const problem = signal<Problem | undefined>();
  /** What is being typed stays, whatever is looked at meanwhile. Nothing is drawn by it, so it is no signal. */
  const typed = new Map<DraftId, WrittenPair>();
  const attempt = attemptNoting(problem);

  const decided = computed(() => drafts.value.filter(({ decision }) => decision).length);
  const left = computed(() => drafts.value.filter(({ decision }) => !decision));
  const place = computed(() => drafts.value.findIndex(({ id }) => id === draft.value?.id));

  /** Reads the list and the draft that is wanted, and shows both at once: a key that is pressed right after means what is seen. */
  const refresh = newestOnly(async () => {
    await attempt(async () => {
      const list = await client.send('drafts/list', null);
      if (!isOpen.value) {
        drafts.value = list;
        return;
      }
      if (!list.some(({ id }) => id === wanted)) wanted = (list.find(({ decision }) => !decision) ?? list[0])?.id;
      const id = wanted;
      let read: ExampleDraft | undefined;
      try {
        if (id !== undefined) read = await client.send('drafts/read', { id });
      } finally {
        // Another one may be wanted by now, and is read next.
        if (wanted === id) {
          batch(() => {
            drafts.value = list;
            draft.value = read;
            // Another panel may have been first: what is typed stays, and is there again when that is taken back.
            if (read?.decision || read?.id !== editing.value) editing.value = undefined;
          });
        }
      }
    });
  });
  const load = () => refresh(undefined);
  /** The one that is seen, if it can be decided about: not while another one is on its way. */
  const undecided = () => (draft.value?.id === wanted && !draft.value?.decision ? draft.value : undefined);

  /** The first that is not decided, from the one that is looked at on. */
  const nextLeft = (): DraftId | undefined => {
    const from = place.value;
    const inOrder = [...drafts.value.slice(from + 1), ...drafts.value.slice(0, Math.max(0, from))];
    return inOrder.find(({ decision }) => !decision)?.id;
  };

  const decide = async (work: () => Promise<unknown>, next: () => DraftId | undefined) => {
    // A key that is held down decides about one at a time.
    if (isBusy.value) return;
    isBusy.value = true;
    const isDone = await attempt(work);
    if (isDone) {
      // What was told by now, this decision among it, is read next.
      isStale = false;
      wanted = next() ?? wanted;
      await load();
    }
    isBusy.value = false;
    if (isStale) void load();
  };

  return {
    drafts,
    isOpen,
    draft,
    editing,
    isBusy,
    problem,
    typed,
    decided,
    left,
    place,
    load,

    async open() {
      isOpen.value = true;
      wanted = draft.value = undefined;
      await load();
    },
    /** What is decided is put away once all of it is. */
    async close() {
      isOpen.value = false;
      editing.value = undefined;
      if (left.value.length > 0 || drafts.value.length === 0) return;
      await attempt(() => client.send('drafts/put-away', null));
      await load();
    },

    step(by: 1 | -1) {
      const next = drafts.value[drafts.value.findIndex(({ id }) => id === wanted) + by];
      if (!next) return;
      wanted = next.id;
      void load();
    },
    edit(isEdited: boolean) {
      const now = undecided();
      if (now && !isBusy.value) editing.value = isEdited ? now.id : undefined;
    },

    approve(written?: WrittenPair) {
      const now = undecided();
      if (!now) return;
      return decide(async () => {
        await client.send('drafts/approve', { ids: [now.id], ...(written ? { written } : {}) });
        typed.delete(now.id);
      }, nextLeft);
    },
    reject() {
      const now = undecided();
      if (now) return decide(() => client.send('drafts/reject', { ids: [now.id] }), nextLeft);
    },
    decideAll: (kind: 'approve' | 'reject', ids: readonly DraftId[]) =>
      decide(
        () => client.send(`drafts/${kind}`, { ids }),
        () => left.value.find(({ id }) => !ids.includes(id))?.id,
      ),
    undo() {
      let undone: readonly DraftId[] = [];
      return decide(
        async () => {
          undone = await client.send('drafts/undo', null);
        },
        () => undone[0],
      );
    },

    receive(event: LibraryEvent) {
      if (event.type !== 'drafts-changed') return;
      if (isBusy.value) isStale = true;
      else void load();
    },
  };
}
