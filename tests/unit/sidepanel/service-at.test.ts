import { expect, test } from 'vitest';
import { serviceAt } from '../../../src/sidepanel/tune/train/service-at';

test('a service is named by its provider only where the provider is asked', () => {
  expect([
    serviceAt('openai', 'https://api.openai.com/v1'),
    serviceAt('openai', 'http://127.0.0.1:8080/v1'),
    serviceAt('openai', 'http://api.openai.com/v1'),
    serviceAt('openai', 'https://api.openai.com.example.org/v1'),
    serviceAt('fireworks', 'https://api.fireworks.ai/v1'),
    serviceAt('fireworks', 'https://proxy.example.org/fireworks'),
  ]).toEqual(['OpenAI', '127.0.0.1:8080', 'api.openai.com', 'api.openai.com.example.org', 'Fireworks', 'proxy.example.org']);
});
