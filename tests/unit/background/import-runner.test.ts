import { beforeEach, describe, expect, it } from 'vitest';
import { jobRunner } from '../../../src/background/ingest/run-jobs';
import { parseRobots } from '../../../src/core/capture/robots-rules';
import type { ImportItem } from '../../../src/core/import/import-item';
import type { CapturedPage } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import { takeImportTurn } from '../../../src/storage/import/import-turns';
import { changeImport, listFailedItems, readImport, resumeImport, retryFailedItems } from '../../../src/storage/import/imports';
import { listPages } from '../../../src/storage/pages/pages';
import type { Library } from '../../../src/storage/schema';
import { addPage } from '../../support/add-page';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { importId, importWorker, pretendWeb, startImport } from '../../support/import-stage';
import { jobRunnerTools } from '../../support/job-runner-tools';
import { temporaryLibrary } from '../../support/temporary-library';

let library: Library;

beforeEach(async () => {
  library = await temporaryLibrary();
});

const item = (url: string, rest: Partial<ImportItem> = {}): ImportItem => ({ url, tags: [], ...rest });
const pages = (count: number, host = 'a.example') => Array.from({ length: count }, (_, index) => item(`https://${host}/${index}`));
const addresses = (items: readonly ImportItem[]) => items.map(({ url }) => url);
const jobAddresses = async () => (await library.getAll('jobs')).map(({ canonicalUrl }) => canonicalUrl).sort();
const failures = async () => (await listFailedItems(library, importId, 100)).map(({ url, problem }) => [url, problem?.code]);

describe('An import', () => {
  it('puts each page into the queue with the date and the tags that it had, then is done and gives back what it asked for', async () => {
    const web = pretendWeb();
    const givenBackIn: (string | undefined)[] = [];
    await startImport(library, [item('https://a.example/1', { tags: ['sea'], savedAt: 5 }), item('https://b.example/2')]);
    const giveBack = async () => givenBackIn.push((await readImport(library))?.state);
    await importWorker(library, { loader: web.loader, giveBack }).run();
    const jobs = await library.getAll('jobs');
    expect(jobs.map(({ imported }) => imported)).toEqual(
      expect.arrayContaining([
        { url: 'https://a.example/1', tags: ['sea'], savedAt: 5 },
        { url: 'https://b.example/2', tags: [] },
      ]),
    );
    expect(((await library.getAll('captures')) as CapturedPage[]).map(({ markdown }) => markdown).sort()).toEqual([
      'Text of https://a.example/1',
      'Text of https://b.example/2',
    ]);
    expect(await readImport(library)).toMatchObject({ state: 'done', total: 2, imported: 2, failed: 0 });
    expect(givenBackIn).toEqual(['done']);
    expect(web.kept.size).toBe(0);
  });

  it('fetches each page once and loses none, after whichever write a worker dies', async () => {
    const items = [...pages(3), ...pages(2, 'b.example'), item('note:x', { text: { kind: 'markdown', content: 'Words' } })];
    let deaths = 0;
    for (let isDone = false; !isDone; ) {
      library = await temporaryLibrary();
      await startImport(library, items);
      const web = pretendWeb();
      const { dying, dead } = dyingLibrary(library, deaths);
      isDone = await Promise.race([
        importWorker(dying, { loader: web.loader })
          .run()
          .then(() => true),
        dead.then(() => false),
      ]);
      if (!isDone) {
        deaths += 1;
        await importWorker(library, { loader: web.loader }).run();
      }
      expect(web.fetches.toSorted(), `death ${deaths}`).toEqual(addresses(items).slice(0, 5).toSorted());
      expect(await jobAddresses(), `death ${deaths}`).toEqual(addresses(items).toSorted());
      expect(await readImport(library)).toMatchObject({ state: 'done', total: 6, imported: 6, failed: 0 });
    }
    // Six pages, taken and ended, and two hosts' rules.
    expect(deaths).toBeGreaterThanOrEqual(14);
  });

  it('takes up what a worker that was being ended began after the next one had looked for what it left behind', async () => {
    await startImport(library, pages(3));
    const web = pretendWeb(async (url) => {
      const record = await readImport(library);
      if (url.endsWith('/0') && record) await takeImportTurn(library, record, 1_000_000, () => false);
      return capturedPage('Words', { url, canonicalUrl: url });
    });
    await importWorker(library, { loader: web.loader }).run();
    expect(addresses(pages(3)).map((url) => web.fetches.filter((fetched) => fetched === url).length)).toEqual([1, 1, 1]);
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 3, failed: 0 });
  });

  it('loses none that waits for a page of its site which ends while the next turn is looked for', async () => {
    for (let turns = 0; turns < 40; turns += 1) {
      library = await temporaryLibrary();
      await startImport(library, pages(2));
      const web = pretendWeb();
      const worker = importWorker(library, {
        loader: {
          ...web.loader,
          async drop(ticket) {
            // Wakes the one that looks for the next turn, and ends a while after.
            void worker.run();
            for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
            return web.loader.drop(ticket);
          },
        },
      });
      await worker.run();
      expect(await readImport(library), `after ${turns} turns`).toMatchObject({ state: 'done', imported: 2, failed: 0 });
    }
  });

  it('fetches again what was lost with the browser, and gives up what brings it down each time', async () => {
    await startImport(library, pages(2));
    for (let crash = 0; crash < 10; crash += 1) {
      const web = pretendWeb((url) => (url.endsWith('/0') ? new Promise(() => {}) : capturedPage('Words', { canonicalUrl: url })));
      void importWorker(library, { loader: web.loader }).run();
      await expect.poll(() => web.fetches.length).toBe(1);
      await expect.poll(async () => (await library.get('importItems', [importId, 0]))?.attempts).toBe(crash + 1);
    }
    const web = pretendWeb();
    await importWorker(library, { loader: web.loader }).run();
    expect(web.fetches).toEqual(['https://a.example/1']);
    expect(await failures()).toEqual([['https://a.example/0', 'interrupted']]);
  });

  it('ends in pages with the date, the tags and the address of the list, wherever the address led', async () => {
    const web = pretendWeb(() => capturedPage('Words', { canonicalUrl: 'https://www.a.example/essay' }));
    await startImport(library, [item('http://a.example/old', { tags: ['sea'], savedAt: 5 })]);
    await importWorker(library, { loader: web.loader }).run();
    await jobRunner(jobRunnerTools(library)).run();
    const pages = await listPages(library);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatchObject({ url: 'https://www.a.example/essay', tags: ['sea'], savedAt: 5 });
    expect(pages[0]?.addresses).toContain('http://a.example/old');
  });

  it('changes nothing of a page that is in the library, however the list names its address', async () => {
    await addPage(library, 'saved', { text: 'Old words', url: 'https://a.example/essay', tags: ['mine'] });
    const web = pretendWeb(() => capturedPage('New words', { canonicalUrl: 'https://a.example/essay' }));
    await startImport(library, [item('https://short.example/x', { tags: ['sea'], savedAt: 5 })]);
    await importWorker(library, { loader: web.loader }).run();
    await jobRunner(jobRunnerTools(library)).run();
    expect(await listPages(library)).toEqual([expect.objectContaining({ tags: ['mine'], savedAt: 1, version: 1 })]);
    expect(await readImport(library)).toMatchObject({ imported: 0, alreadySaved: 1 });
  });

  it('passes over what is in the library or on its way there', async () => {
    await addPage(library, 'saved', { text: 'Words', url: 'https://a.example/0' });
    const web = pretendWeb();
    await startImport(library, pages(2));
    await importWorker(library, { loader: web.loader }).run();
    expect(web.fetches).toEqual(['https://a.example/1']);
    expect(await readImport(library)).toMatchObject({ imported: 1, alreadySaved: 1 });
  });

  it('imports a text that came along without asking anybody', async () => {
    const web = pretendWeb();
    await startImport(library, [
      item('note:Notes/x.md', { title: 'X', text: { kind: 'markdown', content: '# X\n\nWords.' } }),
      item('https://a.example/1', { title: 'A', text: { kind: 'html', content: '<p>Said</p>' } }),
    ]);
    await importWorker(library, { loader: web.loader, mayReach: async () => false }).run();
    expect(web.fetches).toEqual([]);
    const captures = (await library.getAll('captures')) as CapturedPage[];
    expect(captures.map(({ title, site, markdown }) => [title, site, markdown])).toEqual(
      expect.arrayContaining([
        ['X', 'Notes', '# X\n\nWords.'],
        ['A', 'lamps.example', 'Said'],
      ]),
    );
    expect(await library.count('importTexts')).toBe(0);
  });
});

describe('It is polite:', () => {
  it('one request at a time to a host, some hosts side by side', async () => {
    const open = new Map<string, number>();
    let mostHosts = 0;
    const web = pretendWeb(async (url) => {
      const { host } = new URL(url);
      expect(open.has(host)).toBe(false);
      open.set(host, 1);
      mostHosts = Math.max(mostHosts, open.size);
      // The first ones wait for each other.
      await expect.poll(() => mostHosts, { timeout: 4_000, interval: 1 }).toBeGreaterThanOrEqual(4);
      open.delete(host);
      return capturedPage('Words', { canonicalUrl: url });
    });
    const hosts = Array.from({ length: 7 }, (_, index) => `host${index}.example`);
    await startImport(
      library,
      hosts.flatMap((host) => pages(2, host)),
    );
    await importWorker(library, { loader: web.loader }).run();
    expect(web.fetches).toHaveLength(14);
    expect(mostHosts).toBe(4);
  });

  it('it waits between two requests to a host, for as long as the host asks in its robots.txt if that is longer, also after a death', async () => {
    let time = 1_000_000;
    const asked: [string, number][] = [];
    const web = pretendWeb((url) => {
      asked.push([new URL(url).host, time]);
      return capturedPage('Words', { canonicalUrl: url });
    });
    await startImport(library, [...pages(3, 'slow.example'), ...pages(3)], { delayMs: 30_000 });
    const fetchRobots = async (origin: string) => parseRobots(origin.includes('slow') ? 'User-agent: *\nCrawl-delay: 60' : '');
    let wakeAt = 0;
    // Each run is another worker, for the waits are too long to stay awake for.
    while ((await readImport(library))?.state === 'running') {
      await importWorker(library, { loader: web.loader, fetchRobots, now: () => time, wakeAt: (at) => (wakeAt = at) }).run();
      time = Math.max(time, wakeAt);
    }
    const times = (host: string) => asked.filter(([one]) => one === host).map(([, at]) => at - 1_000_000);
    expect(times('a.example')).toEqual([30_000, 60_000, 90_000]);
    expect(times('slow.example')).toEqual([60_000, 120_000, 180_000]);
  });

  it('it asks a host for its rules once, and fetches nothing that they forbid', async () => {
    const origins: string[] = [];
    const web = pretendWeb();
    await startImport(library, [...pages(3), item('https://a.example/private/1'), item('http://b.example:8080/1')]);
    const fetchRobots = async (origin: string) => {
      origins.push(origin);
      return parseRobots('User-agent: *\nDisallow: /private');
    };
    await importWorker(library, { loader: web.loader, fetchRobots }).run();
    expect(origins.toSorted()).toEqual(['http://b.example:8080', 'https://a.example']);
    expect(web.fetches).not.toContain('https://a.example/private/1');
    expect(await failures()).toEqual([['https://a.example/private/1', 'import-disallowed']]);
  });

  it('it leaves a host alone for as long as it asks to be, and tries again', async () => {
    let time = 1_000_000;
    const wakes: number[] = [];
    const busy = { code: 'fetch-refused', detail: '429', retryAfterMs: 90_000 } as const;
    const web = pretendWeb((url, attempt) => (attempt === 1 ? busy : capturedPage('Words', { canonicalUrl: url })));
    await startImport(library, pages(1));
    const worker = importWorker(library, { loader: web.loader, now: () => time, wakeAt: (at) => wakes.push(at) });
    await worker.run();
    expect(wakes.at(-1)).toBe(1_090_000);
    expect(web.fetches).toHaveLength(1);
    time = 1_090_000;
    await worker.run();
    expect(web.fetches).toHaveLength(2);
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 1 });
  });

  it('it gives a host up that never answers, after some tries and not one for each of its pages', async () => {
    let time = 1_000_000;
    let wakeAt = 0;
    const web = pretendWeb((url) => (url.includes('dead') ? { code: 'fetch-silent' } : capturedPage('Words', { canonicalUrl: url })));
    await startImport(library, [...pages(50, 'dead.example'), ...pages(2)]);
    for (let runs = 0; (await readImport(library))?.state === 'running'; runs += 1) {
      expect(runs).toBeLessThan(20);
      await importWorker(library, { loader: web.loader, now: () => time, wakeAt: (at) => (wakeAt = at) }).run();
      time = Math.max(time, wakeAt);
    }
    expect(web.fetches.filter((url) => url.includes('dead'))).toHaveLength(4);
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 2, failed: 50 });
  });

  it('it fetches nothing from a host that cannot be asked for its rules', async () => {
    let time = 1_000_000;
    let wakeAt = 0;
    const web = pretendWeb();
    await startImport(library, pages(3));
    const fetchRobots = async () => {
      throw new ProblemError({ code: 'fetch-refused', detail: '503' });
    };
    for (let runs = 0; (await readImport(library))?.state === 'running'; runs += 1) {
      expect(runs).toBeLessThan(20);
      await importWorker(library, { loader: web.loader, fetchRobots, now: () => time, wakeAt: (at) => (wakeAt = at) }).run();
      time = Math.max(time, wakeAt);
    }
    expect(web.fetches).toEqual([]);
    expect(await failures()).toHaveLength(3);
  });
});

describe('What cannot be imported', () => {
  it('is kept with the reason, and can be tried again', async () => {
    let isMended = false;
    const web = pretendWeb((url) => (isMended ? capturedPage('Words', { canonicalUrl: url }) : { code: 'fetch-refused', detail: '404' }));
    await startImport(library, pages(2));
    const worker = importWorker(library, { loader: web.loader });
    await worker.run();
    expect(await failures()).toEqual([
      ['https://a.example/0', 'fetch-refused'],
      ['https://a.example/1', 'fetch-refused'],
    ]);
    expect(web.fetches).toHaveLength(2);
    isMended = true;
    await retryFailedItems(library, importId, 1);
    await worker.run();
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 1, failed: 1 });
    await retryFailedItems(library, importId);
    await worker.run();
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 2, failed: 0 });
  });

  it('because sites are closed to the extension stops the import, which goes on when they are open again', async () => {
    let isOpen = false;
    const web = pretendWeb();
    await startImport(library, pages(2));
    const worker = importWorker(library, { loader: web.loader, mayReach: async () => isOpen });
    await worker.run();
    expect(await readImport(library)).toMatchObject({ state: 'paused', problem: { code: 'import-permission-missing' }, failed: 0 });
    expect(web.fetches).toEqual([]);
    isOpen = true;
    await resumeImport(library);
    await worker.run();
    expect(await readImport(library)).toMatchObject({ state: 'done', imported: 2 });
  });
});

it('goes on by itself after a failure of the browser that no person can mend, such as its shutting down', async () => {
  const web = pretendWeb();
  await startImport(library, pages(3));
  const mayReach = async () => {
    throw new Error('The browser is shutting down.');
  };
  await importWorker(library, { loader: web.loader, mayReach }).run();
  expect(await readImport(library)).toMatchObject({ state: 'running', failed: 0 });
  await importWorker(library, { loader: web.loader }).run();
  expect(await readImport(library)).toMatchObject({ state: 'done', imported: 3 });
});

it('fetches nothing more while it is paused or once it is stopped, and goes on where it was', async () => {
  const web = pretendWeb(async (url) => {
    if (url.endsWith('/2')) await changeImport(library, (record) => ({ ...record, state: 'paused' }));
    return capturedPage('Words', { canonicalUrl: url });
  });
  await startImport(library, pages(5));
  const worker = importWorker(library, { loader: web.loader });
  await worker.run();
  expect(await readImport(library)).toMatchObject({ state: 'paused', imported: 3 });
  await resumeImport(library);
  await worker.run();
  expect(web.fetches).toEqual(addresses(pages(5)));
  expect(await readImport(library)).toMatchObject({ state: 'done', imported: 5 });
});

it('gives back what it asked for when it is stopped, after the last page that was under way', async () => {
  const order: string[] = [];
  const web = pretendWeb(async (url) => {
    await changeImport(library, (record) => ({ ...record, state: 'stopped' }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('page');
    return capturedPage('Words', { canonicalUrl: url });
  });
  await startImport(library, pages(5));
  await importWorker(library, { loader: web.loader, giveBack: async () => order.push('given back') }).run();
  expect(order).toEqual(['page', 'given back']);
  expect(await readImport(library)).toMatchObject({ state: 'stopped', imported: 1 });
});

it('rests while many pages wait to be made searchable', async () => {
  await startImport(library, pages(60));
  const web = pretendWeb();
  let longest = 0;
  const empty = async () => {
    const jobs = await library.getAllKeys('jobs');
    longest = Math.max(longest, jobs.length);
    for (const job of jobs) await library.delete('jobs', job);
  };
  const emptying = setInterval(() => void empty(), 50);
  await importWorker(library, { loader: web.loader }).run();
  clearInterval(emptying);
  expect(await readImport(library)).toMatchObject({ state: 'done', imported: 60 });
  expect(longest).toBeLessThanOrEqual(21);
});
