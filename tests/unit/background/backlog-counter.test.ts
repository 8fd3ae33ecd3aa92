import { expect, it } from 'vitest';
import { backlogCounter } from '../../../src/background/embedding/backlog-counter';
import type { LibraryEvent } from '../../../src/protocol/library-events';
import { listPages, touchPage } from '../../../src/storage/pages/pages';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

const key = 'https://models.example/v1 small';

async function setUp(pages: number) {
  const library = await temporaryLibrary();
  for (let number = 0; number < pages; number++) await addPage(library, `page ${number}`, { title: 'Oil', text: `Lamp ${number} burns.` });
  const counted: string[] = [];
  const events: LibraryEvent[] = [];
  let atText: (number: number) => void = () => {};
  const start = () =>
    backlogCounter(
      async () => library,
      async () => (text) => {
        counted.push(text);
        atText(counted.length);
        return text.length;
      },
      (event) => events.push(event),
      async () => ({ kind: 'local' }),
    );
  return {
    library,
    counted,
    events,
    start,
    whenCounting: (then: typeof atText) => {
      atText = then;
    },
  };
}

const tokensOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);

it('counts each page once, whichever model and however often the worker starts', async () => {
  const { counted, events, start } = await setUp(3);
  const first = await start().count(key);
  expect(first).toMatchObject({ pages: 3, passages: 3, tokens: tokensOf(counted) });
  expect(counted).toHaveLength(3);
  events.length = 0;
  expect(await start().count(key)).toEqual(first);
  expect(await start().count('https://models.example/v1 large')).toEqual(first);
  expect(counted).toHaveLength(3);
  expect(events).toEqual([]);
});

it('counts anew what has changed: another text, or another title, which goes with each passage', async () => {
  const { library, counted, start } = await setUp(3);
  await start().count(key);
  counted.length = 0;
  await addPage(library, 'page 1', { title: 'Oil', text: 'It burns tallow now.', version: 2 });
  const [page] = (await listPages(library)).filter(({ id }) => id === 'page 2');
  if (page) await touchPage(library, { ...page, title: 'Tallow' });
  await start().count(key);
  expect(counted.sort()).toEqual(['Oil\n\nIt burns tallow now.', 'Tallow\n\nLamp 2 burns.']);
});

it('tells how far it is, and counts once for two who ask', async () => {
  const { counted, events, start } = await setUp(60);
  const counter = start();
  const [one, other] = await Promise.all([counter.count(key), counter.count(key)]);
  expect(other).toBe(one);
  expect(counted).toHaveLength(60);
  const told = events.map((event) => event.type === 'backlog-counted' && event.pagesCounted);
  expect(told).toEqual([0, 25, 50]);
  expect(events[0]).toMatchObject({ totalPages: 60 });
});

it('can be stopped, and goes on from there', async () => {
  const { counted, start, whenCounting } = await setUp(10);
  const counter = start();
  whenCounting((number) => {
    if (number === 4) counter.stop();
  });
  expect(await counter.count(key)).toBeNull();
  expect(counted).toHaveLength(4);
  const whole = await counter.count(key);
  expect(counted).toHaveLength(10);
  expect(whole).toMatchObject({ pages: 10, tokens: tokensOf(counted) });
});

it('reads nothing when every page has its vectors', async () => {
  const { library, start, counted } = await setUp(2);
  for (const page of await library.getAll('pages')) await library.put('pages', { ...page, embeddedWith: [key] });
  expect(await start().count(key)).toMatchObject({ pages: 0, passages: 0, tokens: 0 });
  expect(counted).toEqual([]);
});
