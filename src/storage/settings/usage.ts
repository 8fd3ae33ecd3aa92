import { monthBefore } from '../../core/spending/local-day';
import { passesCap } from '../../core/spending/spending-settings';
import { sumUsage, type UsageMonth, type UsageRow, type UsageSum } from '../../core/spending/usage-row';
import type { Library, WriteTransaction } from '../schema';
import { writeWhole } from '../write-whole';

const usageStores = ['usage', 'usageMonths'] as const;

/** For so many months before the present one each call keeps a row of its own. */
const monthsKept = 13;

/**
 * Notes a call that is about to be made, at what it is expected to take, unless that would pass the cap: looking and noting are one transaction, so that of
 * two calls at once the second sees the first, and one whose worker dies has been counted.
 * @returns what is spent by now when the cap forbids it, else nothing
 */
export async function reserveUsage(library: Library, row: UsageRow, capUsd: number | undefined): Promise<{ spentUsd: number } | undefined> {
  const transaction = library.transaction(usageStores, 'readwrite');
  return writeWhole(transaction, () => reserveUsageWithin(transaction as unknown as WriteTransaction, row, capUsd));
}

/** The same as part of a larger transaction. */
export async function reserveUsageWithin(
  transaction: WriteTransaction,
  row: UsageRow,
  capUsd: number | undefined,
): Promise<{ spentUsd: number } | undefined> {
  const month = await monthOf(transaction.objectStore('usageMonths'), row.day);
  if (passesCap({ spentUsd: month.usd, ...(capUsd === undefined ? {} : { capUsd }) }, row.usd, row.unpricedCalls > 0))
    return { spentUsd: month.usd };
  void transaction.objectStore('usage').put({ ...row, isExpected: true });
  void transaction.objectStore('usageMonths').put(plus(month, row));
  return undefined;
}

/** Replaces what was expected of a call by what it took; one that came to nothing leaves no row. Counts in the month in which the call was made. */
export async function settleUsage(library: Library, row: UsageRow): Promise<void> {
  const transaction = library.transaction(usageStores, 'readwrite');
  await writeWhole(transaction, async () => {
    const reserved = await transaction.objectStore('usage').get(row.id);
    if (!reserved?.isExpected) return;
    const { isExpected: _, ...settled } = row;
    const month = plus(await monthOf(transaction.objectStore('usageMonths'), row.day), reserved, -1);
    if (row.calls === 0) {
      void transaction.objectStore('usage').delete(row.id);
      void transaction.objectStore('usageMonths').put(month);
      return;
    }
    void transaction.objectStore('usage').put(settled);
    void transaction.objectStore('usageMonths').put(plus(month, settled));
  });
}

/** What the month of a day has come to. */
export async function readUsageMonth(library: Library, day: string): Promise<UsageMonth> {
  return monthOf(library.transaction('usageMonths').store, day);
}

/** The months that anything was called in, the latest first. */
export async function listUsageMonths(library: Library): Promise<UsageMonth[]> {
  return (await library.getAll('usageMonths')).reverse();
}

/** All calls of a month, the first first. */
export async function readUsageRows(library: Library, month: string): Promise<UsageRow[]> {
  return (await library.getAllFromIndex('usage', 'byDay', daysOf(month))).sort(
    (one, other) => one.day.localeCompare(other.day) || one.at - other.at,
  );
}

/** Adds a row of a backup, unless it is known, or is part of a sum by now. */
export async function restoreUsage(library: Library, row: UsageRow): Promise<void> {
  const transaction = library.transaction(usageStores, 'readwrite');
  await writeWhole(transaction, async () => {
    const usage = transaction.objectStore('usage');
    if (await usage.getKey(row.id)) return;
    // Only what is old is folded: the many rows of other days need not be looked at.
    const latest = (await transaction.objectStore('usageMonths').openKeyCursor(null, 'prev'))?.key;
    const mayBeFolded = latest !== undefined && row.day < monthBefore(`${latest}-01`, monthsKept);
    if (mayBeFolded && (await usage.index('byDay').getAll(row.day)).some((known) => known.calls > 1 && isOf(known, row))) return;
    void usage.put(row);
    void transaction.objectStore('usageMonths').put(plus(await monthOf(transaction.objectStore('usageMonths'), row.day), row));
  });
}

/**
 * Makes one row of those of each day, model and purpose that are older than thirteen months. A day at a time, each in a transaction of its own: cut off, it goes
 * on the next time.
 * @param today as `localDay` gives it
 */
export async function foldOldUsage(library: Library, today: string): Promise<void> {
  const before = IDBKeyRange.upperBound(monthBefore(today, monthsKept), true);
  const days = new Set<string>();
  const seen = library.transaction('usage').store.index('byDay');
  for (let cursor = await seen.openKeyCursor(before, 'nextunique'); cursor; cursor = await cursor.continue()) days.add(cursor.key);
  for (const day of days) await foldDay(library, day);
}

async function foldDay(library: Library, day: string): Promise<void> {
  const transaction = library.transaction('usage', 'readwrite');
  await writeWhole(transaction, async () => {
    const rows = await transaction.store.index('byDay').getAll(day);
    const sums = sumUsage(rows);
    if (sums.length === rows.length) return;
    for (const { id } of rows) void transaction.store.delete(id);
    for (const sum of sums) {
      const first = rows.find((row) => isOf(sum, row));
      if (first) void transaction.store.put({ ...sum, id: first.id, at: first.at });
    }
  });
}

function isOf(sum: UsageSum, row: UsageSum): boolean {
  return row.host === sum.host && row.model === sum.model && row.purpose === sum.purpose;
}

async function monthOf(months: { get(month: string): Promise<UsageMonth | undefined> }, day: string): Promise<UsageMonth> {
  const month = day.slice(0, 7);
  return (await months.get(month)) ?? { month, usd: 0, unpricedCalls: 0 };
}

function plus(month: UsageMonth, row: UsageSum | UsageRow, times: 1 | -1 = 1): UsageMonth {
  const usd = month.usd + times * row.usd;
  const unpricedCalls = month.unpricedCalls + times * row.unpricedCalls;
  // Sums of such fractions do not come back to nothing exactly.
  return { month: month.month, usd: Math.max(0, Math.round(usd * 1e12) / 1e12), unpricedCalls: Math.max(0, unpricedCalls) };
}

const daysOf = (month: string) => IDBKeyRange.bound(month, `${month}-99`);
