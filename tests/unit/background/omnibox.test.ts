import { describe, expect, it } from 'vitest';
import type { Omnibox } from 'webextension-polyfill';
import { describeFound, serveOmnibox } from '../../../src/background/find/omnibox';
import type { PageId } from '../../../src/core/pages/page';
import { libraryPath, soughtIn } from '../../../src/protocol/panel-address';
import { readerPath } from '../../../src/protocol/saved-place';
import type { FindResult, FoundPage } from '../../../src/protocol/worker-requests';

function foundPage(title: string, snippet?: string): FoundPage {
  const url = 'https://lamps.example/';
  const times = { savedAt: 1, capturedAt: 1, version: 1, passageCount: 1, shareRead: 1 };
  return {
    page: { id: title as PageId, canonicalUrl: url, url, title, site: 'Lamps & Oil', ...times },
    titleHighlights: [],
    ...(snippet && { passage: { version: 2, start: 10, end: 20, snippet: { text: snippet, highlights: [{ start: 0, end: 4 }] } } }),
  };
}

/** The browser's part: keeps the listeners, and what was opened and said. */
function setUp(find: (text: string, limit: number) => Promise<FindResult>) {
  const listeners: { changed?: (text: string, give: (list: Omnibox.SuggestResult[]) => void) => void; entered?: typeof enter } = {};
  const opened: [string, string][] = [];
  const lines: string[] = [];
  const omnibox = {
    setDefaultSuggestion: ({ description }: Omnibox.DefaultSuggestResult) => lines.push(description),
    onInputStarted: { addListener: () => {} },
    onInputChanged: { addListener: (listener: typeof listeners.changed) => Object.assign(listeners, { changed: listener }) },
    onInputEntered: { addListener: (listener: typeof enter) => Object.assign(listeners, { entered: listener }) },
  } as unknown as Omnibox.Static;
  serveOmnibox(omnibox, {
    find,
    addressOf: (place) => `chrome-extension://own/${readerPath(place)}`,
    libraryAddress: (sought) => `chrome-extension://own/${libraryPath(sought)}`,
    open: (address, disposition) => opened.push([address, disposition]),
    words: { start: 'Start', openBest: 'Open <the> best', nothing: 'Nothing', incomplete: 'Not all' },
  });
  const type = (text: string) => new Promise<Omnibox.SuggestResult[]>((resolve) => listeners.changed?.(text, resolve));
  async function enter(text: string, disposition: Omnibox.OnInputEnteredDisposition): Promise<void> {
    await listeners.entered?.(text, disposition);
  }
  return { type, enter, opened, lines };
}

const place = 'chrome-extension://own/src/reader/index.html?page=One&version=2&start=10&end=20';

describe('A suggestion', () => {
  it('marks what was found, and escapes what pages say of themselves', () => {
    const found = foundPage(`<b>"It's" & more`, 'lamp <oil>');
    expect(describeFound({ ...found, titleHighlights: [{ start: 4, end: 6 }] })).toBe(
      '&lt;b&gt;&quot;<match>It</match>&apos;s&quot; &amp; more <dim>Lamps &amp; Oil</dim> <match>lamp</match> &lt;oil&gt;',
    );
  });

  it('has no character that XML cannot write', () => {
    expect(describeFound(foundPage('a\u0000b\u001bc\nd\ud83de\uffff'))).toBe('a b c d e  <dim>Lamps &amp; Oil</dim>');
    expect(describeFound(foundPage('😀'))).toContain('😀');
  });

  it('opens its page at the passage, where the person wants it', async () => {
    const { type, enter, opened, lines } = setUp(async () => ({ pages: [foundPage('One', 'lamp'), foundPage('Two')], hasMore: false }));
    const [one, two] = await type('lam');
    expect(lines).toEqual(['Open &lt;the&gt; best']);
    expect(one?.content).toBe(place);
    await enter(two?.content ?? '', 'newForegroundTab');
    expect(opened).toEqual([['chrome-extension://own/src/reader/index.html?page=Two', 'newForegroundTab']]);
  });
});

describe('Enter on the words alone', () => {
  it('opens the best page', async () => {
    const { enter, opened } = setUp(async (text, limit) => ({
      pages: text === 'lamp' && limit === 1 ? [foundPage('One', 'lamp')] : [],
      hasMore: true,
    }));
    await enter('lamp', 'currentTab');
    expect(opened).toEqual([[place, 'currentTab']]);
  });

  it('says beforehand when nothing was found', async () => {
    const { type, lines } = setUp(async () => ({ pages: [], hasMore: false }));
    expect(await type('lamp')).toEqual([]);
    expect(lines).toEqual(['Nothing']);
  });

  it.each([
    ['nothing is found', async () => ({ pages: [], hasMore: false })],
    ['the library cannot be searched', async () => Promise.reject(new Error('No disk.'))],
  ])('opens the Library with the words in its search box when %s', async (_when, find) => {
    const { enter, opened } = setUp(find);
    await enter('lamp & "wick" -oil', 'currentTab');
    const [[address, disposition] = ['', '']] = opened;
    expect(opened).toHaveLength(1);
    expect(disposition).toBe('currentTab');
    expect(new URL(address).pathname).toBe('/src/sidepanel/index.html');
    expect(soughtIn(new URL(address).search)).toBe('lamp & "wick" -oil');
  });
});

it('says when not everything could be searched', async () => {
  const { type, lines } = setUp(async () => ({ pages: [], hasMore: false, passagesNotSearched: 4 }));
  await type('lamp');
  expect(lines).toEqual(['Nothing · Not all']);
});
