import { askQuestion, chooseModels, openView, savePage, sendFrom, startConversation } from '../panel';
import type { Stop, Tour } from './stop';

const lens = 'When was the great lens at Skerrow Head lit for the last time?';
const keeper = 'How many separate prisms does the lens from Skerrow Head hold?';
const savedPaths = ['/essays/fresnel-lens', '/kitchen/sourdough', '/docs/retries', '/news/harbour-tram'];

const box = ({ panel }: Tour) => panel.getByRole('textbox', { name: 'Ask your pages' });
const exchange = ({ panel }: Tour) => panel.getByRole('article').last();
const scopeMenu = ({ panel }: Tour) => panel.getByRole('dialog', { name: 'What is asked' });

const pictureForm = ({ panel }: Tour) => panel.getByRole('form', { name: 'Picture' });

async function openPictureForm(tour: Tour): Promise<void> {
  await box(tour).fill('/image A lighthouse of white stone on a headland at dusk');
  await tour.panel.keyboard.press('Enter');
  await pictureForm(tour).getByLabel('Model for pictures').fill('gpt-image-test');
  await pictureForm(tour).getByLabel('Model for pictures').blur();
  await pictureForm(tour).getByText('Cost: ').waitFor();
}

/** With marks of all kinds that the text of an answer has. */
const richAnswer = [
  'The great lens at Skerrow Head was lit for the last time on **3 March 1974** [1]. It was then sold to a museum in Vienna in 1981.',
  '',
  '## What it was made of',
  '',
  '- 1,014 separate prisms [1]',
  '- a frame of `gunmetal`, as *most* were',
  '',
  '| Part | Count | Weight |',
  '| :-- | --: | --: |',
  '| Prisms | 1,014 | 2.5 t |',
  '| Panels | 24 | 0.4 t |',
  '',
  '```js',
  'const bearing = lens.focus({ degrees: 26 }); // as the keeper did',
  '```',
  '',
  'Its focal length $f$ follows from $\\frac{1}{f} = (n - 1) \\frac{2}{r}$.',
  '',
  '> The light went out, and nobody came.',
].join('\n');

/** Asking, from the first page saved to a conversation with branches. */
export const askStops: readonly Stop[] = [
  {
    name: 'ask-page-saved',
    isMain: true,
    async go(tour) {
      for (const path of savedPaths) {
        tour.panel = await tour.stage.openPanel(path);
        await openView(tour.panel, 'Ask');
        await savePage(tour.panel);
      }
      tour.panel = await tour.stage.openPanel('/essays/fresnel-lens');
      await tour.panel.locator('.empty-title').waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-quotations',
    isMain: true,
    async go({ panel }) {
      await askQuestion(panel, lens);
      return undefined;
    },
  },
  {
    name: 'ask-nothing-found',
    async go({ panel }) {
      await askQuestion(panel, 'quasar');
      return undefined;
    },
    leave: async (tour) => {
      const { stage, panel } = tour;
      await startConversation(panel);
      await stage.extension.acceptRequestFor(stage.models.url);
      const prices = [{ host: new URL(stage.models.url).host, model: 'test-chat', usdPerMillionInput: 10, usdPerMillionOutput: 100 }];
      await sendFrom(panel)('spending/write', { settings: { capUsd: 1, prices } });
      await chooseModels(panel, { url: stage.models.url, apiKey: stage.models.apiKey, chatModel: 'test-chat', embeddingModel: '' });
    },
  },
  {
    name: 'ask-searching',
    isPassing: true,
    async go(tour) {
      tour.stage.models.tokensPerSecond = 2;
      await box(tour).fill(lens);
      await tour.panel.keyboard.press('Enter');
      await tour.panel.locator('.waiting, .being-written').first().waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-streaming',
    isPassing: true,
    async go(tour) {
      await exchange(tour).locator('.being-written').waitFor();
      return undefined;
    },
    leave: async (tour) => {
      tour.stage.models.tokensPerSecond = undefined;
      await tour.panel.keyboard.press('Escape');
      await exchange(tour).locator('[aria-busy="false"]').waitFor();
    },
  },
  {
    name: 'ask-answer',
    isMain: true,
    isTall: true,
    async go({ stage, panel }) {
      await startConversation(panel);
      stage.models.misbehave({ kind: 'says', text: richAnswer });
      await askQuestion(panel, lens);
      await panel.locator('.answer-text math').first().waitFor();
      await panel.locator('.answer-text .code-keyword').first().waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-citation-open',
    isMain: true,
    async go(tour) {
      await startConversation(tour.panel);
      await askQuestion(tour.panel, lens);
      await tour.panel
        .locator('.answer-text')
        .getByRole('button', { name: /^Source/ })
        .first()
        .focus();
      await tour.panel.getByRole('group', { name: /^Source \d+$/ }).waitFor();
      return undefined;
    },
    leave: async (tour) => box(tour).focus(),
  },
  {
    name: 'ask-follow-up-and-sources',
    isTall: true,
    async go(tour) {
      await askQuestion(tour.panel, keeper);
      const more = exchange(tour).locator('.sources summary');
      if ((await more.count()) > 0) await more.first().click();
      return undefined;
    },
  },
  {
    name: 'ask-error',
    isMain: true,
    async go({ stage, panel }) {
      await startConversation(panel);
      stage.models.fail({ kind: 'server-error' });
      await askQuestion(panel, lens);
      await panel.getByRole('alert').waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-refused',
    async go({ stage, panel }) {
      stage.models.misbehave({ kind: 'refuses', text: "I'm sorry, I can't help with that." });
      await askQuestion(panel, lens);
      return undefined;
    },
  },
  {
    name: 'ask-scope-menu',
    isMain: true,
    async go(tour) {
      await startConversation(tour.panel);
      await tour.panel.locator('.scope-opener').click();
      await scopeMenu(tour).waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-scope-site',
    async go(tour) {
      await scopeMenu(tour).getByRole('button', { name: 'A site' }).click();
      await scopeMenu(tour).getByRole('option').first().waitFor();
      return undefined;
    },
    leave: (tour) => tour.panel.keyboard.press('Escape'),
  },
  {
    name: 'ask-scope-time',
    async go(tour) {
      if (!(await scopeMenu(tour).isVisible())) await tour.panel.locator('.scope-opener').click();
      const back = scopeMenu(tour).getByRole('button', { name: 'Back' });
      if (await back.isVisible()) await back.click();
      await scopeMenu(tour).getByRole('button', { name: 'A time span' }).click();
      await scopeMenu(tour).getByLabel('Read until').waitFor();
      return undefined;
    },
    leave: async (tour) => {
      for (let presses = 0; presses < 3 && (await scopeMenu(tour).isVisible()); presses += 1) await tour.panel.keyboard.press('Escape');
    },
  },
  {
    name: 'ask-own-knowledge',
    isMain: true,
    async go(tour) {
      const { panel, stage } = tour;
      await panel.locator('.scope-opener').click();
      await scopeMenu(tour).getByLabel('Also the model’s own knowledge').check();
      await panel.keyboard.press('Escape');
      stage.models.misbehave({
        kind: 'says',
        text: 'The great lens was lit for the last time on 3 March 1974 [1].\n\n[own] Lenses of this kind were first made in France, in 1823.',
      });
      await askQuestion(panel, lens);
      await panel.getByRole('group', { name: /own knowledge/ }).waitFor();
      return undefined;
    },
    leave: (tour) => startConversation(tour.panel),
  },
  {
    name: 'ask-commands',
    async go(tour) {
      await box(tour).fill('/');
      await tour.panel.getByRole('listbox').getByRole('option').first().waitFor();
      return undefined;
    },
    leave: (tour) => box(tour).fill(''),
  },
  {
    name: 'ask-picking-pages',
    async go(tour) {
      await box(tour).fill('@so');
      await tour.panel.getByRole('listbox').getByRole('option').first().waitFor();
      return undefined;
    },
    leave: (tour) => box(tour).fill(''),
  },
  {
    name: 'ask-preview',
    isMain: true,
    async go(tour) {
      await box(tour).fill(lens);
      await tour.panel.getByRole('button', { name: 'Preview' }).click();
      await tour.panel.locator('[aria-label="Preview"][aria-busy="false"], section[aria-busy="false"]').first().waitFor();
      return undefined;
    },
    leave: async (tour) => {
      await tour.panel.getByRole('button', { name: 'Preview' }).click();
      await box(tour).fill('');
    },
  },
  {
    name: 'ask-picture-form',
    isMain: true,
    async go(tour) {
      await openPictureForm(tour);
      return undefined;
    },
    leave: (tour) => pictureForm(tour).getByRole('button', { name: 'Cancel' }).click(),
  },
  {
    name: 'ask-picture',
    isOnlyPictured: true,
    async go(tour) {
      await openPictureForm(tour);
      await pictureForm(tour).getByRole('button', { name: 'Make picture' }).click();
      await tour.panel.getByRole('img', { name: /^A lighthouse/ }).waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-branches',
    async go(tour) {
      const { panel } = tour;
      await startConversation(panel);
      await askQuestion(panel, lens);
      await panel.getByRole('button', { name: 'Edit the question' }).click();
      await panel.getByRole('textbox', { name: 'Edit the question' }).fill(keeper);
      await panel.keyboard.press('Enter');
      await panel.getByRole('heading', { name: keeper }).waitFor();
      await panel.locator('.answer[aria-busy="false"]').waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-branches-compared',
    async go({ panel }) {
      await panel.getByRole('button', { name: 'Compare branches' }).first().click();
      await panel.getByRole('button', { name: 'Back to the conversation' }).waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByRole('button', { name: 'Back to the conversation' }).click(),
  },
  {
    name: 'ask-editing',
    async go({ panel }) {
      await panel.getByRole('button', { name: 'Edit the question' }).click();
      await panel.getByRole('textbox', { name: 'Edit the question' }).waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.keyboard.press('Escape'),
  },
  {
    name: 'ask-conversations',
    isMain: true,
    async go({ panel }) {
      await panel.locator('.conversation-opener').click();
      await panel.getByRole('list', { name: 'Conversations' }).waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-conversations-found',
    async go({ panel }) {
      await panel.getByRole('searchbox', { name: 'Search conversations' }).fill('lens');
      await panel.getByRole('list', { name: 'Conversations that match' }).waitFor();
      return undefined;
    },
    leave: async ({ panel }) => {
      await panel.keyboard.press('Escape');
      if (await panel.getByRole('searchbox', { name: 'Search conversations' }).isVisible()) await panel.keyboard.press('Escape');
    },
  },
  {
    name: 'ask-comparison-prepared',
    isMain: true,
    isTall: true,
    async go(tour) {
      const { panel } = tour;
      await startConversation(panel);
      await panel.getByRole('button', { name: 'Compare models' }).click();
      const comparison = panel.getByRole('region', { name: 'Compare models' });
      await comparison.getByRole('textbox', { name: 'Question' }).fill(lens);
      for (const [index, model] of ['test-chat', 'test-completions'].entries())
        await comparison
          .getByRole('group', { name: `Model ${index + 1}` })
          .getByLabel('Name', { exact: true })
          .fill(model);
      await comparison.getByRole('button', { name: 'Find passages and estimate the cost' }).click();
      await comparison.getByText(/^Together: /).waitFor();
      return undefined;
    },
  },
  {
    name: 'ask-comparison',
    isMain: true,
    isTall: true,
    async go({ panel }) {
      const comparison = panel.getByRole('region', { name: 'Compare models' });
      await comparison.getByRole('button', { name: 'Ask 2 models' }).click();
      await comparison.getByText('2 of 2 have ended').waitFor();
      return undefined;
    },
    leave: ({ panel }) => panel.getByRole('region', { name: 'Compare models' }).getByRole('button', { name: 'Close' }).click(),
  },
];
