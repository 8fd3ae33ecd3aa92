import { useSignal } from '@preact/signals';
import { capState } from '../../core/spending/spending-settings';
import type { SpendingStatus } from '../../protocol/spending-requests';
import { t } from '../../view/translate';
import type { SpendingState } from '../state/spending-state';
import { Field } from './field';

interface CapFormProps {
  readonly spending: SpendingState;
  readonly status: SpendingStatus;
}

/** The most that may be spent in a month. */
export function CapForm({ spending, status }: CapFormProps) {
  const { capUsd, spentUsd, prices } = status;
  const typed = useSignal(capUsd === undefined ? '' : String(capUsd));
  const state = capState(status);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const usd = Number.parseFloat(typed.value);
        void spending.change({ ...(Number.isFinite(usd) ? { capUsd: usd } : {}), prices });
      }}
    >
      <Field label={t('monthly_cap')} hint={t('monthly_cap_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            class="field"
            type="number"
            min={0}
            max={1_000_000}
            step="any"
            inputMode="decimal"
            aria-describedby={hintId}
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {capUsd !== undefined && (
        <progress
          class="cap-bar"
          data-state={state}
          max={capUsd || 1}
          value={Math.min(spentUsd, capUsd || 1)}
          aria-label={t('share_of_cap')}
        />
      )}
      <div class="actions">
        <button type="submit" class="button">
          {t('set_cap')}
        </button>
      </div>
    </form>
  );
}
