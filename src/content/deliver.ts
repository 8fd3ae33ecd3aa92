import type { CaptureScript } from '../core/capture/capture-script';
import type { Envelope } from '../protocol/send';
import type { CaptureMessages } from '../protocol/worker-requests';
import type { Capture } from './capture-page';

interface ExtensionRuntime {
  readonly runtime: { sendMessage(envelope: Envelope): Promise<unknown> };
}

// By hand, for `createSend` and the polyfill bring more than is needed to say one thing once; every browser this runs in answers with promises.
const { browser, chrome } = globalThis as { browser?: ExtensionRuntime; chrome?: ExtensionRuntime };

/** Hands what was read, or why it was not, to the worker. */
export function deliver(capture: Capture, script: CaptureScript): void {
  if ('page' in capture) void send('capture/deliver', { ...capture, script });
  else void send('capture/fail', { ...capture, script });
}

const repeatAfterMs = 1_000;

/** Sent until it is answered, for the worker may be ended at any moment; it takes a page once. When it stays away, it notices by itself that nothing comes. */
async function send<Name extends keyof CaptureMessages>(request: Name, data: CaptureMessages[Name]['data'], triesLeft = 5): Promise<void> {
  const reply = await (browser ?? chrome)?.runtime.sendMessage({ request, data }).catch(() => {});
  if (!reply && triesLeft > 1) setTimeout(() => void send(request, data, triesLeft - 1), repeatAfterMs);
}
