import type { Envelope } from '../protocol/send';
import type { CaptureMessages } from '../protocol/worker-requests';
import type { Capture } from './capture-page';

interface ExtensionRuntime {
  readonly runtime: { sendMessage(envelope: Envelope): Promise<unknown> };
}

// By hand, for `createSend` and the polyfill bring more than is needed to say one thing once; every browser this runs in answers with promises.
const { browser, chrome } = globalThis as { browser?: ExtensionRuntime; chrome?: ExtensionRuntime };

/** Hands what was read, or why it was not, to the worker. */
export function deliver(capture: Capture): void {
  if ('page' in capture) send('capture/deliver', capture);
  else send('capture/fail', capture);
}

function send<Name extends keyof CaptureMessages>(request: Name, data: CaptureMessages[Name]['data']): void {
  // The worker notices by itself when nothing comes.
  (browser ?? chrome)?.runtime.sendMessage({ request, data }).catch(() => {});
}
