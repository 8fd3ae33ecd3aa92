import { formatPriceUsd } from '../../view/format-usd';
import { t } from '../../view/translate';
import type { SpendingState } from '../state/spending-state';

interface CapNoticeProps {
  readonly spending: SpendingState;
  readonly onOpenSettings: () => void;
}

/** Tells that the month's cap is near or reached, before the next question meets it. */
export function CapNotice({ spending, onOpenSettings }: CapNoticeProps) {
  const state = spending.cap.value;
  const { spentUsd = 0, capUsd = 0 } = spending.status.value ?? {};
  return (
    <div role="status">
      {state !== 'far' && (
        <p class="cap-notice small">
          {state === 'near' ? t('cap_near', formatPriceUsd(spentUsd), formatPriceUsd(capUsd)) : t('cap_reached', formatPriceUsd(capUsd))}{' '}
          <button type="button" class="text-button" onClick={onOpenSettings}>
            {t('open_settings')}
          </button>
        </p>
      )}
    </div>
  );
}
