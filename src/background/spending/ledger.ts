import { type Cost, costOfUse, type ModelUse, priceOf } from '../../core/models/model-prices';
import { ProblemError } from '../../core/problem';
import { localDay, startOfNextMonth } from '../../core/spending/local-day';
import type { SpendingSettings } from '../../core/spending/spending-settings';
import type { UsageId, UsageRow } from '../../core/spending/usage-row';
import type { Library } from '../../storage/schema';
import { foldOldUsage, readUsageMonth, reserveUsage, settleUsage } from '../../storage/settings/usage';
import type { Meter } from '../model-access/meter';

export interface LedgerTools {
  readonly openLibrary: () => Promise<Library>;
  readonly readSettings: () => Promise<SpendingSettings>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Something was spent, or is about to be. */
  readonly changed: () => void;
}

/**
 * Keeps a row of each call to a model. What a call is expected to cost is set aside before it is made, and corrected when it has ended.
 * `open` rejects with `spending-cap` when the month's cap would be passed.
 */
export function ledger({ openLibrary, readSettings, now, newId, changed }: LedgerTools): Meter {
  return {
    async open({ baseUrl, model, purpose, conversationId, expected }) {
      const [library, { capUsd, prices }] = await Promise.all([openLibrary(), readSettings()]);
      const price = priceOf(baseUrl, model, prices);
      const at = now();
      const day = localDay(at);
      const described = {
        id: newId() as UsageId,
        at,
        day,
        host: new URL(baseUrl).host,
        model,
        purpose,
        ...(conversationId === undefined ? {} : { conversationId }),
      };
      const isFirstOfMonth = (await library.getKey('usageMonths', day.slice(0, 7))) === undefined;
      const refused = await reserveUsage(library, { ...described, ...figuresOf(expected, costOfUse(price, expected)) }, capUsd);
      if (refused) {
        const detail = `$${refused.spentUsd.toFixed(2)} / $${capUsd?.toFixed(2)}`;
        throw new ProblemError({ code: 'spending-cap', detail, retryAfterMs: startOfNextMonth(at) - at });
      }
      // What is not folded now is folded in a month.
      if (isFirstOfMonth) void foldOldUsage(library, day).catch(() => {});
      changed();
      return {
        async settle(used) {
          const cost = costOfUse(price, used);
          await settleUsage(await openLibrary(), { ...described, ...figuresOf(used, cost) });
          changed();
          return cost;
        },
      };
    },
  };
}

function figuresOf(
  used: ModelUse,
  cost: Cost,
): Pick<UsageRow, 'calls' | 'promptTokens' | 'cachedTokens' | 'completionTokens' | 'usd' | 'unpricedCalls'> {
  const isAnything = used.promptTokens > 0 || used.completionTokens > 0 || used.image !== undefined;
  return {
    calls: isAnything ? 1 : 0,
    promptTokens: used.promptTokens,
    cachedTokens: used.cachedTokens ?? 0,
    completionTokens: used.completionTokens,
    usd: cost.kind === 'known' ? cost.usd : 0,
    unpricedCalls: isAnything && cost.kind === 'unknown' ? 1 : 0,
  };
}

/** What the month of a moment has come to, and what it may. */
export async function spentOfCap({ openLibrary, readSettings, now }: Pick<LedgerTools, 'openLibrary' | 'readSettings' | 'now'>) {
  const [{ usd, unpricedCalls, month }, { capUsd }] = await Promise.all([
    openLibrary().then((library) => readUsageMonth(library, localDay(now()))),
    readSettings(),
  ]);
  return { month, spentUsd: usd, unpricedCalls, ...(capUsd === undefined ? {} : { capUsd }) };
}
