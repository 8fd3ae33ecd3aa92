import { useSignal } from '@preact/signals';
import { useContext } from 'preact/hooks';
import { retirementState } from '../../core/models/model-retirement';
import { localDay } from '../../core/spending/local-day';
import { lineageOf } from '../../core/tuning/training/model-lineage';
import { formatDate } from '../../view/format-date';
import { t } from '../../view/translate';
import { retirementOfBase } from '../shared/lineage/lineage-words';
import { TunedModels } from '../shared/lineage/tuned-models';

interface RetirementNoticeProps {
  /** That answers. */
  readonly model: string;
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
  readonly onOpenSettings: () => void;
}

/** Which warnings were seen, so that each comes once: a list of texts. */
const seenKey = 'retirementsSeen';
const mostSeen = 50;

/** Warns, until it is put aside, that the base of the tuned model that answers is switched off soon, or was. */
export function RetirementNotice({ model, memory, onOpenSettings }: RetirementNoticeProps) {
  const known = useContext(TunedModels);
  const seen = useSignal(readSeen(memory));
  const lineage = lineageOf(model, known.trained);
  const retirement = lineage && retirementOfBase(lineage, known.baseUrl);
  const state = retirement && retirementState(retirement, localDay(Date.now()));
  const warning = `${model} ${state} ${retirement?.on}`;
  const isTold = retirement !== undefined && state !== 'later' && !seen.value.includes(warning);
  const putAside = () => {
    seen.value = [...seen.value, warning].slice(-mostSeen);
    memory.setItem(seenKey, JSON.stringify(seen.value));
  };
  return (
    <div role="status">
      {isTold && (
        <p class="cap-notice small">
          {t(state === 'past' ? 'base_retired' : 'base_retires', lineage?.base ?? '', formatDate(retirement.on))}{' '}
          <button type="button" class="text-button" onClick={onOpenSettings}>
            {t('open_settings')}
          </button>{' '}
          <button type="button" class="text-button" onClick={putAside}>
            {t('base_retires_seen')}
          </button>
        </p>
      )}
    </div>
  );
}

function readSeen(memory: RetirementNoticeProps['memory']): readonly string[] {
  try {
    const read: unknown = JSON.parse(memory.getItem(seenKey) ?? '[]');
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
