/// <reference path="../../core/import/papaparse.d.ts" />
import { unparse } from 'papaparse';
import type { UsageRow } from '../../core/spending/usage-row';

/** Calls to models as a table for other programs. A cost that is not known is left empty. What might be taken for a formula is not. */
export function usageFile(rows: readonly UsageRow[]): string {
  const data = rows.map((row) => ({
    time: new Date(row.at).toISOString(),
    day: row.day,
    server: row.host,
    model: row.model,
    purpose: row.purpose,
    conversation: row.conversationId ?? '',
    calls: row.calls,
    tokens_read: row.promptTokens,
    tokens_read_from_cache: row.cachedTokens,
    tokens_written: row.completionTokens,
    cost_usd: row.unpricedCalls === row.calls ? '' : row.usd,
    calls_of_unknown_price: row.unpricedCalls,
    expected_only: row.isExpected ? 'yes' : '',
  }));
  return `${unparse(data, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}
