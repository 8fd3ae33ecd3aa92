import type { SearchReport } from '../../../core/conversation/conversation';
import { t, tCount } from '../../../view/translate';
import { costWords } from '../../shared/cost-words';
import type { ShownAnswer } from '../../state/exchange';
import { scopeWords } from '../scope-words';

/** How the answer came about: what was searched and used, tokens and time. */
export function AnswerReport({ answer }: { readonly answer: ShownAnswer }) {
  const { report, condensed, usage, durationMs } = answer;
  const parts = [
    answer.assistant,
    answer.kind === 'picture' ? usage?.model : searchedWords(report),
    report.mayBeOwn && t('and_own_knowledge'),
    report.searchedFor && t('searched_for', report.searchedFor),
    report.shareRead !== undefined && t('read_in_order', percent(report.shareRead)),
    report.byWordsOnly && t('searched_by_words_only'),
    report.passagesUsed > 0 && t('used_passages', tCount('passages', report.passagesUsed), tCount('from_pages', report.pagesUsed)),
    usage &&
      answer.kind !== 'picture' &&
      t(usage.counted ? 'tokens_counted' : 'tokens_reported', usage.promptTokens, usage.completionTokens, usage.model),
    usage?.cost && costWords(usage.cost),
    durationMs > 0 && t('seconds', Number((durationMs / 1_000).toPrecision(2))),
  ];
  return (
    <>
      {report.passagesNotSearched !== undefined && <p class="small">{t('index_incomplete')}</p>}
      {condensed && !condensed.isLeftOut && (
        <details class="small">
          <summary>{tCount('condensed_turns', condensed.turns)}</summary>
          <p class="soft" dir="auto">
            {condensed.text}
          </p>
        </details>
      )}
      {report.turnsLeftOut !== undefined && <p class="small">{tCount('turns_left_out', report.turnsLeftOut)}</p>}
      {report.wasShortened && <p class="small">{t('was_shortened')}</p>}
      <p class="report soft small">{parts.filter(Boolean).join(' · ')}</p>
    </>
  );
}

function searchedWords({ isWhole, pagesSearched, scope }: SearchReport): string {
  // Which pages were chosen one by one is said above the composer.
  const where = scope ? scopeWords(scope) : '';
  if (where === '') return tCount(isWhole ? 'read_all_pages' : 'searched_pages', pagesSearched);
  return tCount(isWhole ? 'read_all_pages_in' : 'searched_pages_in', pagesSearched, where);
}

/** Less than all is never called all. */
function percent(share: number): number {
  return Math.min(Math.ceil(share * 100), share < 1 ? 99 : 100);
}
