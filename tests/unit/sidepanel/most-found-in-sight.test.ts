import { parse } from 'valibot';
import { afterEach, expect, it, vi } from 'vitest';
import { workerRequestSchemas } from '../../../src/protocol/worker-request-schemas';
import { mostFoundInSight } from '../../../src/sidepanel/library/most-found-in-sight';

afterEach(() => void vi.unstubAllGlobals());

/** A panel of some height, with the list of pages so far down, if there is one. */
function showPanel(height: number, listAt?: number) {
  vi.stubGlobal('innerHeight', height);
  vi.stubGlobal('document', { querySelector: () => (listAt === undefined ? null : { getBoundingClientRect: () => ({ top: listAt }) }) });
}

it.each([0, 1, 700, 2_160])('as many pages as may be in sight at a height of %i px may be asked for', (height) => {
  for (const listAt of [undefined, 360, -2_000]) {
    showPanel(height, listAt);
    const asked = { text: 'lamp', limit: 20, first: mostFoundInSight() };
    expect(parse(workerRequestSchemas['library/find'](), asked)).toEqual(asked);
  }
});

it('what stands above the list takes the room of pages, and a list that is scrolled has more of them above', () => {
  showPanel(765);
  expect(mostFoundInSight()).toBe(7);
  showPanel(765, 360);
  expect(mostFoundInSight()).toBe(4);
  showPanel(765, -600);
  expect(mostFoundInSight()).toBe(12);
});
