import { batch, computed, signal } from '@preact/signals';
import type { Problem } from '../../core/problem';
import { capState, type SpendingSettings } from '../../core/spending/spending-settings';
import type { UsageMonth, UsageRow, UsageSum } from '../../core/spending/usage-row';
import type { LibraryEvent } from '../../protocol/library-events';
import type { SpendingStatus } from '../../protocol/spending-requests';
import type { Client } from '../client';
import { attemptNoting } from './attempt-noting';

export type SpendingState = ReturnType<typeof createSpendingState>;

/** While pages are embedded, calls end many times a second. */
const readEveryMs = 1_000;

/** What is spent, what may be, and what it went to. */
export function createSpendingState(client: Pick<Client, 'send'>) {
  const status = signal<SpendingStatus | undefined>();
  const months = signal<readonly UsageMonth[]>([]);
  /** The one that is looked at; absent until Spending is. */
  const month = signal<string | undefined>();
  const sums = signal<readonly UsageSum[]>([]);
  const problem = signal<Problem | undefined>();

  const attempt = attemptNoting(problem);

  const read = async () => {
    const now = await client.send('spending/status', null);
    if (month.value === undefined) {
      status.value = now;
      return;
    }
    const known = await client.send('spending/months', null);
    const shown = month.value || now.month;
    const ofMonth = await client.send('spending/sums', { month: shown });
    batch(() => {
      status.value = now;
      month.value = shown;
      months.value = known.some((one) => one.month === now.month) ? known : [{ month: now.month, usd: 0, unpricedCalls: 0 }, ...known];
      sums.value = ofMonth;
    });
  };

  let isReading = false;
  let isStale = false;
  const follow = async () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale) {
      isStale = false;
      await attempt(read);
      await new Promise((resolve) => setTimeout(resolve, readEveryMs));
    }
    isReading = false;
  };

  return {
    status,
    months,
    month,
    sums,
    problem,
    cap: computed(() => (status.value ? capState(status.value) : 'far')),

    /** Reads what Spending shows. */
    load: () =>
      attempt(async () => {
        month.value ??= '';
        await read();
      }),

    show: (chosen: string) =>
      attempt(async () => {
        month.value = chosen;
        await read();
      }),

    change: (settings: SpendingSettings) =>
      attempt(async () => {
        status.value = await client.send('spending/write', { settings });
      }),

    /** @param save is given each call of the month that is shown */
    exportCalls: (save: (calls: readonly UsageRow[]) => void) =>
      attempt(async () => save(await client.send('spending/calls', { month: month.value ?? '' }))),

    receive: (event: LibraryEvent) => (event.type === 'spending-changed' ? follow() : undefined),
    refresh: follow,
  };
}
