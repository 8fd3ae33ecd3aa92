import type { CaptureScript } from '../core/capture-script';
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
  if ('page' in capture) send('capture/deliver', { ...capture, script });
  else send('capture/fail', { ...capture, script });
}

function send<Name extends keyof CaptureMessages>(request: Name, data: CaptureMessages[Name]['data']): void {
  // The worker notices by itself when nothing comes.
  (browser ?? chrome)?.runtime.sendMessage({ request, data }).catch(() => {});
}
