import { batch, computed, signal } from '@preact/signals';
import { newestOnly } from '../../../core/newest-only';
import type { Problem } from '../../../core/problem';
import type { JudgedSide, JudgementId, JudgementRun, Vote } from '../../../core/tuning/judging/judgement';
import type { OutlinedPair, ShownPair } from '../../../core/tuning/judging/shown-pair';
import type { JudgementEstimate, ShownJudgement } from '../../../protocol/judgement-requests';
import type { LibraryEvent } from '../../../protocol/library-events';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';
import { firstDraft, flawsOf, type JudgeDraft, planOf } from './judge-draft';

export type JudgeState = ReturnType<typeof createJudgeState>;

/** Comparing two models blind: what is to be compared and for how much, what was answered, and the votes. */
export function createJudgeState(client: Pick<Client, 'send'>) {
  /** Absent until they have been read. */
  const runs = signal<readonly JudgementRun[] | undefined>();
  const draft = signal(firstDraft);
  const isFormOpen = signal(false);
  /** Of the draft as it is; absent until it is asked for. */
  const estimate = signal<JudgementEstimate | undefined>();
  const isBusy = signal(false);
  const opened = signal<ShownJudgement | undefined>();
  /** The question that is looked at. */
  const pair = signal<ShownPair | undefined>();
  const problem = signal<Problem | undefined>();
  let isShown = false;
  /** All that could be was voted on: the next question is shown when it has its answers. */
  let isWaiting = false;
  /** A vote is on its way, and the next question with it. */
  let isVoting = false;

  const attempt = attemptNoting(problem);
  const perform = async (work: () => Promise<unknown>) => {
    isBusy.value = true;
    await attempt(work);
    isBusy.value = false;
  };

  const flaws = computed(() => flawsOf(draft.value));
  const plan = computed(() => planOf(draft.value));

  const readRuns = async () => {
    runs.value = await client.send('judgements/list', null);
  };

  const readPair = newestOnly(async (number: number) => {
    const id = opened.value?.run.id;
    if (id === undefined) return;
    await attempt(async () => {
      const read = await client.send('judgements/pair', { id, number });
      if (opened.value?.run.id === id) pair.value = read;
    });
  });

  /** The next that waits for a vote after the one that is looked at, or from the beginning on. */
  const nextOpen = (): number | undefined => {
    const waiting = opened.value?.pairs.filter(({ isReady, vote }) => isReady && !vote).map(({ number }) => number) ?? [];
    const after = pair.value?.number ?? 0;
    return waiting.find((number) => number > after) ?? waiting[0];
  };

  const showNext = async () => {
    const number = nextOpen();
    isWaiting = number === undefined;
    if (number !== undefined) await readPair(number);
  };

  const readOpened = newestOnly(async (id: JudgementId) => {
    await attempt(async () => {
      const read = await client.send('judgements/read', { id });
      if (opened.value?.run.id === id || opened.value === undefined) opened.value = read;
    });
  });

  const open = async (id: JudgementId) => {
    batch(() => {
      opened.value = undefined;
      pair.value = undefined;
    });
    await readOpened(id);
    await showNext();
  };

  /** Has the worker do something with the one that is open, and reads it again. */
  const change = (request: 'judgements/stop' | 'judgements/go-on' | 'judgements/reveal') =>
    perform(async () => {
      const id = opened.value?.run.id;
      if (id === undefined) return;
      await client.send(request, { id });
      // What was voted meanwhile is in it: of several readings the last counts.
      await readOpened(id);
      // Whose answers they are.
      if (request === 'judgements/reveal' && pair.value) await readPair(pair.value.number);
    });

  const refresh = async () => {
    if (!isShown) return;
    await attempt(readRuns);
    const id = opened.value?.run.id;
    if (id === undefined) return;
    await readOpened(id);
    if (pair.value === undefined || isWaiting) await showNext();
  };

  const voteOn = async (vote: Vote) => {
    const [judgement, looked] = [opened.value, pair.value];
    if (!judgement || judgement.run.isRevealed || !looked?.answers) return;
    const { id } = judgement.run;
    const { number } = looked;
    const wanted = looked.vote === vote ? undefined : vote;
    const isVoted = await attempt(() => client.send('judgements/vote', { id, number, ...(wanted ? { vote: wanted } : {}) }));
    if (!isVoted) return;
    batch(() => {
      if (opened.value?.run.id === id) {
        const pairs = opened.value.pairs.map((one) => (one.number === number ? withVote(one, wanted) : one));
        opened.value = { ...opened.value, pairs };
      }
      if (pair.value?.number === number) pair.value = withVote(pair.value, wanted);
    });
    if (wanted) await showNext();
  };

  return {
    runs,
    draft,
    isFormOpen,
    flaws,
    plan,
    estimate,
    isBusy,
    opened,
    pair,
    problem,

    async load() {
      isShown = true;
      await refresh();
    },
    leave() {
      isShown = false;
    },

    change(part: Partial<JudgeDraft>) {
      batch(() => {
        draft.value = { ...draft.value, ...part };
        estimate.value = undefined;
      });
    },

    changeSide(at: 0 | 1, part: Partial<JudgedSide>) {
      const [one, other] = draft.value.sides;
      this.change({ sides: at === 0 ? [{ ...one, ...part }, other] : [one, { ...other, ...part }] });
    },

    /** Puts two models side by side, to be compared over what is held out. */
    propose(models: readonly [string, string]) {
      const [one, other] = draft.value.sides;
      batch(() => {
        opened.value = undefined;
        isFormOpen.value = true;
        this.change({
          sides: [
            { ...one, model: models[0] },
            { ...other, model: models[1] },
          ],
        });
      });
    },

    /** @param model that answers now: it is compared with another, if nothing else was begun */
    openForm(model: string) {
      isFormOpen.value = true;
      if (draft.value.sides[0].model === '') this.changeSide(0, { model });
    },
    closeForm() {
      batch(() => {
        isFormOpen.value = false;
        estimate.value = undefined;
        problem.value = undefined;
      });
    },

    /** Says what it would cost. */
    prepare: () =>
      perform(async () => {
        const wanted = plan.value;
        if (!wanted) return;
        const told = await client.send('judgements/estimate', { plan: wanted });
        if (plan.value === wanted) estimate.value = told;
      }),

    start: () =>
      perform(async () => {
        const wanted = plan.value;
        if (!wanted) return;
        const { id } = await client.send('judgements/start', { plan: wanted });
        batch(() => {
          isFormOpen.value = false;
          estimate.value = undefined;
        });
        await open(id);
      }),

    open,
    async close() {
      batch(() => {
        opened.value = undefined;
        pair.value = undefined;
        problem.value = undefined;
      });
      await attempt(readRuns);
    },

    show(number: number) {
      isWaiting = false;
      return readPair(number);
    },

    /** Votes on the question that is looked at, or takes the same vote back, and goes on to the next that waits for one. A key that is pressed twice in one moment is one vote. */
    async vote(vote: Vote) {
      if (isVoting) return;
      isVoting = true;
      await voteOn(vote);
      isVoting = false;
    },

    stop: () => change('judgements/stop'),
    goOn: () => change('judgements/go-on'),
    reveal: () => change('judgements/reveal'),

    remove: (id: JudgementId) =>
      perform(async () => {
        await client.send('judgements/delete', { id });
        await readRuns();
      }),

    receive(event: LibraryEvent) {
      if (event.type === 'judgement-changed') void refresh();
    },
    /** After the worker has gone: events may have been missed. */
    refresh,
  };
}

function withVote<Pair extends OutlinedPair>(pair: Pair, vote: Vote | undefined): Pair {
  const { vote: _, ...rest } = pair;
  return { ...rest, ...(vote ? { vote } : {}) } as Pair;
}
