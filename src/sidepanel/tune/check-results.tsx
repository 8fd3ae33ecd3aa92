import { ListChecks } from 'lucide';
import type { CheckProblem, ProblemLevel } from '../../core/tuning/check/check-problem';
import { missingToNext } from '../../core/tuning/check/set-level';
import type { ExampleCheck, StoredProblem, TrainingPrice } from '../../protocol/example-requests';
import { formatDate } from '../../view/format-date';
import { formatPriceUsd, formatUsd } from '../../view/format-usd';
import { Icon } from '../../view/icon';
import { t, tCount } from '../../view/translate';
import { ProgressBar } from '../shared/progress-bar';
import type { ExamplesState } from './examples-state';
import { problemMessage, underscored } from './problem-message';
import { SuggestDenials } from './suggest-denials';
import { TokenHistogram } from './token-histogram';

const problemsShown = 20;
const levels: readonly ProblemLevel[] = ['error', 'warning', 'note'];

/** What the check finds, with a click for what can be mended; where the set stands, how long its examples are, and what training would cost. */
export function CheckResults({ examples }: { readonly examples: ExamplesState }) {
  const share = examples.checking.value;
  const check = examples.check.value;
  return (
    <section id="tune-check" class="tune-part" aria-label={t('tune_check')}>
      <div class="actions">
        <button
          type="button"
          class="button"
          disabled={share !== undefined || examples.isBusy.value}
          onClick={() => void examples.runCheck()}
        >
          <Icon node={ListChecks} />
          {t('tune_check')}
        </button>
        {share !== undefined && (
          <button type="button" class="button" onClick={examples.stopCheck}>
            {t('stop')}
          </button>
        )}
      </div>
      {share !== undefined && <ProgressBar label={t('tune_checking')} percent={Math.floor(share * 100)} />}
      <p class="visually-hidden" role="status">
        {share !== undefined ? t('tune_checking') : check ? tCount('tune_found', sumOf(check)) : ''}
      </p>
      {check && <Results check={check} examples={examples} />}
    </section>
  );
}

interface ResultsProps {
  readonly check: ExampleCheck;
  readonly examples: ExamplesState;
}

function Results({ check, examples }: ResultsProps) {
  const missing = missingToNext(check.trained);
  const groups = levels.flatMap((level) => groupsOf(check).filter((group) => group.level === level));
  return (
    <>
      <p>
        <strong>{t(`tuning_level_${underscored(check.level)}`)}</strong> {t(`tuning_level_${underscored(check.level)}_means`)}{' '}
        {missing !== undefined && <span class="soft">{tCount('tune_missing', missing)}</span>}
      </p>
      {groups.length === 0 && <p>{t('tune_sound')}</p>}
      {groups.map((group) => (
        <ProblemGroup key={`${group.code} ${group.level}`} group={group} examples={examples} />
      ))}
      <TokenHistogram label={t('tune_tokens_per_example')} bins={check.tokensPerExample} />
      <TokenHistogram label={t('tune_tokens_per_turn')} bins={check.tokensPerTurn} />
      <Prices prices={check.prices} />
    </>
  );
}

interface Group {
  readonly code: CheckProblem['code'];
  readonly level: ProblemLevel;
  readonly count: number;
  readonly problems: readonly StoredProblem[];
}

/** A code is of one level, but for examples that are longer than is usual or than is trained. */
function groupsOf({ problems, counts }: ExampleCheck): Group[] {
  return counts.flatMap(([code, count]) => {
    const ofCode = problems.filter((problem) => problem.code === code);
    const found = [...new Set(ofCode.map(({ level }) => level))];
    return found.map((level) => {
      const ofLevel = ofCode.filter((problem) => problem.level === level);
      return { code, level, count: found.length === 1 ? count : ofLevel.length, problems: ofLevel };
    });
  });
}

interface ProblemGroupProps {
  readonly group: Group;
  readonly examples: ExamplesState;
}

function ProblemGroup({ group: { code, level, count, problems }, examples }: ProblemGroupProps) {
  const [first] = problems;
  if (!first) return null;
  const mendable = problems.filter(({ id, mend }) => id !== undefined && mend !== undefined);
  // What is about the whole set is said once.
  if (first.id === undefined) {
    return (
      <div class={`tune-finding tune-${level}`}>
        <span class="small soft">{t(`tuning_severity_${level}`)}</span> {problemMessage(first)}{' '}
        {code === 'no-denials' && <SuggestDenials examples={examples} />}
      </div>
    );
  }
  return (
    <details class={`tune-finding tune-${level}`}>
      <summary>
        <span class="small soft">{t(`tuning_severity_${level}`)}</span> {t(`tuning_name_${underscored(code)}`)} ({count})
      </summary>
      {mendable.length > 0 && (
        <button type="button" class="button small" disabled={examples.isBusy.value} onClick={() => void examples.mend(mendable)}>
          {tCount(mendWords(mendable), mendable.length)}
        </button>
      )}
      <ul class="tune-problems small">
        {problems.slice(0, problemsShown).map((problem) => (
          <li key={problem.id}>
            <span class="soft">{t('tuning_example', problem.line ?? 0)}</span> {problemMessage(problem)}{' '}
            {problem.mend && (
              <button
                type="button"
                class="text-button small"
                aria-label={t('tune_mend_example', problem.line ?? 0)}
                disabled={examples.isBusy.value}
                onClick={() => void examples.mend([problem])}
              >
                {t(problem.mend.kind === 'remove' ? 'tune_remove' : 'tune_mend')}
              </button>
            )}
          </li>
        ))}
        {count > problemsShown && <li class="soft">{t('import_more', count - Math.min(count, problemsShown))}</li>}
      </ul>
    </details>
  );
}

function mendWords(problems: readonly StoredProblem[]): 'tune_remove_all' | 'tune_mend_all' {
  return problems.every(({ mend }) => mend?.kind === 'remove') ? 'tune_remove_all' : 'tune_mend_all';
}

function Prices({ prices }: { readonly prices: readonly TrainingPrice[] }) {
  const [first] = prices;
  if (!first) return null;
  return (
    <table class="tune-prices small">
      <caption>{t('tune_price', first.epochs)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('tune_price_model')}</th>
          <th scope="col">{t('tune_price_tokens')}</th>
          <th scope="col">{t('tune_price_per_million')}</th>
          <th scope="col">{t('tune_price_usd')}</th>
        </tr>
      </thead>
      <tbody>
        {prices.map(({ model, tokens, usd, usdPerMillionTrained, date }) => (
          <tr key={model} title={t('tune_price_date', formatDate(date))}>
            <th scope="row">{model}</th>
            <td>{tCount('tune_tokens', tokens)}</td>
            <td>{formatPriceUsd(usdPerMillionTrained)}</td>
            <td>{formatUsd(usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sumOf({ counts }: ExampleCheck): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
