import type { Page } from 'playwright-core';
import { type ExtensionOptions, type LaunchedExtension, launchExtension } from '../../support/extension';
import { type ModelServer, type ModelServerOptions, startModelServer } from '../../support/model-server';
import { loadRequestValidator } from '../../support/openapi-validation';
import { type Site, startSite } from '../../support/site/server';

/** What an end-to-end test plays on: pages to save, a model server, and a browser with the extension. */
export interface Stage {
  readonly site: Site;
  readonly models: ModelServer;
  /** The browser; another one after `restart`. */
  readonly extension: LaunchedExtension;
  /** The first tab. Tests that need no second one take pages of the site into it. */
  readonly tab: Page;
  /**
   * The real side panel, opened by a click on the icon while `tab` shows a page.
   * @param options for what loads longer than pages do
   */
  openPanel(path: string, options?: { readonly timeout: number }): Promise<Page>;
  /**
   * Starts the browser again with what it had in its profile.
   * @param meanwhile is called while no browser runs
   */
  restart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
}

/** Whether requests to the model server are held against OpenAI's own description of its interface. */
export const requestsAreValidated = loadRequestValidator() !== null;

export async function openStage(options: ExtensionOptions = {}, modelOptions: ModelServerOptions = {}): Promise<Stage> {
  const [site, models, extension] = await Promise.all([
    startSite(),
    startModelServer({ ...modelOptions, validator: loadRequestValidator() }),
    launchExtension(options),
  ]);
  const firstTab = ({ context }: LaunchedExtension) => context.pages()[0] ?? context.newPage();
  const stage = {
    site,
    models,
    extension,
    tab: await firstTab(extension),
    async openPanel(path: string, options?: { readonly timeout: number }) {
      await stage.tab.goto(new URL(path, site.url).href, options);
      const panel = await stage.extension.openSidePanel(stage.tab);
      // Well within a test's own time, so that what is waited for in vain is named.
      panel.setDefaultTimeout(15_000);
      return panel;
    },
    async restart(meanwhile = () => {}) {
      await stage.extension.close();
      meanwhile();
      stage.extension = await launchExtension(options);
      stage.tab = await firstTab(stage.extension);
    },
    async close() {
      await Promise.all([stage.extension.close(), models.close(), site.close()]);
    },
  };
  return stage;
}
