import { sumUsage } from '../../core/spending/usage-row';
import type { Handlers } from '../../protocol/handle';
import type { SpendingRequests } from '../../protocol/spending-requests';
import { listUsageMonths, readUsageRows } from '../../storage/settings/usage';
import { type LedgerTools, spentOfCap } from './ledger';
import { resumeCapped } from './resume-capped';

export interface SpendingRequestTools extends Pick<LedgerTools, 'openLibrary' | 'readSettings' | 'now' | 'changed'> {
  readonly writeSettings: (settings: Awaited<ReturnType<LedgerTools['readSettings']>>) => Promise<void>;
  /** Has work that waits go on. */
  readonly resumeWork: () => void;
}

/** What the worker answers to requests about money. */
export function spendingRequestHandlers(tools: SpendingRequestTools): Handlers<SpendingRequests, unknown> {
  const { openLibrary, readSettings, writeSettings, changed, resumeWork } = tools;
  const status = async () => ({ ...(await spentOfCap(tools)), prices: (await readSettings()).prices });
  return {
    'spending/status': status,
    async 'spending/write'({ settings }) {
      await writeSettings(settings);
      await resumeCapped(await openLibrary());
      resumeWork();
      changed();
      return status();
    },
    'spending/months': async () => listUsageMonths(await openLibrary()),
    'spending/sums': async ({ month }) => sumUsage(await readUsageRows(await openLibrary(), month)),
    'spending/calls': async ({ month }) => readUsageRows(await openLibrary(), month),
  };
}
