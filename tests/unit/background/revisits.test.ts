import { beforeEach, describe, expect, it } from 'vitest';
import { receiveCapture } from '../../../src/background/capture/receive-capture';
import { keepApart } from '../../../src/background/ingest/keep-apart';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import type { CapturedPage, PageId } from '../../../src/core/pages/page';
import { splitPassages } from '../../../src/core/pages/split-passages';
import { ProblemError } from '../../../src/core/problem';
import type { EmbeddingModel } from '../../../src/models/embedding-model';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { listPages, listVersions, readPassages } from '../../../src/storage/pages/pages';
import { rewritePage } from '../../../src/storage/pages/rewrite-page';
import type { Library, StoredPage } from '../../../src/storage/schema';
import { readPageVectors } from '../../../src/storage/vectors/read-page-vectors';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { generateSentence } from '../../support/site/generate-sentences';
import { temporaryLibrary } from '../../support/temporary-library';
import { gaussians } from '../../support/vectors';

// A page that is saved again: under its own address, under another one, and with a text that has changed.

let library: Library;
let clock = 0;
let model: EmbeddingModel;
let embedded: string[];
let isDown = false;

beforeEach(async () => {
  library = await temporaryLibrary();
  const random = gaussians(1);
  embedded = [];
  isDown = false;
  model = {
    key: 'test model',
    name: 'test',
    async embed(texts) {
      if (isDown) throw new ProblemError({ code: 'model-unreachable' });
      embedded.push(...texts);
      return texts.map(() => random(12));
    },
  };
});

const runQueue = (now = 1_000_000) => jobRunner(jobRunnerTools(library, { embeddingModel: async () => model, now: () => now })).run();

async function receive(markdown: string, rest: Partial<CapturedPage> = {}): Promise<void> {
  const page = capturedPage(markdown, { capturedAt: ++clock, ...rest });
  const tools = { library, wasExpected: async () => true, now: () => ++clock, newId: () => `id-${++clock}` };
  await receiveCapture(page, { id: 1, url: page.url }, tools);
}

async function save(markdown: string, rest: Partial<CapturedPage> = {}): Promise<void> {
  await receive(markdown, rest);
  await runQueue();
}

async function onlyPage(): Promise<StoredPage> {
  const pages = await listPages(library);
  expect(pages).toHaveLength(1);
  return pages[0] as StoredPage;
}

const section = (number: number) =>
  `## Section ${number}\n\n${Array.from({ length: 24 }, (_, at) => generateSentence(number * 24 + at)).join(' ')}`;
const article = (...numbers: number[]) => numbers.map(section).join('\n\n');
const words = article(1, 2, 3, 4, 5, 6);
const here = 'https://lamps.example/oil';
const elsewhere = 'https://mirror.example/lamps-2';
const onSameSite = 'https://lamps.example/copies/oil';
const at = (url: string): Partial<CapturedPage> => ({ url, canonicalUrl: url });

describe('A page saved again', () => {
  it('costs nothing when its text is what it was', async () => {
    await save(words);
    const { length } = embedded;
    expect(length).toBe(splitPassages(words).length);
    await save(words);
    expect(embedded).toHaveLength(length);
    expect(await onlyPage()).toMatchObject({ version: 1, embeddedWith: ['test model'] });
  });

  it('has only those passages embedded anew that say something else, and keeps the vectors of the others to the last bit', async () => {
    await save(words);
    const before = await onlyPage();
    const old = await readPageVectors(library, before.id, model.key);
    embedded = [];
    const changed = words.replace(section(3), `${section(3)} The lamp burns gas now.`);
    await save(changed);

    const page = await onlyPage();
    expect(page).toMatchObject({ version: 2, embeddedWith: ['test model'] });
    expect(embedded.length).toBeGreaterThan(0);
    expect(embedded.every((text) => text.includes('Section 3'))).toBe(true);
    const oldSpans = splitPassages(words);
    const vectors = await readPageVectors(library, page.id, model.key);
    (await readPassages(library, page.id)).forEach((passage, index) => {
      const same = oldSpans.findIndex(({ start, end }) => words.slice(start, end) === changed.slice(passage.start, passage.end));
      if (same >= 0) expect(vectors[index]).toEqual(old[same]);
      expect(vectors[index]?.codes).toHaveLength(12);
    });
  });

  it('does not pay twice for what has stayed when the model server is down in between', async () => {
    await save(words);
    embedded = [];
    isDown = true;
    await save(`${words}\n\n## New\n\nThe lamp burns gas now.`);
    expect(await onlyPage()).toMatchObject({ version: 2 });
    isDown = false;
    await runQueue(1_000_000_000);
    expect((await onlyPage()).embeddedWith).toEqual(['test model']);
    expect(embedded).toHaveLength(1);
    expect(embedded[0]).toContain('burns gas');
  });

  it('keeps every text that was cited from, and is found by the newest', async () => {
    await save(words);
    await save(`${words}\n\nThe lamp burns gas now.`);
    const { id } = await onlyPage();
    expect((await listVersions(library, id)).map(({ text }) => text)).toEqual([words, `${words}\n\nThe lamp burns gas now.`]);
    const { passages } = await librarySearcher(async () => library).search({ text: 'gas', limit: 3 });
    expect(passages.map(({ version }) => version)).toEqual([2]);
  });
});

describe('Nearly the same text at another address', () => {
  const copy = words.replace('ledger says', 'great book says');

  it('is the same page, which then is known by both addresses', async () => {
    await save(words);
    await save(words, at(elsewhere));
    const page = await onlyPage();
    expect(page).toMatchObject({
      version: 1,
      url: here,
      canonicalUrl: here,
      otherAddresses: [{ url: elsewhere, canonicalUrl: elsewhere }],
    });
    expect(page.addresses).toEqual([here, elsewhere]);
  });

  it('is another page when its title says that it is another part', async () => {
    await save(words, { title: 'Oil lamps, part 3' });
    await save(words, { ...at(elsewhere), title: 'Oil lamps, part 4' });
    expect(await library.count('pages')).toBe(2);
  });

  it('is a version of the page when it is not quite the same, and says where it was read', async () => {
    await save(words);
    await save(copy, { ...at(onSameSite), title: 'A copy of lamps' });
    const page = await onlyPage();
    expect(page).toMatchObject({ version: 2, url: here, title: 'Oil lamps' });
    expect((await listVersions(library, page.id)).map(({ url }) => url)).toEqual([undefined, onSameSite]);
  });

  it('changes nothing of what the page says when it stands on another site', async () => {
    await save(words);
    const ledger = words.indexOf('ledger says');
    const selections = [{ start: ledger, end: ledger + 'ledger says'.length, version: 1, capturedAt: 1 }];
    await rewritePage(library, (await onlyPage()).id, (page) => ({ ...page, selections }));
    const before = await onlyPage();
    await save(copy, { ...at(elsewhere), title: 'A mirror of lamps' });
    expect(await onlyPage()).toEqual({
      ...before,
      addresses: [here, elsewhere],
      otherAddresses: [{ url: elsewhere, canonicalUrl: elsewhere }],
    });
    expect((await listVersions(library, before.id)).map(({ text }) => text)).toEqual([words]);
  });

  it('leaves the page its own name and the one that it was given', async () => {
    await save(words);
    const { id } = await onlyPage();
    await rewritePage(library, id, (page) => ({ ...page, title: 'Lamps to buy', ownTitle: page.title }));
    await save(words, at(elsewhere));
    expect(await onlyPage()).toMatchObject({ title: 'Lamps to buy', ownTitle: 'Oil lamps' });
  });

  it('is another page when a number is another one', async () => {
    await save(`${words}\n\nIt costs 12 pounds.`);
    await save(`${words}\n\nIt costs 13 pounds.`, at(elsewhere));
    expect(await listPages(library)).toHaveLength(2);
  });

  it('is found among a thousand other pages without reading them', async () => {
    const transaction = library.transaction('pages', 'readwrite');
    for (let other = 0; other < 1_000; other++) {
      const canonicalUrl = `https://others.example/${other}`;
      const sketch = [other, other + 2 ** 32];
      void transaction.store.put({
        ...capturedPage('', { canonicalUrl }),
        id: `other ${other}` as PageId,
        addresses: [canonicalUrl],
        savedAt: 0,
        version: 1,
        passageCount: 0,
        sketch,
      });
    }
    await transaction.done;
    await save(words);
    await save(words, at(elsewhere));
    expect(await library.count('pages')).toBe(1_001);
  });

  it('becomes a page of its own once its text is another one', async () => {
    await save(words);
    await save(words, at(elsewhere));
    await save(article(11, 12, 13, 14, 15, 16), at(elsewhere));
    const pages = await listPages(library);
    expect(
      pages.map(({ canonicalUrl, addresses, version, otherAddresses }) => ({ canonicalUrl, addresses, version, otherAddresses })),
    ).toEqual(
      expect.arrayContaining([
        { canonicalUrl: here, addresses: [here], version: 1, otherAddresses: undefined },
        { canonicalUrl: elsewhere, addresses: [elsewhere], version: 1, otherAddresses: undefined },
      ]),
    );
  });

  it('takes no page’s place when it becomes one of its own, whenever the worker dies', async () => {
    const other = article(11, 12, 13, 14, 15, 16);
    for (let death = 1; death <= 12; death++) {
      library = await temporaryLibrary();
      await save(words);
      const { id } = await onlyPage();
      await save(words, at(elsewhere));
      await receive(other, at(elsewhere));
      const { dying, dead } = dyingLibrary(library, death);
      await Promise.race([jobRunner(jobRunnerTools(dying, { embeddingModel: async () => model })).run(), dead]);
      const addresses = (await listPages(library)).flatMap((page) => page.addresses);
      expect(addresses.toSorted(), 'no address is known of no page').toEqual([elsewhere, here].toSorted());
      await runQueue();
      const pages = await listPages(library);
      expect(pages.map(({ canonicalUrl, version }) => [canonicalUrl, version])).toEqual(
        expect.arrayContaining([
          [here, 1],
          [elsewhere, 1],
        ]),
      );
      expect((await listVersions(library, id)).map(({ text }) => text)).toEqual([words]);
    }
  });

  it('can be kept apart: both pages have their own text, and stay two when they are saved again', async () => {
    await save(words);
    await save(copy, at(onSameSite));
    const { id } = await onlyPage();
    await keepApart(id, onSameSite, { library, now: () => ++clock, newId: () => `id-${++clock}` });
    await runQueue();
    const textAt = async (address: string) => {
      const page = (await listPages(library)).find(({ canonicalUrl }) => canonicalUrl === address) as StoredPage;
      expect(page.addresses).toEqual([address]);
      return (await listVersions(library, page.id)).at(-1)?.text;
    };
    expect(await textAt(here)).toBe(words);
    expect(await textAt(onSameSite)).toBe(copy);
    await save(words, at(onSameSite));
    expect(await listPages(library)).toHaveLength(2);
    expect(
      (await listVersions(library, id)).map(({ text }) => text),
      'citations of the joined text still have it',
    ).toEqual([words, copy, words]);
  });

  it('is kept apart with what was read there last, where that waits to be made searchable', async () => {
    await save(words);
    await save(words, at(elsewhere));
    const { id } = await onlyPage();
    await receive(copy, { ...at(elsewhere), title: 'A mirror of lamps' });
    await keepApart(id, elsewhere, { library, now: () => ++clock, newId: () => `id-${++clock}` });
    await runQueue();
    const page = (await listPages(library)).find(({ canonicalUrl }) => canonicalUrl === elsewhere) as StoredPage;
    expect(page).toMatchObject({ title: 'A mirror of lamps', version: 1 });
    expect((await listVersions(library, page.id)).map(({ text }) => text)).toEqual([copy]);
    expect((await listVersions(library, id)).map(({ text }) => text)).toEqual([words]);
  });
});

describe('A page with a video, read again without what is said in it,', () => {
  const video = {
    ...capturedPage(''),
    markdown: `Notes.\n\n## Transcript\n\n${words}`,
    source: 'video',
    locators: [{ start: 23, seconds: 5 }],
  } as const;

  it('keeps its transcript, each line with its second', async () => {
    await save(video.markdown, { source: video.source, locators: video.locators });
    await save('Notes, and a comment.');
    const page = await onlyPage();
    expect(page).toMatchObject({ version: 2, source: 'video' });
    expect((await listVersions(library, page.id)).at(-1)).toMatchObject({
      text: `Notes, and a comment.\n\n## Transcript\n\n${words}`,
      locators: [{ start: 38, seconds: 5 }],
    });
    await save('Notes, and a comment.');
    expect((await onlyPage()).version).toBe(2);
  });

  it('keeps it too when neither has become searchable yet', async () => {
    await receive(video.markdown, { source: video.source, locators: video.locators });
    await receive('Notes, and a comment.');
    await receive('Notes, and two comments.');
    expect(await library.count('jobs')).toBe(2);
    await runQueue();
    const page = await onlyPage();
    expect((await listVersions(library, page.id)).at(-1)?.text).toBe(`Notes, and two comments.\n\n## Transcript\n\n${words}`);
  });
});
