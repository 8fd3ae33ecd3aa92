import { render } from 'preact';
import browser from 'webextension-polyfill';
import { problemOf } from '../core/problem';
import { handAskedPages } from '../protocol/asked-pages';
import { createSend } from '../protocol/send';
import type { WorkerRequests } from '../protocol/worker-requests';
import { t } from '../view/translate';
import { MissingPage } from './missing-page';
import { openPanel } from './open-panel';
import { Reader } from './reader';
import { parseReaderAddress } from './reader-address';

const send = createSend<WorkerRequests>((envelope) => browser.runtime.sendMessage(envelope));

async function show() {
  document.documentElement.lang = t('language');
  const address = parseReaderAddress(location.search);
  if (!address) return render(<MissingPage problem={{ code: 'not-found' }} />, document.body);
  const { pageId, version, passage, instead } = address;
  try {
    const found = await send('page/read', { pageId, ...(version !== undefined && { version }) });
    const versions = found.page.version > 1 ? await send('page/versions', { pageId }) : [];
    const readVersion = async (number: number) => (await send('page/read', { pageId, version: number })).version;
    const keepApart = (address: string) => send('page/keep-apart', { pageId, address });
    const { id: windowId } = await browser.windows.getCurrent();
    const ask = () => {
      if (windowId === undefined) return;
      void openPanel(windowId);
      handAskedPages(localStorage, { windowId, pageIds: [found.page.id], askedAt: Date.now() });
    };
    document.title = found.page.title;
    render(
      <Reader
        {...found}
        passage={passage}
        instead={instead}
        versions={versions}
        readVersion={readVersion}
        keepApart={keepApart}
        onAsk={ask}
      />,
      document.body,
    );
  } catch (error) {
    render(<MissingPage problem={problemOf(error)} />, document.body);
  }
}

void show();
