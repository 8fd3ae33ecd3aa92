import type { Problem } from '../core/problem';
import { problemWords } from '../view/problem-words';
import { t } from '../view/translate';

/** Stands in the place of a page that cannot be shown. */
export function MissingPage({ problem }: { readonly problem: Problem }) {
  return (
    <main class="missing">
      <h1>{problem.code === 'not-found' ? t('page_deleted') : problemWords(problem)}</h1>
      <p class="soft">{problem.code === 'not-found' ? t('page_deleted_next') : problem.detail}</p>
    </main>
  );
}
