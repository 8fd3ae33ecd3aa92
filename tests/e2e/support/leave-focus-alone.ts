import type { Page } from 'playwright-core';

/** What Playwright keeps behind a page, in this same process. */
interface PageInside {
  readonly _connection: {
    toImpl(page: Page): {
      readonly delegate: { readonly _mainFrameSession: { readonly _client: { send(method: string, options: object): Promise<unknown> } } };
    };
  };
}

/**
 * Playwright has each page believe that it is in front. This takes it back for one, so that it is hidden while another tab is in front, as
 * everywhere else. Only the session that began the pretence can end it, and that is not to be had by any public way.
 */
export async function leaveFocusAlone(page: Page): Promise<void> {
  const { delegate } = (page as unknown as PageInside)._connection.toImpl(page);
  await delegate._mainFrameSession._client.send('Emulation.setFocusEmulationEnabled', { enabled: false });
}
