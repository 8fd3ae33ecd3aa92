import { passesCap } from '../../core/spending/spending-settings';
import { type EmbeddingCost, embeddingCost } from '../../core/vectors/embedding-cost';
import { type LedgerTools, spentOfCap } from './ledger';

/** Prices what is about to be embedded, and says when the month's cap would not let all of it be. */
export function costOfWork(tools: Pick<LedgerTools, 'openLibrary' | 'readSettings' | 'now'>) {
  return async (baseUrl: string, model: string, tokens: number): Promise<EmbeddingCost> => {
    const [spent, { prices }] = await Promise.all([spentOfCap(tools), tools.readSettings()]);
    const cost = embeddingCost(baseUrl, model, tokens, prices);
    if (cost.kind !== 'known' || spent.capUsd === undefined || !passesCap(spent, cost.usd)) return cost;
    return { ...cost, cap: { usd: spent.capUsd, leftUsd: Math.max(0, spent.capUsd - spent.spentUsd) } };
  };
}

export type CostOfWork = ReturnType<typeof costOfWork>;
