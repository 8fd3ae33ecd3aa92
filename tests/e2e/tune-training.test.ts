import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TuningExample } from '../../src/core/tuning/example';
import { askQuestion, lookAtTrainings, openView, sendFrom, startConversation } from '../support/panel';
import { openAnsweringPanel } from './support/answering-panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// Training at a service from the Tune view: whether it trains, what it costs, how it goes, and what comes of it.

const usdPerMillionTrained = 1_000;
let stage: Stage;
let panel: Page;
const refusedByPolicy: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  panel = await openAnsweringPanel(stage);
  panel.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refusedByPolicy.push(message.text());
  });
  const examples = Array.from({ length: 14 }, (_, index): TuningExample => {
    const answer = { role: 'assistant', content: `Lamp ${index}, as if you did not know.` };
    return {
      conversation: [{ role: 'user', content: `Which lamp is in tower ${index}?` }],
      answer,
      ...(index < 3 ? { rejected: { role: 'assistant', content: `It is lamp ${index}.` } } : {}),
      split: index < 12 ? 'train' : 'validation',
    };
  });
  await sendFrom(panel)('examples/add', { examples, startedAt: Date.now(), first: 0 });
  const { host } = new URL(stage.models.url);
  await sendFrom(panel)('spending/write', { settings: { prices: [{ host, model: 'gpt-4.1-nano', usdPerMillionTrained }] } });
  await openView(panel, 'Tune');
  await form().getByText('Begin a training').click();
});

afterAll(() => stage?.close());

const section = () => panel.getByRole('region', { name: 'Train at a service' });
const form = section;
const job = (suffix: string): Locator => section().getByRole('article', { name: `gpt-4.1-nano, “${suffix}”` });
const sentToTrain = () => stage.models.requests.filter(({ method, path }) => method === 'POST' && /^\/(files|uploads)/.test(path));

const look = () => lookAtTrainings(panel);

async function advance(steps?: number): Promise<void> {
  stage.models.tuning.advance(steps);
  await look();
}

async function begin(suffix: string): Promise<void> {
  const summary = form().getByText('Begin a training');
  if (!(await form().getByLabel('Base address').isVisible())) await summary.click();
  const word = form().getByLabel('Word in the model’s name');
  if (!(await word.isVisible())) await form().getByText('Parameters', { exact: true }).click();
  await word.fill(suffix);
  await form().getByRole('button', { name: 'What would it cost?' }).click();
  await form()
    .getByRole('button', { name: /^Train for about \$/ })
    .click();
  await job(suffix).getByText('The service checks the files').waitFor();
}

test('A service that does not train is asked first, and its refusal comes with other ways', async () => {
  stage.models.tuning.isClosed = true;
  const closing = form().getByText('ends it for all on 6 January 2027');
  await form().getByLabel('Base address').fill('https://api.openai.com/v1');
  await closing.waitFor();
  await form().getByLabel('Base address').fill(stage.models.url);
  await form().getByText('A server that speaks like OpenAI’s:').waitFor();
  expect(await closing.count()).toBe(0);
  await form().getByLabel('Key', { exact: true }).fill('test-key');
  await form().getByRole('button', { name: 'Ask whether it trains' }).click();
  const refusal = form().getByRole('alert').filter({ hasText: 'This service does not train models for your organisation.' });
  await refusal.getByText('Fine-tuning is not available for this organization').waitFor();
  await expectNoFaults(panel);
  const [download] = await Promise.all([
    panel.waitForEvent('download'),
    refusal.getByRole('button', { name: 'Save a folder to train from on your own computer' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('examples.zip');
  await refusal.getByRole('button', { name: 'Make an assistant with instructions' }).click();
  await expect.poll(() => panel.evaluate(() => document.activeElement?.id)).toBe('assistants-heading');
  await openView(panel, 'Tune');
  await form().getByRole('alert').getByRole('button', { name: 'Train at Fireworks' }).click();
  expect(await form().getByLabel('Service').inputValue()).toBe('fireworks');
  await form().getByLabel('Service').selectOption('openai');
  expect(await form().getByLabel('Base address').inputValue()).toBe(stage.models.url);
  stage.models.tuning.isClosed = false;
  await form().getByRole('button', { name: 'Ask whether it trains' }).click();
  await form().getByText('It trains for this key.').waitFor();
});

test('The price is told before anything is sent, with what stands in the way', async () => {
  await form().getByLabel('Model to begin with').fill('gpt-4.1-nano');
  await form().getByLabel('Method').selectOption('By preference (DPO)');
  await form().getByText('Parameters', { exact: true }).click();
  await form().getByLabel('Epochs').fill('2');
  await form().getByRole('button', { name: 'What would it cost?' }).click();
  await form().getByText('3 examples with a rejected answer').waitFor();
  await form().getByText('There are too few examples to train on').waitFor();
  expect(
    await form()
      .getByRole('button', { name: /^Train for/ })
      .count(),
  ).toBe(0);
  await form().getByLabel('Method').selectOption('By good answers (supervised)');
  await form().getByRole('button', { name: 'What would it cost?' }).click();
  const button = form().getByRole('button', { name: /^Train for/ });
  await button.waitFor();
  const plan = { service: 'openai', model: 'gpt-4.1-nano', method: 'supervised', parameters: { epochs: 2 } } as const;
  const { training, validation } = await sendFrom(panel)('tuning-jobs/estimate', {
    plan: { ...plan, withSystemPrompt: true, withValidation: true },
  });
  expect([training.examples, validation?.examples]).toEqual([12, 2]);
  const usd = (training.tokens * 2 * usdPerMillionTrained) / 1_000_000;
  expect(await button.innerText()).toBe(`Train for about $${usd.toFixed(2)}`);
  await form().getByText(`12 examples, ${training.tokens} tokens`).waitFor();
  const { host } = new URL(stage.models.url);
  await form()
    .getByText(new RegExp(`^Sends [\\d.]+ kB to ${host}\\. `))
    .waitFor();
  await expectNoFaults(panel);
  expect(sentToTrain()).toEqual([]);
});

test('A training is followed live, paused and gone on with, while the keyboard stays where it is', async () => {
  await begin('marv');
  await expect.poll(() => panel.evaluate(() => document.activeElement?.textContent)).toContain('“marv”');
  expect(sentToTrain()).toHaveLength(2);
  await job('marv')
    .getByText(`${new URL(stage.models.url).host}, begun `)
    .waitFor();
  await advance();
  await job('marv').getByText('Waiting for its turn at the service').waitFor();
  await advance();
  await advance(1);
  await job('marv')
    .getByText(/^The training loss is \d\.\d\d\.$/)
    .waitFor();
  await advance(9);
  await job('marv').getByText('by step 10.').waitFor();
  const loss = job('marv').getByRole('img', { name: 'Loss' });
  await expect.poll(() => loss.locator('canvas').evaluate(paintedPixels)).toBeGreaterThan(200);
  await job('marv').getByRole('img', { name: 'Token accuracy' }).locator('canvas').waitFor();
  await job('marv').getByText('The validation loss is').waitFor();
  const pause = job('marv').getByRole('button', { name: 'Pause' });
  await pause.focus();
  await advance(2);
  await job('marv').getByText('by step 12.').waitFor();
  expect(await hasFocus(pause)).toBe(true);
  await job('marv').getByText('The figures').click();
  await job('marv').getByRole('row', { name: /^12 / }).waitFor();
  await expectNoFaults(panel);
  await pause.click();
  await job('marv').getByText('Paused').waitFor();
  const goOn = job('marv').getByRole('button', { name: 'Go on' });
  expect(await hasFocus(goOn)).toBe(true);
  await panel.keyboard.press('Enter');
  await pause.waitFor();
  expect(await hasFocus(pause)).toBe(true);
  expect(refusedByPolicy).toEqual([]);
});

test('What came of it writes the next answer', async () => {
  stage.models.tuning.finish();
  await look();
  await job('marv').getByText('Done').waitFor();
  await job('marv')
    .getByText(/^It cost about \$\d+\.\d\d\. [\d,]+ tokens were trained\.$/)
    .waitFor();
  await job('marv').getByText('2 checkpoints').waitFor();
  const [run] = stage.models.tuning.runs;
  const name = run ? stage.models.tuning.nameOf(run) : '';
  await job('marv')
    .getByRole('button', { name: `Use ${name} to write answers` })
    .click();
  await job('marv').getByText('It writes the answers from now on.').waitFor();
  await openView(panel, 'Ask');
  await startConversation(panel);
  await askQuestion(panel, 'Which lamp is in tower 4?');
  const asked = stage.models.requests.findLast(({ path }) => path === '/chat/completions');
  expect(asked?.body).toMatchObject({ model: name });
  await openView(panel, 'Tune');
  await job('marv')
    .getByRole('button', { name: `Compare ${name} with its base model` })
    .click();
  const judge = panel.getByRole('region', { name: 'Judge a model' });
  const side = (number: number) => judge.getByRole('group', { name: `Model ${number}` });
  expect(await side(1).getByLabel('Name', { exact: true }).inputValue()).toBe('gpt-4.1-nano');
  expect(await side(2).getByLabel('Name', { exact: true }).inputValue()).toBe(name);
  await side(2)
    .getByText(/^Tuned from gpt-4\.1-nano[-\d]*\. Trained on .+, by good answers: 12 examples, 2 epochs, [\d,]+ tokens\./)
    .waitFor();
  await judge.getByRole('button', { name: 'Cancel' }).click();
});

test('A training that is cancelled says what was spent until then', async () => {
  await begin('cut');
  await advance();
  await advance();
  await advance(6);
  await job('cut').getByText('by step 6.').waitFor();
  const cancel = job('cut').getByRole('button', { name: 'Cancel the training' });
  await cancel.click();
  const asked = job('cut').getByRole('alertdialog');
  expect(await hasFocus(asked.getByRole('button', { name: 'Keep' }))).toBe(true);
  await panel.keyboard.press('Escape');
  await asked.waitFor({ state: 'detached' });
  await expect.poll(() => hasFocus(cancel)).toBe(true);
  await panel.keyboard.press('Enter');
  await asked.getByRole('button', { name: 'Cancel the training' }).click();
  await job('cut').getByText('Cancelled', { exact: true }).waitFor();
  await job('cut')
    .getByText(/^It cost about \$\d+\.\d\d\. [\d,]+ tokens were trained\.$/)
    .waitFor();
});

test('A training that failed says why, and can be taken off the list', async () => {
  await begin('lost');
  await advance();
  stage.models.tuning.failJobs();
  await look();
  await job('lost').getByText('Failed', { exact: true }).waitFor();
  await job('lost').getByRole('alert').getByText('The training crashed').waitFor();
  await expectNoFaults(panel);
  await job('lost').getByRole('button', { name: 'Train again' }).click();
  await expect.poll(() => hasFocus(form().getByRole('form', { name: 'Begin a training' }))).toBe(true);
  expect(await form().getByLabel('Word in the model’s name').inputValue()).toBe('lost');
  await expectNoFaults(panel);
  await job('lost').getByRole('button', { name: 'Take off the list' }).click();
  await job('lost').getByRole('alertdialog').getByRole('button', { name: 'Take off the list' }).click();
  await job('lost').waitFor({ state: 'detached' });
  expect(await hasFocus(section().getByRole('heading', { name: 'Train at a service' }))).toBe(true);
  expect(await section().getByRole('article').count()).toBe(2);
});

const hasFocus = (element: Locator) => element.evaluate((one) => one === document.activeElement);

/** Runs in the page. */
function paintedPixels(canvas: Element): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  return Array.from(pixels).filter((value, index) => index % 4 === 3 && value > 0).length;
}
