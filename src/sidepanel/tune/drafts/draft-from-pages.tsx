import type { AssistantId } from '../../../core/assistants/assistant';
import { type DraftingPrice, mostPairsOfPage } from '../../../protocol/draft-requests';
import { formatPriceUsd } from '../../../view/format-usd';
import { problemWords } from '../../../view/problem-words';
import { t, tCount } from '../../../view/translate';
import { Field } from '../../settings/field';
import { costWords } from '../../shared/cost-words';
import { ProblemNotice } from '../../shared/problem-notice';
import { ProgressBar } from '../../shared/progress-bar';
import type { AssistantsState } from '../../state/assistants-state';
import { ChooseDraftedPages } from './choose-drafted-pages';
import type { DecidingState } from './deciding-state';
import type { DraftingRun, DraftingState } from './drafting-state';

interface DraftFromPagesProps {
  readonly drafting: DraftingState;
  readonly deciding: DecidingState;
  readonly assistants: Pick<AssistantsState, 'offered'>;
}

/** Pages are chosen, the model drafts questions and answers from them, and those that came wait to be decided about. */
export function DraftFromPages({ drafting, deciding, assistants }: DraftFromPagesProps) {
  const left = deciding.left.value.length;
  const run = drafting.run.value;
  const isRunning = run?.state === 'running' || run?.state === 'stopping';
  return (
    <section id="tune-drafts" class="tune-part" aria-label={t('drafts_from_pages')}>
      {left > 0 && (
        <p class="drafts-waiting">
          <span role="status">{tCount('drafts_wait', left)}</span>{' '}
          <button type="button" class="button primary" onClick={() => void deciding.open()}>
            {t('drafts_decide')}
          </button>
        </p>
      )}
      <details
        open={drafting.isOpen.value}
        onToggle={({ currentTarget: { open } }) => open !== drafting.isOpen.value && drafting.open(open)}
      >
        <summary>{t('drafts_from_pages')}</summary>
        {isRunning ? null : <DraftingForm drafting={drafting} assistants={assistants} />}
        {run && <Run run={run} drafting={drafting} />}
      </details>
    </section>
  );
}

function DraftingForm({ drafting, assistants }: Pick<DraftFromPagesProps, 'drafting' | 'assistants'>) {
  const price = drafting.price.value;
  const problem = drafting.problem.value;
  const most = (price?.pageIds.length ?? 0) * drafting.pairs.value;
  return (
    <form
      class="tune-form"
      onSubmit={(event) => {
        event.preventDefault();
        void drafting.start();
      }}
    >
      <p class="small soft">{t('drafts_intro')}</p>
      <ChooseDraftedPages choice={drafting.choice} />
      <Field label={t('drafts_pairs')}>
        {(id) => (
          <input
            id={id}
            class="field"
            type="number"
            min={1}
            max={mostPairsOfPage}
            required
            value={drafting.pairs.value}
            onInput={({ currentTarget: { valueAsNumber: count } }) => {
              if (Number.isInteger(count) && count >= 1 && count <= mostPairsOfPage) drafting.wantPairs(count);
            }}
          />
        )}
      </Field>
      <Field label={t('drafts_manner')} hint={t('drafts_manner_hint')}>
        {(id, hintId) => (
          <select
            id={id}
            class="field"
            aria-describedby={hintId}
            value={drafting.assistantId.value ?? ''}
            onChange={({ currentTarget: { value } }) => drafting.wantManner(value === '' ? undefined : (value as AssistantId))}
          >
            <option value="">{t('no_assistant')}</option>
            {assistants.offered.value.map(({ id: assistantId, name }) => (
              <option key={assistantId} value={assistantId}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {problem ? <ProblemNotice problem={problem} /> : <PriceWords price={price} pairs={drafting.pairs.value} />}
      <div class="actions">
        <button type="submit" class="button" disabled={!price?.model || most === 0}>
          {tCount('drafts_do', most)}
        </button>
      </div>
    </form>
  );
}

/** What it comes to, said before anything is sent. */
function PriceWords({ price, pairs }: { readonly price: DraftingPrice | undefined; readonly pairs: number }) {
  if (!price) {
    return (
      <p class="small soft" role="status">
        {t('drafts_pricing')}
      </p>
    );
  }
  const { pageIds, pagesInScope, model, cost, cap } = price;
  if (!model) return <ProblemNotice problem={{ code: 'model-address-invalid' }} />;
  return (
    <p class="small soft" role="status">
      {pageIds.length < pagesInScope && `${t('drafts_newest', pageIds.length, pagesInScope)} `}
      {tCount('drafts_price', pageIds.length, pairs, model)} {t('drafts_cost', costWords(cost))}
      {cap && ` ${t('would_pass_cap', formatPriceUsd(cap.leftUsd), formatPriceUsd(cap.usd))}`}
    </p>
  );
}

function Run({ run, drafting }: { readonly run: DraftingRun; readonly drafting: DraftingState }) {
  const { state, pagesDone, pageIds, drafted, pagesWithout, problem } = run;
  const isRunning = state === 'running' || state === 'stopping';
  const words = isRunning ? t('drafts_drafting', pagesDone, pageIds.length) : tCount('drafts_drafted', drafted);
  return (
    <div class="tune-part">
      {isRunning && <ProgressBar label={words} percent={Math.floor((100 * pagesDone) / pageIds.length)} />}
      <p role="status">
        {words} {pagesWithout > 0 && tCount('drafts_without', pagesWithout, problem ? problemWords(problem) : '')}
      </p>
      {state === 'failed' && problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        {isRunning && (
          <button type="button" class="button" disabled={state === 'stopping'} onClick={() => void drafting.stop()}>
            {t('stop')}
          </button>
        )}
        {(state === 'stopped' || state === 'failed') && (
          <button type="button" class="button" onClick={() => void drafting.goOn()}>
            {t('drafts_go_on', pageIds.length - pagesDone)}
          </button>
        )}
      </div>
    </div>
  );
}
