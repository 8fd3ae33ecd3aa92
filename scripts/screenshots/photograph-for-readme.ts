import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { askQuestion, chooseModels } from '../../tests/support/panel';
import { demoQuestions } from '../../tests/support/site/demo-pages';
import { saveDemoPages, withDemo } from '../with-demo';

const file = join('docs', 'screenshot.png');
const size = { width: 400, height: 720 };
const gapPx = 24;

/** Makes docs/screenshot.png: the side panel with an answer and a citation opened, in the light and in the dark. */
export async function photographForReadme(): Promise<void> {
  await withDemo(
    async (demo) => {
      const panel = await saveDemoPages(demo, 4);
      await demo.extension.acceptRequestFor(demo.modelServer.url);
      await chooseModels(panel, { url: demo.modelServer.url, apiKey: demo.modelServer.apiKey, chatModel: 'test-chat' });
      const question = demoQuestions.find(({ pagePath }) => pagePath === '/kitchen/sourdough');
      if (!question) throw new Error('There is no question about sourdough.');
      await askQuestion(panel, question.question);
      await panel
        .getByRole('article')
        .getByRole('button', { name: /^Source 1:/ })
        .first()
        .focus();
      await panel.setViewportSize(size);
      const pictures: Buffer[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await panel.emulateMedia({ colorScheme });
        pictures.push(await panel.screenshot({ animations: 'disabled' }));
      }
      await putSideBySide(await demo.extension.context.newPage(), pictures);
      console.log(file);
    },
    ['--force-device-scale-factor=2'],
  );
}

async function putSideBySide(page: Page, pictures: readonly Buffer[]): Promise<void> {
  const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString('base64')}">`);
  await page.setViewportSize({ width: 2 * size.width + 3 * gapPx, height: size.height + 2 * gapPx });
  await page.setContent(`<style>
    body { display: flex; gap: ${gapPx}px; margin: ${gapPx}px; background: #b9b2a6 }
    img { width: ${size.width}px; height: ${size.height}px; border-radius: 8px }
  </style>${images.join('')}`);
  await page.screenshot({ path: file });
}
