import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { withoutResources } from '../../../scripts/vite/used-openai';
import { keptResources } from '../../../src/models/model-server-client';

const client = readFileSync('node_modules/openai/client.mjs', 'utf8');

/** What the client's source makes for itself of the package's classes. */
const madeBy = (code: string) => [...code.matchAll(/this\.(\w+) = new API\./g)].map(([, name]) => name);

test('the client keeps the resources that are used, and makes no other', () => {
  expect(madeBy(withoutResources(client)).sort()).toEqual([...keptResources].sort());
  expect(madeBy(client)).toContain('realtime');
});

test('each resource that is used is one of the package', () => {
  const whole = new OpenAI({ apiKey: 'none', dangerouslyAllowBrowser: true });
  expect(keptResources.filter((name) => typeof whole[name] !== 'object')).toEqual([]);
});

test('a client without one of them ends the build', () => {
  expect(() => withoutResources(client.replace('this.fineTuning =', 'this.tuning ='))).toThrow('its client has no fineTuning');
});
