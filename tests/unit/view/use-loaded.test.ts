import { h, render } from 'preact';
import { expect, it, vi } from 'vitest';
import { loadAhead, useLoaded } from '../../../src/view/use-loaded';

/** Draws what shows nothing. @returns the modules that it had, each time that it was drawn */
function drawn<Module extends object>(load: () => Promise<Module>): (Module | undefined)[] {
  const had: (Module | undefined)[] = [];
  const View = () => {
    had.push(useLoaded(load).module);
    return null;
  };
  render(h(View, null), { childNodes: [], firstChild: null } as unknown as Element);
  return had;
}

it('shows a part that came just after the place for it was drawn', async () => {
  const part = {};
  const load = async () => part;
  loadAhead(load);
  const had = drawn(load);
  expect(had).toEqual([undefined]);
  await vi.waitFor(() => expect(had.at(-1)).toBe(part));
});

it('loads what was not loaded ahead, and what could not be', async () => {
  const part = {};
  const load = vi.fn(async () => part).mockRejectedValueOnce(new Error('Not yet.'));
  loadAhead(load);
  await vi.waitFor(() => expect(load.mock.settledResults[0]?.type).toBe('rejected'));
  const had = drawn(load);
  await vi.waitFor(() => expect(had.at(-1)).toBe(part));
});
