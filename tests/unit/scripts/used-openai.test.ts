import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { leftOf, withoutResources } from '../../../scripts/vite/used-openai';
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

test.each([
  ['client.mjs', 'this.maxRetries', 'timeoutMillis = this.calculate', 'retryRequest', 'tryAgain'],
  ['core/streaming.mjs', 'fromSSEResponse', 'teeIterator', 'tee()', 'split()'],
  ['resources/fine-tuning/fine-tuning.mjs', 'this.jobs = new JobsAPI', 'new AlphaAPI', 'jobs = new', 'tasks = new'],
  ['resources/files.mjs', "'/files'", 'Giving up', 'waitForProcessing', 'waitForIt'],
  ['auth/workload-identity-auth.mjs', 'class WorkloadIdentityAuth', 'refreshToken', 'WorkloadIdentityAuth', 'WorkloadAuth'],
  ['internal/detect-platform.mjs', 'getPlatformHeaders', '= getPlatformProperties()', '= getPlatformProperties()', '= getProperties()'],
  ['internal/utils/query.mjs', 'URLSearchParams', 'qs.stringify', 'arrayFormat', 'listFormat'],
])('of %s stays what is used; another version of it ends the build', (path, used, unused, name, otherName) => {
  const code = readFileSync(`node_modules/openai/${path}`, 'utf8');
  const left = leftOf(path, code);
  expect(left).toContain(used);
  expect(left).not.toContain(unused);
  expect(() => leftOf(path, code.replaceAll(name, otherName))).toThrow();
});

test('nothing is left out of the other modules', () => {
  expect(leftOf('core/error.mjs', 'export const all = 1;')).toBe('export const all = 1;');
});
