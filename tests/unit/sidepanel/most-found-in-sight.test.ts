import { parse } from 'valibot';
import { afterEach, expect, it, vi } from 'vitest';
import { workerRequestSchemas } from '../../../src/protocol/worker-request-schemas';
import { mostFoundInSight } from '../../../src/sidepanel/library/most-found-in-sight';

afterEach(() => void vi.unstubAllGlobals());

it.each([0, 1, 700, 2_160])('as many pages as may be in sight at a height of %i px may be asked for', (height) => {
  vi.stubGlobal('innerHeight', height);
  const asked = { text: 'lamp', limit: 20, first: mostFoundInSight() };
  expect(parse(workerRequestSchemas['library/find'](), asked)).toEqual(asked);
});
