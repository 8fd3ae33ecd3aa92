import { useContext } from 'preact/hooks';
import { t } from '../../../view/translate';
import { ModelField } from '../../settings/model-field';
import { CheckField } from '../../shared/check-field';
import { TunedModels } from '../../shared/lineage/tuned-models';
import type { SettingsState } from '../../state/settings-state';
import type { JudgeState } from './judge-state';

interface SideFieldsProps {
  readonly at: 0 | 1;
  readonly judge: JudgeState;
  readonly settings: SettingsState;
}

/** One of the two that are compared. */
export function SideFields({ at, judge, settings }: SideFieldsProps) {
  const { trained, baseUrl } = useContext(TunedModels);
  const { model, withRetrieval } = judge.draft.value.sides[at];
  const elsewhere = trained.find((one) => one.model === model && hostOf(one.job.baseUrl) !== hostOf(baseUrl));
  return (
    <fieldset class="judge-side">
      <legend>{t('judge_side', at + 1)}</legend>
      <ModelField
        label={t('compare_model')}
        hint={at === 1 ? t('judge_model_hint') : ''}
        value={model}
        models={settings.models.value}
        onChange={(chosen) => judge.changeSide(at, { model: chosen })}
      />
      {elsewhere && <p class="small judge-elsewhere">{t('judge_elsewhere', hostOf(elsewhere.job.baseUrl), hostOf(baseUrl))}</p>}
      <CheckField
        label={t('judge_with_retrieval')}
        isChecked={withRetrieval}
        onChange={(isChecked) => judge.changeSide(at, { withRetrieval: isChecked })}
      />
    </fieldset>
  );
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
}
