import { createContext } from 'preact';
import type { PriceEdit } from '../../../core/models/model-prices';
import type { TrainedModel } from '../../../core/tuning/training/model-lineage';

/** What is known of tuned models wherever one is chosen. */
export interface TunedModelsKnown {
  /** Those that were trained from here, the newest job first. */
  readonly trained: readonly TrainedModel[];
  /** The server that is set. */
  readonly baseUrl: string;
  /** Prices that the person has entered. */
  readonly prices: readonly PriceEdit[];
  /** Has them read, if they have not been. */
  readonly load: () => Promise<void>;
}

export const TunedModels = createContext<TunedModelsKnown>({ trained: [], baseUrl: '', prices: [], load: async () => {} });
