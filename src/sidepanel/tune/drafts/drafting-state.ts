import { batch, signal } from '@preact/signals';
import type { AssistantId } from '../../../core/assistants/assistant';
import { newestOnly } from '../../../core/newest-only';
import type { PageId } from '../../../core/pages/page';
import { type Problem, type ProblemCode, problemOf } from '../../../core/problem';
import { type ChosenScope, wholeLibrary, withPages } from '../../../core/search/chosen-scope';
import type { DraftRunId } from '../../../core/tuning/drafts/example-draft';
import type { DraftingPrice, DraftingWish } from '../../../protocol/draft-requests';
import type { ScopeDescription } from '../../../protocol/worker-requests';
import type { Client } from '../../client';
import { attemptNoting } from '../../state/attempt-noting';
import type { PageChoice, ScopeState } from '../../state/scope-state';

export type DraftingState = ReturnType<typeof createDraftingState>;

/** Pairs being drafted, page after page. */
export interface DraftingRun {
  readonly id: DraftRunId;
  readonly pageIds: readonly PageId[];
  readonly wish: DraftingWish;
  /** Whose price was shown. */
  readonly model: string;
  readonly state: 'running' | 'stopping' | 'stopped' | 'failed' | 'done';
  readonly pagesDone: number;
  readonly drafted: number;
  /** Pages of which the model made no pairs, and why not of the last of them. */
  readonly pagesWithout: number;
  readonly problem?: Problem;
}

interface DraftingStateParts {
  readonly client: Pick<Client, 'send'>;
  readonly scope: Pick<ScopeState, 'pagesLike' | 'sitesLike' | 'tagsLike'>;
  readonly now: () => number;
  readonly newId: () => string;
}

const usualPairs = 3;
/** What is wrong with one page, or with what the model made of it: the next may be better. */
const ofOnePage: ReadonlySet<ProblemCode> = new Set([
  'model-empty',
  'model-malformed',
  'model-refused',
  'model-cut-off',
  'model-looped',
  'model-answer-too-long',
  'model-context-too-long',
  'page-empty',
  'not-found',
]);
/** A model that fails with so many pages in a row fails with all, and each costs. */
const mostFailuresInRow = 3;
/** The worker died over it: the next one goes on. */
const ofWorker: ReadonlySet<ProblemCode> = new Set(['internal', 'interrupted']);
const mostRepeats = 2;

/** From which pages a model drafts pairs, what that costs, and how far it is. The panel goes from page to page: what is drafted is kept whatever becomes of it. */
export function createDraftingState({ client, scope, now, newId }: DraftingStateParts) {
  const isOpen = signal(false);
  const chosen = signal<ChosenScope>(wholeLibrary);
  const description = signal<ScopeDescription | undefined>();
  const pairs = signal(usualPairs);
  const assistantId = signal<AssistantId | undefined>();
  /** Absent while it is worked out. */
  const price = signal<DraftingPrice | undefined>();
  const run = signal<DraftingRun | undefined>();
  const problem = signal<Problem | undefined>();
  const attempt = attemptNoting(problem);

  const wish = (): DraftingWish => ({
    pairs: pairs.value,
    ...(assistantId.value === undefined ? {} : { assistantId: assistantId.value }),
  });
  const scopeOf = (now: ChosenScope) => (now.kind === 'library' ? now.scope : {});

  const look = newestOnly(async () => {
    const [about, wanted] = [chosen.value, wish()];
    await attempt(async () => {
      const [described, priced] = await Promise.all([
        client.send('scope/describe', { scope: scopeOf(about) }),
        client.send('drafts/price', { scope: scopeOf(about), ...wanted }),
      ]);
      if (about !== chosen.value || wanted.pairs !== pairs.value || wanted.assistantId !== assistantId.value) return;
      description.value = described;
      price.value = priced;
    });
  });
  /** What was known is for other pages or pairs. */
  const change = (work: () => void) => {
    batch(() => {
      work();
      price.value = undefined;
    });
    if (isOpen.value) void look(undefined);
  };

  const update = (part: Partial<DraftingRun>) => {
    if (run.value) run.value = { ...run.value, ...part };
  };

  /** @returns how many were drafted; null when it was stopped */
  const draftPage = async ({ id, pageIds, wish: wanted, model, pagesDone }: DraftingRun): Promise<number | null> => {
    const pageId = pageIds[pagesDone] as PageId;
    for (let repeats = 0; ; repeats += 1) {
      try {
        const reply = await client.send('drafts/draft', { run: id, page: pagesDone, pageId, model, ...wanted });
        return reply ? reply.drafted : null;
      } catch (error) {
        if (!ofWorker.has(problemOf(error).code)) throw error;
        // What was to be given up ended with the worker.
        if (run.value?.state === 'stopping') return null;
        if (repeats >= mostRepeats) throw error;
      }
    }
  };

  const isUnderWay = () => run.value?.state === 'running' || run.value?.state === 'stopping';

  const draftRest = async () => {
    let failuresInRow = 0;
    for (;;) {
      const current = run.value;
      if (!current) return;
      if (current.pagesDone >= current.pageIds.length) return update({ state: 'done' });
      if (current.state === 'stopping') return update({ state: 'stopped' });
      try {
        const drafted = await draftPage(current);
        if (drafted === null) return update({ state: 'stopped' });
        failuresInRow = 0;
        update({ pagesDone: current.pagesDone + 1, drafted: current.drafted + drafted });
      } catch (error) {
        const failed = problemOf(error);
        failuresInRow += 1;
        if (failed.code === 'drafting-model-changed') change(() => {});
        if (!ofOnePage.has(failed.code) || failuresInRow >= mostFailuresInRow) return update({ state: 'failed', problem: failed });
        update({ pagesDone: current.pagesDone + 1, pagesWithout: current.pagesWithout + 1, problem: failed });
      }
    }
  };

  const goOn = async () => {
    if (!run.value || isUnderWay()) return;
    const { problem: _, ...begun } = run.value;
    // What has been shown by now is another's price, where another is set.
    run.value = { ...begun, model: price.value?.model ?? begun.model, state: 'running' };
    await draftRest();
  };

  const choice: PageChoice = {
    chosen,
    description,
    choose: (next) => change(() => (chosen.value = next)),
    pagesLike: scope.pagesLike,
    sitesLike: scope.sitesLike,
    tagsLike: scope.tagsLike,
  };

  return {
    isOpen,
    choice,
    pairs,
    assistantId,
    price,
    run,
    problem,

    open(isShown: boolean) {
      isOpen.value = isShown;
      if (isShown) change(() => {});
    },
    /** From these pages and no others. */
    openWith(pageIds: readonly PageId[]) {
      isOpen.value = true;
      choice.choose(withPages(wholeLibrary, pageIds));
    },
    wantPairs: (count: number) => change(() => (pairs.value = count)),
    wantManner: (id: AssistantId | undefined) => change(() => (assistantId.value = id)),
    /** Which model is set, its price and what pages there are may have changed. */
    refresh: () => change(() => {}),

    async start() {
      const priced = price.value;
      if (!priced?.model || isUnderWay()) return;
      const id = `${now().toString(36).padStart(9, '0')}-${newId().slice(0, 8)}` as DraftRunId;
      const before = run.value;
      // Before anything is waited for: a second click finds it running.
      run.value = {
        id,
        pageIds: priced.pageIds,
        wish: wish(),
        model: priced.model,
        state: 'running',
        pagesDone: 0,
        drafted: 0,
        pagesWithout: 0,
      };
      // What was decided of the last run has been seen.
      if (await attempt(() => client.send('drafts/put-away', null))) await draftRest();
      else run.value = before;
    },
    goOn,

    /** The page under way is given up. */
    async stop() {
      if (run.value?.state !== 'running') return;
      update({ state: 'stopping' });
      // A worker that cannot be told is gone, and the request with it.
      await client.send('drafts/stop', { run: run.value.id }).catch(() => {});
    },
  };
}
