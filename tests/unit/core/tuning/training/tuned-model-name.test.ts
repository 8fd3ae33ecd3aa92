import { expect, it } from 'vitest';
import { retirementOf, retirementState } from '../../../../../src/core/models/model-retirement';
import { shippedRetirements } from '../../../../../src/core/models/shipped-retirements';
import { epochsOf, lineageOf, modelsOfJob } from '../../../../../src/core/tuning/training/model-lineage';
import { parseTunedModelName } from '../../../../../src/core/tuning/training/tuned-model-name';
import type { TuningJob, TuningJobId } from '../../../../../src/core/tuning/training/tuning-job';

const file = { examples: 120, tokens: 16_000, bytes: 60_000, sentBytes: 60_000 };
const job: TuningJob = {
  id: 'job-1' as TuningJobId,
  createdAt: 1,
  plan: {
    service: 'openai',
    model: 'gpt-4o-mini-2024-07-18',
    method: 'supervised',
    parameters: {},
    withSystemPrompt: true,
    withValidation: true,
  },
  baseUrl: 'https://api.openai.com/v1',
  state: 'succeeded',
  training: file,
  estimate: { epochs: 3 },
  tunedModel: 'ft:gpt-4o-mini-2024-07-18:acme:marv:abc',
};

it('reads the parts of a name', () => {
  expect(parseTunedModelName('ft:gpt-4o-mini-2024-07-18:acme:marv:AbC123')).toEqual({
    service: 'openai',
    base: 'gpt-4o-mini-2024-07-18',
    owner: 'acme',
    suffix: 'marv',
  });
  expect(parseTunedModelName('ft:gpt-3.5-turbo-0125:acme::AbC123')).toEqual({
    service: 'openai',
    base: 'gpt-3.5-turbo-0125',
    owner: 'acme',
  });
  expect(parseTunedModelName('ft:gpt-4.1:acme:marv:AbC123:ckpt-step-90')).toMatchObject({ base: 'gpt-4.1', suffix: 'marv', step: 90 });
  expect(parseTunedModelName('accounts/ada/models/marv#accounts/ada/deployments/d1')).toEqual({ service: 'fireworks', owner: 'ada' });
});

it('takes no other name for that of a tuned model', () => {
  for (const name of ['gpt-4o', 'ft:', 'ft:gpt-4o', 'accounts/fireworks/models/llama-v3p1-8b-instruct', 'openai/o3', 'gemma:ft:x', '']) {
    expect(parseTunedModelName(name)).toBeUndefined();
  }
});

it('knows a model by the job that it came of, be it the outcome or a checkpoint', () => {
  const trained = modelsOfJob({ ...job, tunedModel: 'plain-name' }, [
    { model: 'other-name', step: 40 },
    { model: 'plain-name', step: 120 },
  ]);
  expect(trained.map(({ model, step }) => [model, step])).toEqual([
    ['plain-name', undefined],
    ['other-name', 40],
  ]);
  expect(lineageOf('other-name', trained)).toMatchObject({ base: 'gpt-4o-mini-2024-07-18', step: 40, job: { id: 'job-1' } });
  expect(lineageOf('plain-name', trained)).not.toHaveProperty('step');
  expect(lineageOf('ft:gpt-4.1:acme:marv:AbC', trained)).toEqual({ model: 'ft:gpt-4.1:acme:marv:AbC', base: 'gpt-4.1' });
  expect(lineageOf('gpt-4.1', trained)).toBeUndefined();
});

it('believes the service about the epochs before the plan, and the plan before the estimate', () => {
  expect(epochsOf(job)).toBe(3);
  expect(epochsOf({ ...job, plan: { ...job.plan, parameters: { epochs: 5 } } })).toBe(5);
  expect(epochsOf({ ...job, plan: { ...job.plan, parameters: { epochs: 5 } }, chosen: { epochs: 4 } })).toBe(4);
});

it('says where each retirement is announced, by a date that there is', () => {
  for (const { source, date, models } of shippedRetirements) {
    expect(new URL(source).protocol).toBe('https:');
    for (const day of [date, ...Object.values(models)]) expect(new Date(`${day}T00:00:00Z`).toISOString()).toBe(`${day}T00:00:00.000Z`);
  }
});

it('knows a retirement at the provider’s own server only', () => {
  expect(retirementOf('https://api.openai.com/v1', 'gpt-4o-mini-2024-07-18')).toMatchObject({ on: '2027-01-14' });
  expect(retirementOf('http://127.0.0.1:8080/v1', 'gpt-4o-mini-2024-07-18')).toBeUndefined();
  expect(retirementOf('https://api.openai.com/v1', 'toString')).toBeUndefined();
  expect(retirementOf('', 'gpt-4o')).toBeUndefined();
});

it('warns from ninety days before', () => {
  const retirement = { on: '2027-01-14', source: '', date: '' };
  expect(retirementState(retirement, '2026-10-15')).toBe('later');
  expect(retirementState(retirement, '2026-10-16')).toBe('soon');
  expect(retirementState(retirement, '2027-01-13')).toBe('soon');
  expect(retirementState(retirement, '2027-01-14')).toBe('past');
});
