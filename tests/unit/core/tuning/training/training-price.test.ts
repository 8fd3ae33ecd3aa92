import { expect, it } from 'vitest';
import { mergeCourse } from '../../../../../src/core/tuning/training/merge-course';
import { trainedExampleTokens, trainingPriceOf } from '../../../../../src/core/tuning/training/training-price';

const openai = 'https://api.openai.com/v1';

it('Training costs what the person entered, else nothing at their own server, else what the provider lists, else nobody knows', () => {
  expect(trainingPriceOf(openai, 'gpt-4.1-nano-2025-04-14', [])).toEqual({ usdPerMillionTrained: 1.5, date: '2026-06-21' });
  const edit = { host: 'api.openai.com', model: 'gpt-4.1-nano', usdPerMillionTrained: 2 };
  expect(trainingPriceOf(openai, 'gpt-4.1-nano', [{ ...edit, host: 'other.example' }, edit])).toEqual({ usdPerMillionTrained: 2 });
  // A price of answers says nothing of training.
  const ofAnswers = { host: 'api.openai.com', model: 'ft:gpt-4.1-nano', usdPerMillionInput: 9 };
  expect(trainingPriceOf(openai, 'gpt-4.1-nano', [ofAnswers])?.usdPerMillionTrained).toBe(1.5);
  expect(trainingPriceOf('http://localhost:8000/v1', 'anything', [])).toEqual({ usdPerMillionTrained: 0 });
  expect(trainingPriceOf('https://other.example/v1', 'gpt-4.1-nano', [])).toBeUndefined();
  expect(trainingPriceOf(openai, 'gpt-9', [])).toBeUndefined();
});

it('Of an example so much is trained as the model takes, and all of it where nobody says', () => {
  expect(trainedExampleTokens('gpt-3.5-turbo')).toBe(16_385);
  expect(trainedExampleTokens('gpt-4.1-2025-04-14')).toBe(65_536);
  expect(trainedExampleTokens('qwen3-8b')).toBe(Number.POSITIVE_INFINITY);
});

it('A course keeps what was told before, once, in order, and of events the last thousand', () => {
  const event = (number: number, text = '') => ({ id: `e${number}`, at: number, level: 'info' as const, text });
  const before = { events: [event(1), event(2, 'old')], metrics: [{ step: 1, trainingLoss: 3 }], checkpoints: [{ model: 'two', step: 2 }] };
  const told = {
    events: [event(2, 'new'), event(0)],
    metrics: [
      { step: 2, trainingLoss: 2 },
      { step: 1, validationLoss: 4 },
    ],
    checkpoints: [
      { model: 'one', step: 1 },
      { model: 'two', step: 2, metrics: { trainingLoss: 2 } },
    ],
  };
  expect(mergeCourse(before, told)).toEqual({
    events: [event(0), event(1), event(2, 'new')],
    metrics: [
      { step: 1, trainingLoss: 3, validationLoss: 4 },
      { step: 2, trainingLoss: 2 },
    ],
    checkpoints: told.checkpoints,
  });
  const many = { ...before, events: Array.from({ length: 1_500 }, (_, number) => event(number)) };
  expect(mergeCourse(before, many).events.map(({ id }) => id)).toEqual(many.events.slice(-1_000).map(({ id }) => id));
});
