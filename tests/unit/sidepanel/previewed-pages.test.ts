import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Page, PageId } from '../../../src/core/pages/page';
import type { TabPlace } from '../../../src/protocol/worker-requests';
import { previewedPages } from '../../../src/sidepanel/ask/cards/previewed-pages';

const page = (id: string) => ({ id: id as PageId }) as Page;

function tabs(places: readonly TabPlace[] | undefined) {
  return {
    places: signal(places),
    saved: signal(places?.filter(({ saved }) => saved) ?? []),
    readable: signal(places?.filter(({ saved, refusal }) => !saved && !refusal) ?? []),
  };
}

describe('Before a question is asked', () => {
  it('nothing is found in the library in the place of a page that is not saved', () => {
    expect(previewedPages({ kind: 'page' }, undefined, tabs(undefined))).toEqual({ isPartUnread: true });
    expect(previewedPages({ kind: 'page' }, page('a'), tabs(undefined))).toEqual({
      choices: { scope: { pageIds: ['a'] } },
      isPartUnread: false,
    });
  });

  it('of the open tabs each that is saved is shown, once, and whether others will be read is said', () => {
    const saved: TabPlace[] = [1, 2, 3].map((tabId) => ({ tabId, saved: page(tabId === 3 ? 'b' : 'a') }));
    const choices = { scope: { pageIds: ['a', 'b'] } };
    expect(previewedPages({ kind: 'tabs' }, page('c'), tabs(saved))).toEqual({ choices, isPartUnread: false });
    expect(previewedPages({ kind: 'tabs' }, page('c'), tabs([...saved, { tabId: 4 }]))).toEqual({ choices, isPartUnread: true });
    expect(previewedPages({ kind: 'tabs' }, page('c'), tabs([{ tabId: 4 }]))).toEqual({ isPartUnread: true });
  });
});
