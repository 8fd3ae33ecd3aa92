import { describe, expect, test } from 'vitest';
import { type CheckedRequest, loadRequestValidator } from '../../support/openapi-validation';

const validate = loadRequestValidator();

const messages = [
  { role: 'system', content: 'Answer from the passages.' },
  { role: 'user', content: [{ type: 'text', text: 'How tall is it?' }] },
];

function chat(body: object): CheckedRequest {
  return { method: 'POST', path: '/chat/completions', query: {}, headers: { 'content-type': 'application/json' }, body };
}

function embeddings(body: object): CheckedRequest {
  return { ...chat(body), path: '/embeddings' };
}

function get(path: string, query: Record<string, string> = {}): CheckedRequest {
  return { method: 'GET', path, query, headers: {}, body: undefined };
}

test('without the document there is no validator', () => {
  expect(loadRequestValidator('/nowhere/openapi.json')).toBeNull();
});

describe.skipIf(!validate)('with OpenAI’s document beside the checkout', () => {
  test.each([
    ['a streamed chat', chat({ model: 'any', messages, stream: true, stream_options: { include_usage: true }, temperature: 0.2 })],
    ['a nullable parameter set to null', chat({ model: 'any', messages, max_completion_tokens: null, stop: null })],
    ['embeddings of several texts', embeddings({ model: 'any', input: ['one', 'two'], encoding_format: 'base64', dimensions: 512 })],
    ['embeddings of tokens', embeddings({ model: 'any', input: [[1, 2], [3]] })],
    ['the list of models', get('/models')],
    ['one model, by its place in the path', get('/models/gpt-4o')],
    ['a number in the query', get('/fine_tuning/jobs', { limit: '20' })],
  ])('%s passes', (_, request) => {
    expect(validate?.(request)).toEqual([]);
  });

  test.each([
    ['a misspelt parameter', chat({ model: 'any', messages, temprature: 1 }), 'temprature'],
    ['a temperature out of range', chat({ model: 'any', messages, temperature: 3 }), '/temperature'],
    ['a role that does not exist', chat({ model: 'any', messages: [{ role: 'reader', content: 'x' }] }), 'role'],
    ['a message without content', chat({ model: 'any', messages: [{ role: 'user' }] }), 'content'],
    ['no model', chat({ messages }), 'model'],
    ['an empty list of inputs', embeddings({ model: 'any', input: [] }), '/input'],
    ['2,049 inputs', embeddings({ model: 'any', input: Array.from({ length: 2_049 }, () => 'x') }), '/input'],
    ['an unknown encoding', embeddings({ model: 'any', input: 'x', encoding_format: 'hex' }), '/encoding_format'],
    ['an unknown path', get('/model'), 'no such operation'],
    ['a query the operation does not take', get('/models', { page: '2' }), 'page'],
    ['a word where the query wants a number', get('/fine_tuning/jobs', { limit: 'many' }), 'limit'],
    ['a body without its content type', { ...chat({ model: 'any', messages }), headers: {} }, 'content type'],
    ['a missing body', { ...chat({}), body: undefined }, 'missing'],
  ])('%s is found out', (_, request, words) => {
    expect(validate?.(request).join('\n')).toContain(words);
  });
});
