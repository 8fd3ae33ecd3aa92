import type { Locator } from 'playwright-core';
import { lookAtTrainings, openView, sendFrom } from '../panel';
import type { Stop, Tour } from './stop';

const section = ({ panel }: Tour): Locator => panel.getByRole('region', { name: 'Train at a service' });
const newest = (tour: Tour): Locator => section(tour).getByRole('article').first();

/** Begins a training as the form has it, and has the service move it on. */
async function train(tour: Tour, suffix: string, steps: number): Promise<void> {
  const summary = section(tour).getByText('Begin a training');
  const word = section(tour).getByLabel('Word in the model’s name');
  if (!(await section(tour).getByLabel('Base address').isVisible())) await summary.click();
  await word.fill(suffix);
  await section(tour).getByRole('button', { name: 'What would it cost?' }).click();
  await section(tour)
    .getByRole('button', { name: /^Train for/ })
    .click();
  await newest(tour).getByText('The service checks the files').waitFor();
  const { tuning } = tour.stage.models;
  tuning.advance();
  tuning.advance();
  if (steps > 0) tuning.advance(steps);
  await lookAtTrainings(tour.panel);
}

/** Training at a service: what it costs, how it goes, what came of it, and what went wrong. */
export const trainStops: readonly Stop[] = [
  {
    name: 'train-refused',
    isTall: true,
    async go(tour) {
      const { panel, stage } = tour;
      const examples = Array.from({ length: 24 }, (_, index) => ({
        conversation: [
          { role: 'system', content: 'You are Marv, factual and sarcastic.' },
          { role: 'user', content: `How many lamps are in tower ${index + 1}?` },
        ],
        answer: { role: 'assistant', content: `${index + 1}. Counting is a skill, you know.` },
        split: index % 6 === 5 ? ('validation' as const) : ('train' as const),
      }));
      const send = sendFrom(panel);
      await send('examples/add', { examples, startedAt: Date.now(), first: 0 });
      const { prices } = await send('spending/status', null);
      const { host } = new URL(stage.models.url);
      await send('spending/write', { settings: { prices: [...prices, { host, model: 'gpt-4.1-nano', usdPerMillionTrained: 1_000 }] } });
      await openView(panel, 'Tune');
      await section(tour).getByText('Begin a training').click();
      await section(tour).getByLabel('Base address').fill(stage.models.url);
      await section(tour).getByLabel('Key', { exact: true }).fill('test-key');
      stage.models.tuning.isClosed = true;
      await section(tour).getByRole('button', { name: 'Ask whether it trains' }).click();
      await section(tour).getByText('Other ways to the same end:').waitFor();
      return undefined;
    },
    async leave({ stage }) {
      stage.models.tuning.isClosed = false;
    },
  },
  {
    name: 'train-price',
    isMain: true,
    isTall: true,
    async go(tour) {
      await section(tour).getByRole('button', { name: 'Ask whether it trains' }).click();
      await section(tour).getByText('It trains for this key.').waitFor();
      await section(tour).getByLabel('Model to begin with').fill('gpt-4.1-nano');
      await section(tour).getByText('Parameters', { exact: true }).click();
      await section(tour).getByRole('button', { name: 'What would it cost?' }).click();
      await section(tour)
        .getByRole('button', { name: /^Train for/ })
        .waitFor();
      return undefined;
    },
  },
  {
    name: 'train-plot',
    isMain: true,
    isTall: true,
    async go(tour) {
      await train(tour, 'marv', 70);
      await newest(tour).getByText('by step 70.').waitFor();
      await newest(tour).getByRole('img', { name: 'Token accuracy' }).locator('canvas').waitFor();
      await newest(tour).getByText('The figures').click();
      return undefined;
    },
  },
  {
    name: 'train-done',
    isMain: true,
    isTall: true,
    async go(tour) {
      tour.stage.models.tuning.finish();
      await lookAtTrainings(tour.panel);
      await newest(tour).getByText('Done').waitFor();
      await newest(tour)
        .getByText(/^\d+ checkpoints$/)
        .click();
      return undefined;
    },
  },
  {
    name: 'train-failed',
    isTall: true,
    async go(tour) {
      await train(tour, 'again', 1);
      await newest(tour).getByText('The training loss is').waitFor();
      tour.stage.models.tuning.failJobs();
      await lookAtTrainings(tour.panel);
      await newest(tour).getByText('Failed', { exact: true }).waitFor();
      return undefined;
    },
    async leave({ panel }) {
      const send = sendFrom(panel);
      for (const { id } of await send('tuning-jobs/list', null)) await send('tuning-jobs/forget', { id });
    },
  },
];
