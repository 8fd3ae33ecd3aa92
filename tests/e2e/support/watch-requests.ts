import type { Page } from 'playwright-core';
import type { LaunchedExtension } from '../../support/extension';

/** Notes the addresses of all that the panel and the worker ask for outside of the extension, from now on. The worker must run, and be left to. */
export async function watchRequests({ cdp, extensionId }: LaunchedExtension, panel: Page): Promise<readonly string[]> {
  const asked: string[] = [];
  const note = (url: string) => {
    // What the page has made itself, such as a file to be saved, is asked of nobody.
    if (!/^(chrome-extension|blob|data):/.test(url)) asked.push(url);
  };
  panel.on('request', (request) => note(request.url()));
  const { targetInfos } = await cdp.send('Target.getTargets');
  const worker = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  if (!worker) throw new Error('The worker does not run.');
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false });
  const isEnabled = new Promise<void>((resolve) => {
    cdp.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const { id, method, params } = JSON.parse(event.message) as { id?: number; method?: string; params?: { request?: { url: string } } };
      if (id === 1) resolve();
      if (method === 'Network.requestWillBeSent' && params?.request) note(params.request.url);
    });
  });
  await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: 1, method: 'Network.enable', params: {} }) });
  await isEnabled;
  return asked;
}
