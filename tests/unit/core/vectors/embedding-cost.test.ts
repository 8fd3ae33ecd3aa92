import { expect, it } from 'vitest';
import { embeddingCost } from '../../../../src/core/vectors/embedding-cost';

const small = 'text-embedding-3-small';

it('knows what a model costs at its own provider, and nowhere else', () => {
  expect(embeddingCost('https://api.openai.com/v1', small, 5_000_000, [])).toMatchObject({
    kind: 'known',
    usd: 0.1,
    usdPerMillionTokens: 0.02,
  });
  expect(embeddingCost('https://api.openai.com.evil.example/v1', small, 1, [])).toEqual({ kind: 'unknown' });
  expect(embeddingCost('https://openrouter.ai/api/v1', small, 1, [])).toEqual({ kind: 'unknown' });
});

it('does not take a model for free whose price it does not know', () => {
  expect(embeddingCost('https://api.openai.com/v1', 'text-embedding-9', 1, [])).toEqual({ kind: 'unknown' });
  expect(embeddingCost('not an address', small, 1, [])).toEqual({ kind: 'unknown' });
});

it.each([
  'http://localhost:11434/v1',
  'http://127.0.0.1:1234',
  'http://[::1]:8000/v1',
  'http://10.1.2.3/v1',
  'http://172.16.0.9/v1',
  'http://172.31.255.1/v1',
  'http://192.168.1.20:8080/v1',
  'http://169.254.7.7/v1',
  'http://nas.local/v1',
  'http://[fd12:3456::1]/v1',
  'http://[fe80::1]/v1',
])('knows that nobody charges for %s', (baseUrl) => {
  expect(embeddingCost(baseUrl, small, 1_000_000, [])).toEqual({ kind: 'local' });
});

it.each(['http://172.32.0.1/v1', 'http://11.0.0.1/v1', 'https://localhost.example/v1', 'http://192.169.1.1/v1', 'http://[2001:db8::1]/v1'])(
  'does not take %s for this network',
  (baseUrl) => {
    expect(embeddingCost(baseUrl, 'any', 1_000, [])).toEqual({ kind: 'unknown' });
  },
);
