import { useState } from 'preact/hooks';
import { wholeLibrary, withSite } from '../../../core/search/chosen-scope';
import { isNarrowed } from '../../../core/search/matches-scope';
import { t, tCount } from '../../../view/translate';
import { PagePicker, SitePicker, TagPicker } from '../../scope/pickers';
import { ScopeChips } from '../../scope/scope-chips';
import { scopeLabel } from '../../scope/scope-label';
import type { PageChoice } from '../../state/scope-state';

type Step = 'pages' | 'tag' | 'site';
const steps: readonly Step[] = ['pages', 'tag', 'site'];

/** The pages that are drafted from, chosen as those are that a question is put to. */
export function ChooseDraftedPages({ choice }: { readonly choice: PageChoice }) {
  const [step, setStep] = useState<Step>();
  const chosen = choice.chosen.value;
  const description = choice.description.value;
  const back = () => setStep(undefined);
  if (step === 'pages') return <PagePicker scope={choice} onDone={back} onBack={back} />;
  if (step === 'tag') return <TagPicker scope={choice} onDone={back} onBack={back} />;
  if (step === 'site') {
    const take = (site: string) => {
      choice.choose(withSite(chosen, site));
      back();
    };
    return <SitePicker scope={choice} onChoose={take} onBack={back} />;
  }
  return (
    <div class="drafting-pages">
      <p>
        <span class="soft small">{t('drafts_pages')}</span> <strong dir="auto">{scopeLabel(chosen, description?.named)}</strong>
        {description && <span class="soft"> · {tCount('pages', description.pages)}</span>}
      </p>
      <ScopeChips scope={choice} onRemove={() => {}} />
      <div class="actions">
        {steps.map((name) => (
          <button key={name} type="button" class="button small" onClick={() => setStep(name)}>
            {t(`choose_${name}`)}
          </button>
        ))}
        {chosen.kind === 'library' && isNarrowed(chosen.scope) && (
          <button type="button" class="button quiet small" onClick={() => choice.choose(wholeLibrary)}>
            {t('whole_library')}
          </button>
        )}
      </div>
    </div>
  );
}
