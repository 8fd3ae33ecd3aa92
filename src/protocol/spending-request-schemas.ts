import * as v from 'valibot';
import type { Schemas } from './handle';
import type { SpendingRequests } from './spending-requests';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
/** More than any model costs, little enough that a sum of them stays a number. */
const usd = v.pipe(v.number(), v.minValue(0), v.maxValue(1_000_000));

const priceEdit = v.object({
  host: name,
  model: name,
  usdPerMillionInput: v.exactOptional(usd),
  usdPerMillionCachedInput: v.exactOptional(usd),
  usdPerMillionOutput: v.exactOptional(usd),
  usdPerImage: v.exactOptional(usd),
  usdPerMillionTrained: v.exactOptional(usd),
});

/** What a person set about money. */
export const spendingSettingsSchema = v.object({
  capUsd: v.exactOptional(usd),
  prices: v.pipe(v.array(priceEdit), v.maxLength(1_000)),
});

const month = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}$/));

export const spendingRequestSchemas: Schemas<SpendingRequests> = {
  'spending/status': () => v.null(),
  'spending/write': () => v.object({ settings: spendingSettingsSchema }),
  'spending/months': () => v.null(),
  'spending/sums': () => v.object({ month }),
  'spending/calls': () => v.object({ month }),
};
