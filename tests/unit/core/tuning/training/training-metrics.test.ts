import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainableModelNames } from '../../../../../src/core/tuning/training/trainable-model-names';
import { mergeMetrics, mostMeasuredSteps, readMetrics, readResultsFile } from '../../../../../src/core/tuning/training/training-metrics';

const file = 'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,2.5,0.4,,\n2,2.25,0.5,2.75,0.45\n';
const read = [
  { step: 1, trainingLoss: 2.5, trainingAccuracy: 0.4 },
  { step: 2, trainingLoss: 2.25, trainingAccuracy: 0.5, validationLoss: 2.75, validationAccuracy: 0.45 },
];

describe('a file of results', () => {
  it.each([
    ['as it is written', file],
    ['as base64', btoa(file)],
    ['as base64 in lines', btoa(file).replace(/(.{20})/g, '$1\r\n')],
    [
      'with a mark of byte order, carriage returns and quotation marks',
      `\uFEFF${file.replaceAll('\n', '\r\n').replaceAll('train_loss', '"train_loss"')}`,
    ],
    [
      'with its columns in another order',
      'valid_mean_token_accuracy,valid_loss,train_accuracy,train_loss,step\n,,0.4,2.5,1\n0.45,2.75,0.5,2.25,2',
    ],
    ['with columns that nobody knows', file.replaceAll(/^(.+)$/gm, '$1,7').replace(',7', ',reward')],
    [
      'with its rows in another order',
      'step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n2,2.25,0.5,2.75,0.45\n1,2.5,0.4,,\n',
    ],
  ])('is read %s', (_, text) => {
    expect(readResultsFile(text)).toEqual(read);
  });

  it('is read as far as it goes when a column is missing or a row is cut off', () => {
    expect(readResultsFile('step,train_loss\n1,2.5\n2,2.2')).toEqual([
      { step: 1, trainingLoss: 2.5 },
      { step: 2, trainingLoss: 2.2 },
    ]);
    expect(readResultsFile('train_loss,valid_loss\n2.5,\n2.25,2.75\n').map(({ step }) => step)).toEqual([1, 2]);
  });

  it('is read as far as it goes when its base64 is cut off', () => {
    expect(readResultsFile(btoa(file).slice(0, -3)).map(({ step }) => step)).toEqual([1, 2]);
  });

  it('takes no measurement that cannot be', () => {
    expect(readResultsFile('step,train_loss,train_accuracy\n1,NaN,0.5\n2,-1,7\n-3,1,1\nx,Infinity,0.1\n')).toEqual([
      { step: 1, trainingAccuracy: 0.5 },
      { step: 4, trainingAccuracy: 0.1 },
    ]);
  });

  it('is never a reason to fall over', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => Array.isArray(readResultsFile(text))));
  });
});

describe('measurements', () => {
  it('of all validation examples go before those of a batch', () => {
    expect(readMetrics({ step: 5, valid_loss: 2, full_valid_loss: 1.5 })).toEqual({ step: 5, validationLoss: 1.5 });
  });

  it('of one step are put together, the later ones first', () => {
    const lists = [
      [{ step: 2, trainingLoss: 3 }],
      [
        { step: 1, trainingLoss: 4 },
        { step: 2, trainingLoss: 2.5, validationLoss: 2 },
      ],
    ];
    expect(mergeMetrics(...lists)).toEqual([
      { step: 1, trainingLoss: 4 },
      { step: 2, trainingLoss: 2.5, validationLoss: 2 },
    ]);
  });

  it('of too many steps are thinned out, but none of the validation goes missing', () => {
    const many = Array.from({ length: mostMeasuredSteps * 2.5 }, (_, index) => ({
      step: index + 1,
      trainingLoss: 1,
      ...(index % 100 === 50 ? { validationLoss: index } : {}),
    }));
    const merged = mergeMetrics(many);
    expect(merged.length).toBeLessThanOrEqual(mostMeasuredSteps);
    expect(merged.at(-1)?.step).toBe(many.length);
    expect(merged.filter(({ validationLoss }) => validationLoss !== undefined)).toHaveLength(many.length / 100);
  });
});

it('Each provider is known to train models, and no other server is', () => {
  expect(trainableModelNames('api.openai.com')).toContain('gpt-4.1-nano');
  expect(trainableModelNames('api.fireworks.ai')).toContain('qwen3-8b');
  expect(trainableModelNames('localhost:1234')).toEqual([]);
});
