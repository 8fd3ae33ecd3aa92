import type { MessageId } from '../core/conversation/conversation';
import type { TuningFigures } from '../core/retrieval-tuning/tuning-figures';

export interface TunedSearchStatus {
  /** Whose vectors answer questions; absent when there are none, so that there is nothing to tune. */
  readonly model?: string;
  /** How many questions something is known of: what was opened, or what was cited. */
  readonly questions: number;
  /** With fewer, nothing is trained. */
  readonly fewest: number;
  readonly isTraining: boolean;
  /** What came of the last training. */
  readonly last?: TuningFigures;
  /** The training whose outcome is used in searches. */
  readonly used?: TuningFigures;
  /** What is stored of it is not what was written, so it is not used. */
  readonly isDamaged?: true;
}

/** What may be asked of the worker about search that is tuned to its user. */
export interface TunedSearchRequests {
  'tuned-search/status': { data: null; reply: TunedSearchStatus };
  /** Begins the training. How far it is, and how it ends, comes as `search-tuning` events. */
  'tuned-search/train': { data: null; reply: null };
  'tuned-search/stop': { data: null; reply: null };
  'tuned-search/undo': { data: null; reply: TunedSearchStatus };
  /** Notes that the person opened a source of an answer. */
  'answer/opened': { data: { answerId: MessageId; source: number }; reply: null };
}
