import type { PendingCaptures } from '../capture/pending-captures';
import type { TabScripts } from '../capture/tab-scripts';

export interface CaptureByRuleTools {
  /** Notes that a rule asks the tab for its page. */
  readonly expectCapture: (tabId: number) => Promise<void>;
  readonly scripts: Pick<TabScripts, 'capture'>;
  readonly pendingByRule: Pick<PendingCaptures<unknown>, 'wait'>;
}

/** Has a page captured that a rule wants, and resolves when it is stored or will not be. Rejects where no script may run. */
export async function captureByRule(tabId: number, { expectCapture, scripts, pendingByRule }: CaptureByRuleTools): Promise<void> {
  await expectCapture(tabId);
  const handedOver = pendingByRule.wait(tabId);
  handedOver.catch(() => {});
  await scripts.capture(tabId, 'page');
  // However it ends: there is nobody to tell. But the page must hear that this worker lived to see it.
  await handedOver.catch(() => {});
}
