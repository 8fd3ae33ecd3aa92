import { expect, it } from 'vitest';
import { tokensOf } from '../../../../../src/core/tuning/example-tokens';
import { automaticEpochs, trainableModels, trainedTokens, trainingCostUsd } from '../../../../../src/core/tuning/training/training-cost';

it('100,000 tokens for 3 epochs at $0.008 per 1,000 are $2.40', () => {
  expect(trainingCostUsd(100_000, 3, 8)).toBeCloseTo(2.4, 10);
});

it('a small set is shown more often and a large one less', () => {
  expect([1, 5, 10, 33, 34, 600, 8_333, 8_334, 12_000, 50_000].map(automaticEpochs)).toEqual([25, 20, 10, 3, 3, 3, 3, 2, 2, 1]);
});

it('what a trainer cuts off is not paid for', () => {
  expect(trainedTokens([100, 70_000, 65_536], 65_536)).toBe(131_172);
});

it('the shipped prices say what each trainable model takes', () => {
  const models = new Map(trainableModels().map((one) => [one.model, one]));
  expect(models.get('gpt-4.1-nano')).toMatchObject({ usdPerMillionTrained: 1.5, maximumExampleTokens: 65_536, host: 'api.openai.com' });
  expect(models.get('gpt-3.5-turbo')?.usdPerMillionTrained).toBe(8);
  expect(models.has('gpt-5.5')).toBe(false);
});

it('a turn costs its words and what surrounds it, and passages and calls are read too', () => {
  const count = (text: string) => text.split(/\s+/).filter(Boolean).length;
  const conversation = [{ role: 'user', content: 'one two three' }];
  expect(tokensOf({ conversation, answer: { role: 'assistant', content: 'four' } }, count)).toEqual({
    turns: [7, 5],
    total: 15,
    totalRejected: 0,
  });
  const answer = { role: 'assistant', content: '', toolCalls: [{ name: 'land', arguments: '{"a": 1}' }] };
  expect(tokensOf({ conversation, answer, passages: [{ title: 'T', text: 'five six' }] }, count).turns).toEqual([11, 7]);
});

it('of a pair each answer is read with all that comes before it', () => {
  const count = (text: string) => text.split(/\s+/).filter(Boolean).length;
  const conversation = [{ role: 'user', content: 'one two three' }];
  const said = (content: string) => ({ role: 'assistant', content });
  const pair = { conversation, answer: said('four'), rejected: said('five six seven'), tools: 'a tool' };
  expect(tokensOf(pair, count)).toEqual({ turns: [7, 5], total: 17, totalRejected: 19 });
  expect(tokensOf({ ...pair, answer: pair.rejected }, count).total).toBe(19);
});
