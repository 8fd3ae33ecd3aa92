import { describe, expect, it } from 'vitest';
import { lookForQuotation, quotationStanding, type TabReader } from '../../../src/background/citations/find-quotation';
import { holdsQuotation } from '../../../src/core/citations/holds-quotation';
import type { PageId } from '../../../src/core/pages/page';
import { temporaryLibrary } from '../../support/temporary-library';

const quote = 'The lamp was lit in 1823, on a rock.';

/** Tabs that show texts, one after the other as time goes on; `undefined` may not be read. */
function tabsShowing(...texts: (string | undefined)[]): TabReader & { readonly waited: () => number } {
  let time = 0;
  return {
    listTabs: async () => [{ id: 7, url: 'https://lamps.example/cordouan#top' }, { id: 8 }],
    isLoaded: async () => time >= 500,
    async readText() {
      const text = texts[Math.min(texts.length - 1, Math.floor(time / 1_000))];
      if (text === undefined) throw new Error('Cannot access contents of the page.');
      return text;
    },
    async wait(ms) {
      time += ms;
    },
    now: () => time,
    waited: () => time,
  };
}

describe('A quotation is', () => {
  it.each([
    ['there, whatever stands between its letters', 'Home · The lamp was lit\nin 1823 — on a ROCK!', true],
    ['gone when a figure has changed', 'The lamp was lit in 1824, on a rock.', false],
    ['gone when the page is another', 'Sign in to read on', false],
  ])('%s', (_name, text, expected) => {
    expect(holdsQuotation(text, quote)).toBe(expected);
  });

  it('there still when a long one has lost a short sentence of several', () => {
    const long = `${quote} The keepers saw it from 32 kilometres away. It hurt to look at.`;
    expect(holdsQuotation(`${quote} The keepers saw it from 32 kilometres away.`, long)).toBe(true);
    expect(holdsQuotation(quote, long)).toBe(false);
  });
});

describe('A tab that was opened for a quotation', () => {
  it('is given time to load and to show it', async () => {
    expect(await lookForQuotation(7, quote, tabsShowing('', '', quote))).toBe('there');
  });

  it('is found not to hold it, in bounded time', async () => {
    const tabs = tabsShowing('Something else.');
    expect(await lookForQuotation(7, quote, tabs)).toBe('gone');
    expect(tabs.waited()).toBeLessThan(5_000);
  });

  it.each([
    ['may not be read', undefined],
    ['shows no text, such as a PDF', ''],
  ])('is left alone when it %s', async (_why, text) => {
    expect(await lookForQuotation(7, quote, tabsShowing(text))).toBe('unread');
  });
});

describe('Before a page is opened', () => {
  const quoted = { pageId: 'gone' as PageId, version: 1, quote, url: 'https://lamps.example/cordouan' };

  it('a tab that shows it already tells, if it may be read', async () => {
    const library = await temporaryLibrary();
    expect(await quotationStanding(library, quoted, tabsShowing('Something else.'))).toBe('live-lacks');
    expect(await quotationStanding(library, quoted, tabsShowing(quote))).toBe('may-be-there');
    expect(await quotationStanding(library, quoted, tabsShowing(undefined))).toBe('may-be-there');
    expect(await quotationStanding(library, { ...quoted, url: 'https://other.example/' }, tabsShowing('Something else.'))).toBe(
      'may-be-there',
    );
  });
});
