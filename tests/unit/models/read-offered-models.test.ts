import { describe, expect, it } from 'vitest';
import { matchingModels, refusedByList, sortModels } from '../../../src/core/models/offered-model';
import { readOfferedModels } from '../../../src/models/read-offered-models';

describe('Of a server’s list of models is read', () => {
  it.each([
    [
      'context, price and parameters, as OpenRouter says them',
      {
        id: 'maker/writer',
        context_length: 128_000,
        pricing: { prompt: '0.0000025', completion: '0.00001', image: '0' },
        supported_parameters: ['temperature', 'max_tokens', 'reasoning'],
      },
      {
        id: 'maker/writer',
        contextTokens: 128_000,
        price: { usdPerMillionInput: 2.5, usdPerMillionOutput: 10 },
        accepts: ['temperature', 'max_tokens', 'reasoning'],
      },
    ],
    [
      'prices for a million, as Together says them',
      { id: 'writer', type: 'chat', context_length: 8_192, pricing: { input: 0.2, output: 0.6, hourly: 0 } },
      { id: 'writer', use: 'chat', contextTokens: 8_192, price: { usdPerMillionInput: 0.2, usdPerMillionOutput: 0.6 } },
    ],
    ['the length that vLLM was started with', { id: 'writer', max_model_len: 4_096 }, { id: 'writer', contextTokens: 4_096 }],
    [
      'what LM Studio is for',
      { id: 'finder', type: 'embeddings', max_context_length: 512 },
      { id: 'finder', use: 'embedding', contextTokens: 512 },
    ],
    ['a name alone', { id: 'writer', object: 'model', created: 0, owned_by: 'someone' }, { id: 'writer' }],
    ['no price where it is said to be −1, to depend', { id: 'any', pricing: { prompt: '-1', completion: '-1' } }, { id: 'any' }],
    ['no price where it is no number', { id: 'any', pricing: { prompt: 'ask us', completion: '' } }, { id: 'any' }],
    [
      'nothing that is of another kind than it should be',
      { id: 'any', context_length: 'long', supported_parameters: 'all', pricing: 7 },
      { id: 'any' },
    ],
  ])('%s', (_, item, model) => {
    const [read] = readOfferedModels({ data: [item] }) ?? [];
    expect(read).toMatchObject(model);
    expect(Object.keys(read ?? {}).sort()).toEqual(Object.keys(model).sort());
  });

  it('each that is one, whether the list stands alone or as data', () => {
    const items = [{ id: 'a' }, null, 7, { name: 'b' }, { id: '' }, { id: 'x'.repeat(1_000) }, { id: 'c' }];
    expect(readOfferedModels(items)?.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(readOfferedModels({ data: items })?.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(readOfferedModels({ data: 'none' })).toBeUndefined();
    expect(readOfferedModels('<html>')).toBeUndefined();
  });
});

it('What a list of parameters leaves out is refused, but not what no list names', () => {
  const parts = refusedByList({ accepts: ['temperature', 'max_tokens', 'reasoning'] }).map(({ part }) => part);
  expect(parts).toEqual(['top_p', 'frequency_penalty', 'presence_penalty', 'stop', 'seed', 'verbosity', 'response_format']);
  expect(refusedByList({})).toEqual([]);
});

it('Models are sorted with what is not known last', () => {
  const models = [
    { id: 'c', contextTokens: 8, usdPerMillion: 3 },
    { id: 'b' },
    { id: 'a', contextTokens: 32, usdPerMillion: 5 },
    { id: 'd', contextTokens: 32, usdPerMillion: 1 },
  ];
  const ids = (sort: Parameters<typeof sortModels>[1]) => sortModels(models, sort).map(({ id }) => id);
  expect(ids('name')).toEqual(['a', 'b', 'c', 'd']);
  expect(ids('context')).toEqual(['a', 'd', 'c', 'b']);
  expect(ids('price')).toEqual(['d', 'c', 'a', 'b']);
});

it('Models are found by parts of their names', () => {
  const models = [{ id: 'maker/Writer-Mini' }, { id: 'maker/writer' }];
  expect(matchingModels(models, 'mini maker').map(({ id }) => id)).toEqual(['maker/Writer-Mini']);
  expect(matchingModels(models, ' ')).toHaveLength(2);
});
