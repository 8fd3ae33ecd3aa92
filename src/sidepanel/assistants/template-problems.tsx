import type { TemplateProblem } from '../../core/prompt/prompt-template';
import { t } from '../../view/translate';

/** What keeps a template from being used, each with the way to mend it. */
export function TemplateProblems({ id, problems }: { readonly id: string; readonly problems: readonly TemplateProblem[] }) {
  return (
    <div id={id} class="field-problems small" role="status">
      {problems.length > 0 && (
        <ul>
          {problems.map((problem) => (
            <li key={JSON.stringify(problem)}>{wordsOf(problem)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const braced = (name: string) => `{{${name}}}`;

function wordsOf(problem: TemplateProblem): string {
  switch (problem.kind) {
    case 'unclosed':
      return t('template_unclosed');
    case 'unknown':
      return problem.meant
        ? t('template_unknown_meant', braced(problem.name), braced(problem.meant))
        : t('template_unknown', braced(problem.name));
    case 'missing':
      return t('template_missing', braced(problem.name));
    case 'repeated':
      return t('template_repeated', braced(problem.name));
    case 'not-here':
      return t('template_not_here', braced(problem.name));
  }
}
