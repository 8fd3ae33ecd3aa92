import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { headerSchema, manifestSchema } from '../../../src/background/data/backup-schemas';
import { decryptTo } from '../../../src/background/data/decrypt';
import { encryptTo } from '../../../src/background/data/encrypt';
import { readEncryptionHeader } from '../../../src/background/data/encryption-header';
import { examineBackup } from '../../../src/background/data/examine-backup';
import { examinedRecord } from '../../../src/background/data/examined-record';
import { parseLines } from '../../../src/background/data/open-backup';
import { restorer } from '../../../src/background/data/restore-backup';
import type { RestoredSettings } from '../../../src/background/data/restored-settings';
import { writeBackup } from '../../../src/background/data/write-backup';
import { zipWriter } from '../../../src/background/data/zip-writer';
import type { AssistantId } from '../../../src/core/assistants/assistant';
import { lineCharacters } from '../../../src/core/backup/backup-format';
import type { ConversationId, MessageId, Source } from '../../../src/core/conversation/conversation';
import { defaultModelSettings } from '../../../src/core/models/settings';
import type { CapturedPage, PageId, PassageId } from '../../../src/core/pages/page';
import { ProblemError, problemOf } from '../../../src/core/problem';
import type { DraftRunId } from '../../../src/core/tuning/drafts/example-draft';
import { type JudgedPair, type JudgementRun, judgementId } from '../../../src/core/tuning/judging/judgement';
import { exampleId } from '../../../src/core/tuning/stored-example';
import { backupStores } from '../../../src/storage/backup/backup-stores';
import type { RestoreRecord } from '../../../src/storage/backup/restore-record';
import { librarySearcher } from '../../../src/storage/library-searcher';
import { putIngestJob } from '../../../src/storage/pages/jobs';
import { type NewIngest, newIngestJob } from '../../../src/storage/pages/new-ingest-job';
import { readPage, readPassages } from '../../../src/storage/pages/pages';
import { tagPage } from '../../../src/storage/pages/tag-page';
import type { Library } from '../../../src/storage/schema';
import { putAssistants } from '../../../src/storage/settings/assistants';
import { putDraftsOfPage } from '../../../src/storage/tuning/example-drafts';
import { putExamples } from '../../../src/storage/tuning/examples';
import { putJudgement } from '../../../src/storage/tuning/judgements';
import { restoreTuningJob } from '../../../src/storage/tuning/tuning-jobs';
import { readIndexModel } from '../../../src/storage/vectors/vector-models';
import { capturedPage } from '../../support/captured-page';
import { dyingLibrary } from '../../support/dying-library';
import { everythingKept, fillCapture, fillConversation, fillPage } from '../../support/filled-library';
import { memoryFile } from '../../support/memory-file';
import { temporaryLibrary } from '../../support/temporary-library';
import { tuningJob, tuningJobId } from '../../support/tuning-job';

const settings: RestoredSettings = {
  modelSettings: { ...defaultModelSettings, baseUrl: 'https://models.example/v1', chatModel: 'writer' },
  autoSave: { isOn: true, rules: [{ pattern: 'lamps.example', action: 'save' }], readSeconds: 20 },
};
const anySignal = new AbortController().signal;
const long = (word: string) =>
  Array.from({ length: 60 }, (_, index) => `## Night ${index}\n\nThe ${word} burned low. ${'Wind. '.repeat(60)}`).join('\n\n');

async function fill(library: Library): Promise<void> {
  await fillPage(library, {
    id: 'lens',
    texts: [
      { text: 'Lamps.', capturedAt: 1 },
      { text: long('lamp'), capturedAt: 5 },
    ],
    tags: ['light', 'sea'],
    models: ['one', 'two'],
  });
  await fillPage(library, {
    id: 'tram',
    texts: [{ text: 'Lamps\u2028 of the tram \ud800 “…”', capturedAt: 2 }],
    models: ['one'],
    besides: { source: 'pdf', unknown: { text: 'read' } },
  });
  await fillPage(library, {
    id: 'tide',
    texts: [
      { text: 'Pools.', capturedAt: 3 },
      { text: 'Lamps?', capturedAt: 4 },
      { text: 'Pools.', capturedAt: 6 },
    ],
  });
  await fillConversation(library, 'talk', [
    ['lens', 1],
    ['lens', 2],
    ['tide', 3],
  ]);
  await fillConversation(library, 'chat', [['gone', 4]]);
  await fillCapture(library, 'kiosk');
  const own = {
    id: 'own' as AssistantId,
    name: 'Own',
    instructions: 'Be brief.',
    fallback: { words: 'No.', contact: 'me' },
    command: 'own',
  };
  await putAssistants(library, [own, { id: 'built-in:critic' as AssistantId, name: 'Critic', instructions: '', isHidden: true }]);
  const said = (role: string, content: string) => ({ role, content, weight: 1 });
  await putExamples(library, [
    {
      id: exampleId(1, 'one'),
      createdAt: 1,
      example: {
        conversation: [{ role: 'user', content: 'Lamps?\ud800\u2028' }],
        answer: said('assistant', 'Yes.'),
        rejected: { ...said('assistant', ''), toolCalls: [{ id: 'a', name: 'b', arguments: '{}' }] },
        passages: [{ title: 'T', url: 'https://lamps.example/lens', text: 'Lamps' }],
        tags: ['light'],
        split: 'validation',
        source: 'a file',
      },
      answerId: 'talk-answer' as MessageId,
      conversationId: 'talk' as ConversationId,
      verdict: 'edited',
    },
    { id: exampleId(2, 'two'), createdAt: 2, example: { conversation: [] } },
  ]);
  const job = tuningJob(tuningJobId('lens'), { state: 'running', remoteId: 'ftjob-1', startedAt: 3, problem: { code: 'model-busy' } });
  const events = [{ id: 'e', at: 4, level: 'info' as const, text: 'Step 1' }];
  const metrics = [{ step: 1, trainingLoss: 2.5, validationAccuracy: 0.5 }];
  const checkpoints = [{ model: 'ft:one:step-1', step: 1, metrics: { trainingLoss: 2.5 } }];
  await restoreTuningJob(library, { job, course: { events, metrics, checkpoints } });
  const drafted = {
    createdAt: 3,
    pageId: 'lens' as PageId,
    version: 1,
    capturedAt: 2,
    model: 'w'.repeat(2_000),
    example: { conversation: [] },
  };
  const support = { supported: 0, claims: 1, quotes: ['Lamps\u2028'], unknown: ['1955'] };
  await putDraftsOfPage(library, 'run' as DraftRunId, 0, [
    { ...drafted, support },
    { ...drafted, support, decision: { kind: 'approved', at: 4, exampleId: exampleId(2, 'two') } },
    { ...drafted, support, decision: { kind: 'rejected', at: 5 } },
  ]);
  await putJudgement(library, judgement.run, judgement.pairs);
}

const judgement = (() => {
  const id = judgementId(1, 'one');
  const plan = {
    sides: [
      { model: 'one', withRetrieval: true },
      { model: 'ft:one:a:b:c', withRetrieval: false },
    ],
    questions: { kind: 'held-out', count: 2 },
    seed: 7,
  } as const;
  const source: Source = {
    number: 1,
    pageId: 'tide' as PageId,
    version: 3,
    passageId: 1 as PassageId,
    start: 0,
    end: 6,
    title: 'About tide',
    site: 'lamps.example',
    url: 'https://lamps.example/tide',
    capturedAt: 6,
    headingPath: [],
    quotation: 'Pools.',
    liveUrl: 'https://lamps.example/tide#x',
  };
  const answer = (text: string) => ({
    status: 'complete' as const,
    kind: 'written' as const,
    text,
    sources: [source],
    report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 },
    usage: { model: 'one', promptTokens: 1, completionTokens: 1, counted: false },
    durationMs: 5,
  });
  const run: JudgementRun = { kind: 'run', id, number: 0, createdAt: 1, plan, pairs: 2, state: 'stopped' };
  const pair = (number: number) =>
    ({ kind: 'pair', id, number, question: { text: 'Lamps?\ud800', instructions: 'Be brief.' }, isSwapped: true }) as const;
  const pairs: JudgedPair[] = [{ ...pair(1), first: answer('One [1].'), second: answer('Two [1].'), vote: 'a' }, pair(2)];
  return { run, pairs };
})();

async function backUp(library: Library, withVectors = true, mostCharactersInLine = lineCharacters): Promise<Blob> {
  const file = memoryFile();
  await writeBackup(
    file.write,
    { withVectors, mostCharactersInLine },
    { library, settings: { ...settings }, now: () => 1_700_000_000_000, report: () => {}, signal: anySignal },
  );
  return file.blob();
}

const examine = (file: Blob, library: Library) => examineBackup(file, library, () => {}, anySignal);

/** Restores as the worker does, from the examination on. @returns the settings that were set */
async function restore(file: Blob, library: Library, withSettings = false): Promise<RestoredSettings> {
  const { preview, manifestSha256 } = await examine(file, library);
  const hadIndexModel = (await readIndexModel(library)) !== undefined;
  const kept = { record: { ...examinedRecord(preview, manifestSha256, hadIndexModel), state: 'running', withSettings } as RestoreRecord };
  return goOn(kept, file, library);
}

let lastId = 0;

async function goOn(kept: { record: RestoreRecord }, file: Blob, library: Library): Promise<RestoredSettings> {
  const written: { -readonly [Name in keyof RestoredSettings]: RestoredSettings[Name] } = {};
  const { piece } = restorer({
    readRecord: async () => kept.record,
    writeRecord: async (record) => {
      kept.record = record;
    },
    openLibrary: async () => library,
    openFile: async () => file,
    removeFile: async () => {},
    detectLanguage: async () => 'en',
    settingsWriters: {
      modelSettings: async (restored) => {
        written.modelSettings = restored;
      },
      autoSave: async (restored) => {
        written.autoSave = restored;
      },
      spending: async (restored) => {
        written.spending = restored;
      },
    },
    newId: () => `new-${++lastId}`,
    elapsed: () => performance.now(),
    changed: () => {},
  });
  while (await piece(() => {}));
  if (kept.record.problem) throw new ProblemError(kept.record.problem);
  return written;
}

test('each store of the library has its place in a backup, or is known to be made anew', async () => {
  const library = await temporaryLibrary();
  expect(Object.keys(backupStores).sort()).toEqual([...library.objectStoreNames].sort());
});

describe('a backup restored into an empty library', () => {
  it('brings back every page, version, vector, conversation, assistant, tag and waiting page as it was', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const before = await everythingKept(library);
    const file = await backUp(library);
    const other = await temporaryLibrary();
    expect(await restore(file, other, true)).toEqual(settings);
    expect(await everythingKept(other)).toEqual(before);
    const { passages } = await librarySearcher(async () => other).search({ text: 'night 41', limit: 1 });
    expect(passages[0]?.pageId).toBe('lens');
  });

  it('is the same after a second restore', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const file = await backUp(library);
    const other = await temporaryLibrary();
    await restore(file, other);
    const once = await everythingKept(other);
    const totals = await other.get('totals', 'library');
    expect((await examine(file, other)).preview).toMatchObject({
      newPages: 0,
      pagesWithNewVersions: 0,
      newConversations: 0,
      // The one that is built in and hidden is none of the person's.
      assistants: { all: 1, new: 0 },
    });
    await restore(file, other);
    expect(await everythingKept(other)).toEqual(once);
    expect(await other.get('totals', 'library')).toEqual(totals);
  });

  it('is whole after a worker that died at any write, and begins no page twice that is there', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const before = await everythingKept(library);
    const file = await backUp(library);
    for (let writes = 0; writes < 14; writes++) {
      const other = await temporaryLibrary();
      const { preview, manifestSha256 } = await examine(file, other);
      const kept = { record: { ...examinedRecord(preview, manifestSha256, false), state: 'running' } as RestoreRecord };
      const { dying, dead } = dyingLibrary(other, writes);
      await Promise.race([goOn(kept, file, dying), dead]);
      for (const page of await other.getAll('pages')) {
        expect((await readPage(other, page.id)).version.version).toBe(page.version);
        expect(await other.count('versions', IDBKeyRange.bound([page.id, 0], [page.id, 99]))).toBe(
          { lens: 2, tram: 1, tide: 3 }[page.id as string],
        );
      }
      await goOn(kept, file, other);
      expect(await everythingKept(other), `after ${writes} writes`).toEqual(before);
    }
  });

  describe('in which a page has more versions than a line holds', () => {
    const texts = Array.from({ length: 7 }, (_, index) => ({ text: `Lamp ${index}. ${'Oil burns. '.repeat(9)}`, capturedAt: 10 + index }));
    const selections = [1, 4, 7].map((version) => ({ version, capturedAt: 9 + version, start: 0, end: 4 }));
    /** Two of these versions. */
    const bound = 250;

    async function fillLong(): Promise<Library> {
      const library = await temporaryLibrary();
      await fillPage(library, { id: 'lens', texts, models: ['one'], tags: ['light'], besides: { selections } });
      await fillPage(library, { id: 'tram', texts: [{ text: 'Lamps of the tram.', capturedAt: 2 }], models: ['one'] });
      await fillConversation(library, 'talk', [
        ['lens', 2],
        ['lens', 6],
      ]);
      return library;
    }

    it('brings it back whole, and counts it once', async () => {
      const library = await fillLong();
      const before = await everythingKept(library);
      const file = await backUp(library, true, bound);
      const lines = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())))
        .filter(([name]) => name.startsWith('pages/'))
        .flatMap(([, bytes]) => strFromU8(bytes).trim().split('\n'));
      expect(lines).toHaveLength(5);
      const other = await temporaryLibrary();
      expect((await examine(file, other)).preview).toMatchObject({ counts: { pages: 2, versions: 8 }, newPages: 2 });
      await restore(file, other);
      expect(await everythingKept(other)).toEqual(before);
      expect((await examine(file, other)).preview).toMatchObject({ newPages: 0, pagesWithNewVersions: 0 });
      await restore(file, other);
      expect(await everythingKept(other)).toEqual(before);
    });

    it('leaves a page that can be searched, and goes on with it, wherever the worker dies', async () => {
      const library = await fillLong();
      const before = await everythingKept(library);
      const file = await backUp(library, true, bound);
      const seen = new Set<number>();
      for (let writes = 0; writes < 14; writes++) {
        const other = await temporaryLibrary();
        const { preview, manifestSha256 } = await examine(file, other);
        const kept = { record: { ...examinedRecord(preview, manifestSha256, false), state: 'running' } as RestoreRecord };
        const { dying, dead } = dyingLibrary(other, writes);
        await Promise.race([goOn(kept, file, dying), dead]);
        if (await other.get('pages', 'lens' as never)) {
          const { page, version } = await readPage(other, 'lens' as never);
          expect((await readPassages(other, page.id)).length).toBe(page.passageCount);
          seen.add(version.version);
        }
        await goOn(kept, file, other);
        expect(await everythingKept(other), `after ${writes} writes`).toEqual(before);
      }
      expect([...seen]).toEqual([2, 4, 6, 7]);
    });

    it('moves the citations of all its versions when others come before them', async () => {
      const file = await backUp(await fillLong(), true, bound);
      const other = await temporaryLibrary();
      await fillPage(other, { id: 'own', path: 'lens', texts: [{ text: 'Before all others.', capturedAt: 1 }] });
      await restore(file, other);
      const sources = (await other.getAll('messages')).flatMap((message) => (message.role === 'answer' ? message.sources : []));
      expect(sources.map(({ pageId, version }) => [pageId, version])).toEqual([
        ['own', 3],
        ['own', 7],
      ]);
    });
  });

  it('holds what can be saved of a library that is damaged', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    await library.delete('versions', ['tram' as never, 1]);
    const indexed = await library.get('indexedPages', 'lens' as never);
    if (indexed) await library.put('indexedPages', { ...indexed, passageCount: indexed.passageCount - 1 });
    const other = await temporaryLibrary();
    await restore(await backUp(library), other);
    expect((await other.getAllKeys('pages')).sort()).toEqual(['lens', 'tide']);
    const { page } = await readPage(other, 'lens' as never);
    expect((await readPassages(other, page.id)).length).toBe(page.passageCount);
    expect(page.embeddedWith).toBeUndefined();
  });

  it('brings back what waits as what it was: a page of a list, a page of its own, the selections of a page beside it', async () => {
    const library = await temporaryLibrary();
    const url = 'https://lamps.example/oil';
    const chosen = { start: 0, end: 3 };
    const waiting: [NewIngest, CapturedPage][] = [
      [{ canonicalUrl: url, title: 'Oil', imported: { url, tags: ['light'], savedAt: 7 } }, capturedPage('The page.', { capturedAt: 20 })],
      [{ canonicalUrl: url, title: 'Oil', isSelection: true }, capturedPage('One.', { source: 'selection', chosen, capturedAt: 30 })],
      [{ canonicalUrl: url, title: 'Oil', isSelection: true }, capturedPage('Two.', { source: 'selection', chosen, capturedAt: 40 })],
      [{ canonicalUrl: `${url}/2`, title: 'Apart', isApart: true }, capturedPage('Apart.', { canonicalUrl: `${url}/2`, capturedAt: 5 })],
    ];
    for (const [about, capture] of waiting) {
      await putIngestJob(library, capture, () =>
        newIngestJob(about, { now: () => capture.capturedAt, newId: () => `waiting-${++lastId}` }),
      );
    }
    const unread = {
      kind: 'pdf',
      file: new Blob(['%PDF']),
      fileName: 'a.pdf',
      contentType: '',
      url: 'file:///a',
      canonicalUrl: 'file:///a',
    } as const;
    await putIngestJob(library, { ...unread, capturedAt: 1 }, () =>
      newIngestJob(
        { canonicalUrl: unread.canonicalUrl, title: 'A', step: 'reading' },
        { now: () => 1, newId: () => `waiting-${++lastId}` },
      ),
    );
    const file = memoryFile();
    const tools = { library, settings: {}, now: () => 1_700_000_000_000, report: () => {}, signal: anySignal };
    expect(await writeBackup(file.write, { withVectors: true }, tools)).toEqual({ filesLeftOut: 1 });
    const jobsOf = async (from: Library) => {
      const jobs = await from.getAll('jobs');
      const natures = jobs.map(({ title, createdAt, imported, isApart, isSelection }) => ({
        title,
        createdAt,
        imported,
        isApart,
        isSelection,
      }));
      return natures.sort((a, b) => a.createdAt - b.createdAt);
    };
    const all = (await jobsOf(library)).filter(({ title }) => title !== 'A');
    const other = await temporaryLibrary();
    await restore(file.blob(), other);
    expect((await jobsOf(other)).map(({ title: _, ...rest }) => rest)).toEqual(all.map(({ title: _, ...rest }) => rest));
    await restore(file.blob(), other);
    expect(await other.count('jobs')).toBe(4);

    const later = await temporaryLibrary();
    await fillPage(later, { id: 'oil', texts: [{ text: 'The page, later.', capturedAt: 90 }] });
    const page = await later.get('pages', 'oil' as never);
    const met = { url: `${url}/2`, canonicalUrl: `${url}/2` };
    if (page) await later.put('pages', { ...page, addresses: [url, met.url], otherAddresses: [met] });
    await restore(file.blob(), later);
    expect((await jobsOf(later)).map(({ isApart, isSelection }) => [isApart, isSelection])).toEqual([
      [true, undefined],
      [undefined, true],
      [undefined, true],
    ]);
    const jobs = await later.getAll('jobs');
    expect(jobs.filter(({ pageId }) => pageId === 'oil').map(({ isSelection }) => isSelection)).toEqual([true, true]);
  });

  it('cuts a PDF at its pages, wherever its passages are made anew', async () => {
    const library = await temporaryLibrary();
    const [first, second] = ['The keeper slept. '.repeat(30).trim(), 'The lamp went out.'];
    const text = `${first}\n\n${second}`;
    const locators = [
      { start: 0, page: 1 },
      { start: text.indexOf(second), page: 2 },
    ];
    for (const id of ['damaged', 'shortened']) {
      await fillPage(library, { id, texts: [{ text, capturedAt: 5 }] });
      const version = await library.get('versions', [id as never, 1]);
      if (version) await library.put('versions', { ...version, locators });
      const page = await library.get('pages', id as never);
      if (page) await library.put('pages', { ...page, passageCount: 9 });
    }
    const file = await backUp(library);
    const shortened = await library.get('pages', 'shortened' as never);
    if (shortened) await library.put('pages', { ...shortened, version: 2 });
    const other = await temporaryLibrary();
    await restore(file, other);
    await restore(file, library);
    const textsOf = async (from: Library, id: string) =>
      (await readPassages(from, id as never)).map(({ start, end }) => text.slice(start, end).trim());
    expect(await textsOf(other, 'damaged')).toEqual([first, second]);
    expect(await textsOf(library, 'shortened')).toEqual([first, second]);
  });

  it('can do without its vectors', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const file = await backUp(library, false);
    expect(file.size).toBeLessThan((await backUp(library)).size);
    const other = await temporaryLibrary();
    await restore(file, other);
    expect(await other.count('vectorBlocks')).toBe(0);
    expect((await other.getAll('pages')).filter(({ embeddedWith }) => embeddedWith)).toEqual([]);
  });

  it('takes over the settings only when told to', async () => {
    const file = await backUp(await temporaryLibrary());
    expect(await restore(file, await temporaryLibrary())).toEqual({});
  });
});

describe('a backup restored into a library with other pages', () => {
  it('unites versions in their order, tags and vectors, and citations of both go on pointing at what they cited', async () => {
    const backedUp = await temporaryLibrary();
    await fillPage(backedUp, {
      id: 'theirs',
      path: 'lens',
      texts: [
        { text: 'First.', capturedAt: 1 },
        { text: 'Third.', capturedAt: 3 },
      ],
      tags: ['sea'],
      models: ['one'],
    });
    await fillConversation(backedUp, 'their-talk', [
      ['theirs', 1],
      ['theirs', 2],
    ]);
    await fillPage(backedUp, { id: 'new', texts: [{ text: 'New here.', capturedAt: 2 }] });
    const file = await backUp(backedUp);

    const library = await temporaryLibrary();
    await fillPage(library, {
      id: 'mine',
      path: 'lens',
      texts: [
        { text: 'Second.', capturedAt: 2 },
        { text: 'Fourth.', capturedAt: 4 },
      ],
      tags: ['light'],
      models: ['two'],
    });
    await fillConversation(library, 'my-talk', [
      ['mine', 1],
      ['mine', 2],
    ]);
    await fillPage(library, { id: 'own', texts: [{ text: 'Own.', capturedAt: 9 }], tags: ['kept'] });
    expect((await examine(file, library)).preview).toMatchObject({ newPages: 1, pagesWithNewVersions: 1, newConversations: 1 });
    await restore(file, library);

    const pages = await library.getAll('pages');
    expect(pages.map(({ id }) => id).sort()).toEqual(['mine', 'new', 'own']);
    expect(pages.find(({ id }) => id === 'mine')).toMatchObject({ version: 4, savedAt: 1, tags: ['light', 'sea'], embeddedWith: ['two'] });
    const cited = async (conversation: string) => {
      const answer = await library.get('messages', `${conversation}-answer` as never);
      const sources = answer?.role === 'answer' ? answer.sources : [];
      return Promise.all(sources.map(async ({ pageId, version }) => (await readPage(library, pageId, version)).version.text));
    };
    expect(await cited('my-talk')).toEqual(['Second.', 'Fourth.']);
    expect(await cited('their-talk')).toEqual(['First.', 'Third.']);
    const once = await everythingKept(library);
    await restore(file, library);
    expect(await everythingKept(library)).toEqual(once);
    const { passages } = await librarySearcher(async () => library).search({ text: 'fourth', limit: 5 });
    expect(passages.map(({ pageId }) => pageId)).toEqual(['mine']);
  });

  it('keeps the selections of both sides on their words, the other addresses of both, and the sketch of the text that is current', async () => {
    const select = (version: number, words: string, capturedAt: number) => ({ version, start: 0, end: words.length, capturedAt });
    const met = (name: string) => ({ url: `https://${name}.example/lens`, canonicalUrl: `https://${name}.example/lens` });
    const backedUp = await temporaryLibrary();
    await fillPage(backedUp, {
      id: 'lens',
      texts: [
        { text: 'First.', capturedAt: 1 },
        { text: 'Third.', capturedAt: 3 },
      ],
      besides: {
        selections: [select(1, 'First', 11), select(2, 'Third.', 12)],
        otherAddresses: [met('theirs'), met('own')],
        sketch: [1, 2],
      },
    });
    const file = await backUp(backedUp);
    const library = await temporaryLibrary();
    await fillPage(library, {
      id: 'lens',
      texts: [
        { text: 'Second.', capturedAt: 2 },
        { text: 'Fourth.', capturedAt: 4 },
      ],
      besides: { selections: [select(1, 'Second', 13), select(2, 'Fourth.', 14)], otherAddresses: [met('mine')], sketch: [3, 4] },
    });
    await fillPage(library, { id: 'another', texts: [{ text: 'Its own.', capturedAt: 1 }] });
    const another = await library.get('pages', 'another' as never);
    if (another) await library.put('pages', { ...another, ...met('own'), addresses: [met('own').url] });
    await restore(file, library);
    const page = await library.get('pages', 'lens' as never);
    const selected = await Promise.all(
      (page?.selections ?? []).map(async ({ version, start, end }) =>
        (await readPage(library, 'lens' as never, version)).version.text.slice(start, end),
      ),
    );
    expect(selected.sort()).toEqual(['First', 'Fourth.', 'Second', 'Third.']);
    expect(page?.otherAddresses).toEqual([met('mine'), met('theirs')]);
    expect(page?.sketch).toEqual([3, 4]);
    await restore(file, library);
    expect(await library.get('pages', 'lens' as never)).toEqual(page);
    const others = await temporaryLibrary();
    await fillPage(others, { id: 'lens', texts: [{ text: 'Second.', capturedAt: 2 }], besides: { sketch: [5] } });
    await restore(file, others);
    expect((await others.get('pages', 'lens' as never))?.sketch).toEqual([1, 2]);
    expect((await others.get('pages', 'lens' as never))?.selections).toHaveLength(2);
  });

  it('keeps the notes of both, and the name that the person gave the page', async () => {
    const backedUp = await temporaryLibrary();
    await fillPage(backedUp, { id: 'lens', texts: [{ text: 'Old.', capturedAt: 1 }] });
    const named = await backedUp.get('pages', 'lens' as never);
    if (named) await backedUp.put('pages', { ...named, note: 'Theirs.', ownTitle: 'Untitled' });
    const file = await backUp(backedUp);
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lens', texts: [{ text: 'New.', capturedAt: 2 }] });
    const page = await library.get('pages', 'lens' as never);
    if (page) await library.put('pages', { ...page, title: 'A lens', note: 'Mine.' });
    for (let time = 0; time < 2; time++) {
      await restore(file, library);
      expect(await library.get('pages', 'lens' as never)).toMatchObject({
        note: 'Mine.\n\nTheirs.',
        title: 'About lens',
        ownTitle: 'A lens',
      });
    }
  });

  it('mends a page whose text is lost, under its own id', async () => {
    const backedUp = await temporaryLibrary();
    await fillPage(backedUp, { id: 'theirs', path: 'lens', texts: [{ text: 'Lamps.', capturedAt: 2 }] });
    const file = await backUp(backedUp);
    const library = await temporaryLibrary();
    await fillPage(library, {
      id: 'mine',
      path: 'lens',
      texts: [
        { text: 'Old.', capturedAt: 1 },
        { text: 'Lamps.', capturedAt: 2 },
      ],
    });
    await library.delete('versions', ['mine' as never, 2]);
    await restore(file, library);
    expect((await readPage(library, 'mine' as never)).version.text).toBe('Lamps.');
    expect((await readPage(library, 'mine' as never, 1)).version.text).toBe('Old.');
    expect(await library.count('pages')).toBe(1);
  });

  it('searches the newest text when that is the one of the backup, with its vectors', async () => {
    const backedUp = await temporaryLibrary();
    await fillPage(backedUp, {
      id: 'lens',
      texts: [
        { text: 'Old.', capturedAt: 1 },
        { text: 'Newest.', capturedAt: 9 },
      ],
      models: ['one'],
    });
    const file = await backUp(backedUp);
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lens', texts: [{ text: 'Old.', capturedAt: 1 }], models: ['one'] });
    await restore(file, library);
    expect(await everythingKept(library)).toEqual(await everythingKept(backedUp));
  });

  it('keeps tags that were given since, and does not bring back what was cut off where it is whole', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const file = await backUp(library);
    await tagPage(library, 'tide' as never, ['later']);
    await restore(file, library);
    expect((await library.get('pages', 'tide' as never))?.tags).toEqual(['later']);
  });
});

describe('what is not a whole backup of ours is refused, with nothing changed:', () => {
  const codeOf = async (file: Blob, library: Library) => {
    const before = JSON.stringify(await everythingKept(library));
    const code = await examine(file, library).then(
      () => 'taken',
      (error: unknown) => problemOf(error).code,
    );
    expect(JSON.stringify(await everythingKept(library))).toBe(before);
    return code;
  };
  const zipOf = async (files: Record<string, string | Uint8Array>) => {
    const file = memoryFile();
    const zip = zipWriter(file.write, new Date(2020, 1, 1));
    for (const [name, content] of Object.entries(files)) await zip.add(name, typeof content === 'string' ? Buffer.from(content) : content);
    await zip.end();
    return file.blob();
  };
  const header = (version: number) => JSON.stringify({ format: 'commonplace-backup', version, createdAt: 1 });

  test('any other file', async () => {
    const library = await temporaryLibrary();
    expect(await codeOf(new Blob([]), library)).toBe('backup-unknown');
    expect(await codeOf(new Blob(['PK but no zip']), library)).toBe('backup-unknown');
    expect(await codeOf(await zipOf({ 'notes.md': '# Notes' }), library)).toBe('backup-unknown');
  });

  test('one from a newer version', async () => {
    expect(await codeOf(await zipOf({ 'commonplace-backup.json': header(2), anything: 'else' }), await temporaryLibrary())).toBe(
      'backup-newer',
    );
  });

  test('one cut anywhere', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const file = await backUp(library);
    for (const share of [0.01, 0.25, 0.5, 0.9])
      expect(await codeOf(file.slice(0, Math.floor(file.size * share)), library)).toBe('backup-incomplete');
    expect(await codeOf(file.slice(0, file.size - 1), library)).toBe('backup-incomplete');
  });

  test('one without its manifest', async () => {
    expect(await codeOf(await zipOf({ 'commonplace-backup.json': header(1) }), await temporaryLibrary())).toBe('backup-incomplete');
  });

  test('one that trusts a model out of all measure', async () => {
    const library = await temporaryLibrary();
    await fill(library);
    const files = unzipSync(new Uint8Array(await (await backUp(library)).arrayBuffer()));
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as object;
    const isTaken = (trust: object) => v.is(manifestSchema, { ...manifest, trust: { modelKey: 'one', ...trust } });
    expect(isTaken({ mean: 1.5, questions: 20, differing: { backing: 3, questions: 20 }, asked: { backing: 2, questions: 30 } })).toBe(
      true,
    );
    expect(isTaken({ mean: 1.5, questions: 20 })).toBe(true);
    expect(isTaken({ mean: Number.POSITIVE_INFINITY, questions: 20 })).toBe(false);
    expect(isTaken({ mean: 1.5, questions: 1e308 })).toBe(false);
    expect(isTaken({ mean: 1.5, questions: 20, asked: { backing: 1e308, questions: 30 } })).toBe(false);
    expect(isTaken({ mean: 1.5, questions: 20, differing: { backing: -1, questions: 20 } })).toBe(false);
  });

  test('one with a changed byte, wherever it is, unless that says nothing', async () => {
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lens', texts: [{ text: 'Lamps of the harbour.', capturedAt: 1 }], models: ['one'] });
    await fillConversation(library, 'talk', [['lens', 1]]);
    const bytes = new Uint8Array(await (await backUp(library)).arrayBuffer());
    const whole = await everythingKept(library);
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      const empty = await temporaryLibrary();
      const code = await codeOf(new Blob([changed]), empty);
      if (code !== 'taken') {
        expect(code).toMatch(/^backup-/);
        refused += 1;
        continue;
      }
      // Dates of files and the like, which are not looked at.
      await restore(new Blob([changed]), empty);
      expect(await everythingKept(empty)).toEqual(whole);
    }
    expect(refused).toBeGreaterThan(bytes.length / 7 / 2);
  });

  test('a small file that would unpack into a huge one', async () => {
    const library = await temporaryLibrary();
    const bomb = await zipOf({ 'commonplace-backup.json': header(1), 'pages/00001.jsonl': new Uint8Array(90_000_000) });
    expect(bomb.size).toBeLessThan(200_000);
    expect(await codeOf(bomb, library)).toBe('backup-oversized');
  });

  test('a file that unpacks to more than it says', async () => {
    const bytes = new Uint8Array(await (await zipOf({ 'commonplace-backup.json': ' '.repeat(100_000) })).arrayBuffer());
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 50, true);
    expect(await codeOf(new Blob([bytes]), await temporaryLibrary())).toBe('backup-damaged');
  });

  test('a line longer than a page can be, before it is read', () => {
    const part = { name: 'pages/0.jsonl', kind: 'pages', bytes: 0, records: 1, sha256: '' } as const;
    const longest = new Uint8Array(128_000_001).fill(' '.charCodeAt(0));
    const codes = [longest.subarray(1), longest].map((bytes) => {
      try {
        return [...parseLines(headerSchema, bytes, part)].length;
      } catch (error) {
        return problemOf(error).code;
      }
    });
    expect(codes).toEqual(['backup-damaged', 'backup-oversized']);
  });

  test('a record that would run something, points outside of its text, or claims vectors that are not there', async () => {
    const library = await temporaryLibrary();
    await fillPage(library, { id: 'lens', texts: [{ text: 'Lamps.', capturedAt: 1 }], models: ['one'] });
    const file = await backUp(library);
    const forgeries: ((line: ForgedLine) => void)[] = [
      ({ page }) => {
        page.url = ' javascript:alert(1)';
      },
      ({ page }) => {
        page.otherAddresses = [{ url: 'javascript:alert(1)', canonicalUrl: 'https://lamps.example/other' }];
      },
      ({ passages }) => {
        passages[0] = { ...passages[0], end: 9_999 };
      },
      ({ vectors }) => {
        vectors[0] = { ...vectors[0], dimensions: 90_000 };
      },
      ({ versions }) => {
        versions[0] = { ...versions[0], pageId: 'another' };
      },
      ({ page }) => {
        page.otherAddresses = [{ url: 'chrome://settings', canonicalUrl: 'https://lamps.example/' }];
      },
      ({ page }) => {
        page.otherAddresses = Array.from({ length: 1_001 }, () => ({ url: 'https://a.example/', canonicalUrl: 'https://a.example/' }));
      },
      ({ page }) => {
        page.selections = [{ version: 1, capturedAt: 1, start: -1, end: 'end' }];
      },
      ({ page }) => {
        page.sketch = Array.from({ length: 101 }, () => 1);
      },
      ({ page }) => {
        page.source = 'program';
      },
      ({ versions }) => {
        versions[0] = { ...versions[0], url: 'chrome-extension://another/page.html' };
      },
      ({ versions }) => {
        versions[0] = { ...versions[0], locators: [{ start: 0, page: 0 }] };
      },
    ];
    expect(await codeOf(await forge(file, () => {}), await temporaryLibrary())).toBe('taken');
    for (const change of forgeries) expect(await codeOf(await forge(file, change), await temporaryLibrary())).toBe('backup-damaged');
  });
});

type ForgedLine = Record<'page', Record<string, unknown>> & Record<'passages' | 'vectors' | 'versions', Record<string, unknown>[]>;

/** Changes the first page of a backup, with all checksums made to fit. */
async function forge(file: Blob, change: (line: ForgedLine) => void): Promise<Blob> {
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  const name = 'pages/00001.jsonl';
  const line = JSON.parse(strFromU8(files[name] ?? new Uint8Array())) as ForgedLine;
  change(line);
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const forged = strToU8(`${JSON.stringify(line)}\n`);
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) as { parts: { name: string }[] };
  const parts = manifest.parts.map((part) => (part.name === name ? { ...part, bytes: forged.length, sha256: hash(forged) } : part));
  const manifestBytes = strToU8(JSON.stringify({ ...manifest, parts }));
  const checksum = strToU8(hash(manifestBytes));
  return new Blob([zipSync({ ...files, [name]: forged, 'manifest.json': manifestBytes, 'manifest.sha256': checksum })]);
}

describe('an encrypted file', () => {
  const encrypted = async (bytes: Uint8Array<ArrayBuffer>, passphrase: string) => {
    const file = memoryFile();
    const encryption = await encryptTo(file.write, passphrase);
    for (let at = 0; at < bytes.length; at += 100_000) await encryption.write(bytes.slice(at, at + 100_000));
    await encryption.end();
    return file.blob();
  };
  const opened = async (file: Blob, passphrase: string) => {
    const encryption = await readEncryptionHeader(file);
    if (!encryption) return 'not encrypted';
    const plain = memoryFile();
    return decryptTo(plain.write, file, encryption, passphrase, () => {}, anySignal).then(
      async () => Buffer.from(await plain.blob().arrayBuffer()).toString('hex'),
      (error: unknown) => problemOf(error).code,
    );
  };
  const hex = (part: Uint8Array) => Buffer.from(part).toString('hex');
  const bytes = Uint8Array.from({ length: 700_000 }, (_, index) => (index * 7 + (index >> 8)) % 251);
  const chunk = 256 * 1_024 + 16;

  it('is opened with its passphrase, however the letters were typed, and by no other', async () => {
    const file = await encrypted(bytes, 'Zürich');
    expect(await opened(file, 'Zu\u0308rich')).toBe(hex(bytes));
    expect(await opened(file, 'zürich')).toBe('backup-passphrase-wrong');
    expect(Buffer.from(await file.arrayBuffer()).includes(Buffer.from(bytes.subarray(1_000, 1_032)))).toBe(false);
  });

  it('may hold nothing, or whole chunks', async () => {
    for (const length of [0, 1, 256 * 1_024, 512 * 1_024])
      expect(await opened(await encrypted(bytes.slice(0, length), 'a'), 'a')).toBe(hex(bytes.slice(0, length)));
  });

  it('is refused when it is cut, at a chunk too, or its chunks are swapped, or a byte is changed', async () => {
    const file = await encrypted(bytes, 'a');
    const start = file.size - (700_000 + 3 * 16);
    const [head, first, second, last] = [
      file.slice(0, start),
      file.slice(start, start + chunk),
      file.slice(start + chunk, start + 2 * chunk),
      file.slice(start + 2 * chunk),
    ];
    expect(await opened(new Blob([head, first, second]), 'a')).toBe('backup-incomplete');
    expect(await opened(file.slice(0, start + 5), 'a')).toBe('backup-incomplete');
    expect(await opened(file.slice(0, file.size - 1), 'a')).toBe('backup-incomplete');
    expect(await opened(new Blob([head, second, first, last]), 'a')).toBe('backup-damaged');
    expect(await opened(new Blob([head, first, last]), 'a')).toBe('backup-incomplete');
    const changed = new Uint8Array(await file.arrayBuffer());
    changed[start + 1_000] = (changed[start + 1_000] ?? 0) ^ 1;
    expect(await opened(new Blob([changed]), 'a')).toBe('backup-damaged');
  });

  it('has another key each time', async () => {
    const [one, other] = [await encrypted(bytes, 'a'), await encrypted(bytes, 'a')];
    expect(await one.slice(300).text()).not.toBe(await other.slice(300).text());
  });
});
