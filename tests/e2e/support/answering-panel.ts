import type { Page } from 'playwright-core';
import { chooseModels, savePage } from '../../support/panel';
import type { Stage } from './stage';

/** The panel beside the essay on the lens of Skerrow Head, which is saved, with a model chosen that writes answers and none for embeddings. */
export async function openAnsweringPanel(stage: Stage): Promise<Page> {
  const panel = await stage.openPanel('/essays/fresnel-lens');
  await savePage(panel);
  const { url, apiKey } = stage.models;
  await stage.extension.acceptRequestFor(url);
  await chooseModels(panel, { url, apiKey, chatModel: 'test-chat', embeddingModel: '' });
  return panel;
}
