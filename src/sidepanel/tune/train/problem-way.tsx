import type { Problem, ProblemCode } from '../../../core/problem';
import type { TuningServiceName } from '../../../core/tuning/training/tuning-job';
import { type MessageKey, t } from '../../../view/translate';
import { type AlternativeActions, Alternatives } from './alternatives';
import type { TrainState } from './train-state';

/** Where things are done about problems of training. */
export interface ProblemActions extends AlternativeActions {
  readonly onOpenSpending: () => void;
  readonly onCheckExamples: () => void;
}

interface ProblemWayProps {
  readonly problem: Problem;
  readonly service: TuningServiceName;
  /** Where the problem was met; absent where that is the address in the form. */
  readonly baseUrl?: string;
  readonly train: TrainState;
  readonly actions: ProblemActions;
}

/** The way on, where there is another than the words say. */
export function ProblemWay({ problem: { code }, service, baseUrl, train, actions }: ProblemWayProps) {
  if (code === 'tuning-not-available' || code === 'tuning-not-offered')
    return <Alternatives service={service} train={train} actions={actions} />;
  const enterKey = () => train.enterKey(service, baseUrl);
  const ways: Partial<Record<ProblemCode, readonly [words: MessageKey, way: () => void]>> = {
    'model-key-refused': ['train_enter_key', enterKey],
    'tuning-key-missing': ['train_enter_key', enterKey],
    'tuning-key-lacks-rights': ['train_enter_key', enterKey],
    'tuning-job-gone': ['train_enter_key', enterKey],
    'tuning-nothing-rejected': ['train_supervised', () => train.changePlan({ method: 'supervised' })],
    'tuning-examples-refused': ['tune_check', actions.onCheckExamples],
    'tuning-file-refused': ['tune_check', actions.onCheckExamples],
    'spending-cap': ['train_change_cap', actions.onOpenSpending],
  };
  const found = ways[code];
  if (!found) return null;
  const [words, way] = found;
  return (
    <button type="button" class="button" onClick={way}>
      {t(words)}
    </button>
  );
}
