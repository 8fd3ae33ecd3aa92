import { type TuningServiceName, tuningServiceNames } from '../../../core/tuning/training/tuning-job';
import { t } from '../../../view/translate';
import { serviceAt } from './service-at';
import type { TrainState } from './train-state';

/** Ways to what training would bring that need not this service. */
export interface AlternativeActions {
  /** Saves all examples as a folder to train from on one's own computer. */
  readonly onSaveFolder: () => void;
  readonly onOpenAssistants: () => void;
  readonly onOpenTunedSearch: () => void;
}

interface AlternativesProps {
  readonly service: TuningServiceName;
  readonly train: TrainState;
  readonly actions: AlternativeActions;
}

export function Alternatives({ service, train, actions }: AlternativesProps) {
  const others = tuningServiceNames.filter((name) => name !== service);
  const way = (words: string, onClick: () => void) => (
    <li key={words}>
      <button type="button" class="text-button" onClick={onClick}>
        {words}
      </button>
    </li>
  );
  return (
    <div class="train-alternatives">
      <p>{t('train_alternatives')}</p>
      <ul>
        {others.map((name) =>
          way(t('train_instead_service', serviceAt(name, train.services.value?.find((known) => known.name === name)?.baseUrl ?? '')), () =>
            train.chooseService(name),
          ),
        )}
        {way(t('train_instead_folder'), actions.onSaveFolder)}
        {way(t('train_instead_assistant'), actions.onOpenAssistants)}
        {way(t('train_instead_search'), actions.onOpenTunedSearch)}
      </ul>
    </div>
  );
}
