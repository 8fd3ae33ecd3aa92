import { useState } from 'preact/hooks';
import { t } from '../../view/translate';
import { Field } from '../settings/field';
import { ProgressBar } from '../shared/progress-bar';
import type { ExamplesState } from './examples-state';

const usualPercent = 10;
const usualSeed = 42;

/** Sets some examples apart to judge by: the same ones each time for the same share and seed. */
export function SplitExamples({ examples }: { readonly examples: ExamplesState }) {
  const [percent, setPercent] = useState(usualPercent);
  const [seed, setSeed] = useState(usualSeed);
  const share = examples.splitting.value;
  return (
    <details class="tune-part">
      <summary>{t('tune_split')}</summary>
      <form
        class="tune-form"
        onSubmit={(event) => {
          event.preventDefault();
          void examples.split(seed, percent / 100);
        }}
      >
        <Field label={t('tune_split_share')} hint={t('tune_split_hint')}>
          {(id, hintId) => (
            <input
              id={id}
              class="field"
              type="number"
              min={0}
              max={50}
              value={percent}
              aria-describedby={hintId}
              onInput={(event) => setPercent(event.currentTarget.valueAsNumber || 0)}
            />
          )}
        </Field>
        <Field label={t('tune_split_seed')}>
          {(id) => (
            <input
              id={id}
              class="field"
              type="number"
              step={1}
              value={seed}
              onInput={(event) => setSeed(Math.trunc(event.currentTarget.valueAsNumber || 0))}
            />
          )}
        </Field>
        <div class="actions">
          <button type="submit" class="button" disabled={examples.isBusy.value}>
            {t('tune_split_do')}
          </button>
          {share !== undefined && (
            <button type="button" class="button" onClick={examples.stopSplit}>
              {t('stop')}
            </button>
          )}
        </div>
        {share !== undefined && <ProgressBar label={t('tune_splitting')} percent={Math.floor(share * 100)} />}
        <p class="visually-hidden" role="status">
          {share !== undefined && t('tune_splitting')}
        </p>
      </form>
    </details>
  );
}
