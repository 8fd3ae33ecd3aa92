import type { Brand } from '../brand';
import type { ConversationId } from '../conversation/conversation';
import type { CallPurpose } from '../models/call-account';

export type UsageId = Brand<string, 'UsageId'>;

/** A call to a model; or, when it is long past, the calls of one day to one model for one purpose. */
export interface UsageRow {
  readonly id: UsageId;
  /** When it was made, in milliseconds since 1970; of a sum, the first of its calls. */
  readonly at: number;
  /** The same where the person was, as an ISO 8601 date: months of other time zones are not theirs. */
  readonly day: string;
  /** Of the server, with its port if it has one of its own. */
  readonly host: string;
  readonly model: string;
  readonly purpose: CallPurpose;
  /** Absent in sums, and where there is none. */
  readonly conversationId?: ConversationId;
  readonly calls: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** What is known of the cost; 0 for the person's own servers. */
  readonly usd: number;
  /** How many of the calls went to a model whose price was not known. */
  readonly unpricedCalls: number;
  /** It is under way, or the worker died with it: the figures are what was expected. */
  readonly isExpected?: true;
}

/** What is spent in one month. */
export interface UsageMonth {
  /** Such as `2026-11`. */
  readonly month: string;
  /** With what calls under way are expected to cost. */
  readonly usd: number;
  readonly unpricedCalls: number;
}

/** Calls of the same day, to the same model, for the same purpose. */
export type UsageSum = Omit<UsageRow, 'id' | 'at' | 'conversationId' | 'isExpected'>;

/** Adds up rows by day, server, model and purpose, in the order of the first of each. */
export function sumUsage(rows: Iterable<UsageSum>): UsageSum[] {
  const sums = new Map<string, UsageSum>();
  for (const row of rows) {
    const { day, host, model, purpose } = row;
    const key = JSON.stringify([day, host, model, purpose]);
    const sum = sums.get(key);
    sums.set(key, {
      day,
      host,
      model,
      purpose,
      calls: row.calls + (sum?.calls ?? 0),
      promptTokens: row.promptTokens + (sum?.promptTokens ?? 0),
      cachedTokens: row.cachedTokens + (sum?.cachedTokens ?? 0),
      completionTokens: row.completionTokens + (sum?.completionTokens ?? 0),
      usd: row.usd + (sum?.usd ?? 0),
      unpricedCalls: row.unpricedCalls + (sum?.unpricedCalls ?? 0),
    });
  }
  return [...sums.values()];
}
