import { deleteDB, openDB } from 'idb';
import { jobRunner } from '../../src/background/ingest/run-jobs';
import type { CapturedPage } from '../../src/core/pages/page';
import type { EmbeddingModel } from '../../src/models/embedding-model';
import { mergeMeanwhile } from '../../src/storage/lexical/merge-meanwhile';
import { migrations, schemaVersion } from '../../src/storage/migrations/migrations';
import { type IngestJob, putIngestJobs } from '../../src/storage/pages/jobs';
import { newIngestJob } from '../../src/storage/pages/new-ingest-job';
import type { Library, LibrarySchema } from '../../src/storage/schema';
import { jobRunnerTools } from '../../tests/support/job-runner-tools';
import { type PageSize, SyntheticLibrary, type SyntheticPage } from '../bench/synthetic-library';
import { timed } from '../bench/timing';
import { type AddingMs, commitSyntheticPage, mergePages, modelKey } from './build-library';
import { type PeerName, peers } from './peer-indexes';

// Runs in the laboratory's page: text to an index on disk.

/** A library of its own beside others. */
function openNamed(name: string): Promise<Library> {
  return openDB<LibrarySchema>(name, schemaVersion, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
    },
  });
}

const nothingSpent = (): AddingMs => ({ split: 0, index: 0, commit: 0, merge: 0 });
/** Pages that are added to a library have other words than those in it. */
const addedSeed = 2;
const firstAddedNumber = 10_000_000;
const settlingMs = 100;
/** They are made too long and then cut to one size. */
const addedPageSize: PageSize = { least: 26, most: 28 };

/** Pages that are made up at once. */
const pagesAtOnce = 100;

/** What a library took to be filled. Merges go on while pages are indexed, so the parts come to more than the whole. */
export interface FillingMs extends AddingMs {
  total: number;
}

/**
 * Fills a new library, as the worker does: one page after the other, and what is to be merged beside it. Making up the pages is not counted: nothing is done
 * meanwhile, and nothing is left to be merged then.
 */
export async function fillLibrary(name: string, passages: number, dimensions: number, isEmbedded: boolean): Promise<FillingMs> {
  const library = await openNamed(name);
  const spent = { ...nothingSpent(), total: 0 };
  const merging = mergeMeanwhile(() => mergePages(library, spent).then(() => false));
  const made = new SyntheticLibrary(dimensions).pages(passages);
  let number = 0;
  for (let pages = takeSome(made); pages.length > 0; pages = takeSome(made)) {
    const { ms } = await timed(async () => {
      for (const page of pages) {
        await commitSyntheticPage(library, number++, page, spent, isEmbedded);
        await merging.begin();
      }
      await merging.settled();
    });
    spent.total += ms;
  }
  library.close();
  return spent;
}

/**
 * Fills a new library through the queue: pages that wait, as an import leaves them, are recognised, cut up, given vectors by a model that answers at once, indexed and
 * merged. Milliseconds; making up the pages and putting them into the queue is not counted.
 */
export async function fillByQueue(name: string, passages: number, dimensions: number, isEmbedded: boolean): Promise<number> {
  const library = await openNamed(name);
  const made = new SyntheticLibrary(dimensions).pages(passages);
  let totalMs = 0;
  let number = 0;
  for (let pages = takeSome(made); pages.length > 0; pages = takeSome(made)) {
    await putIngestJobs(
      library,
      pages.map((page) => waitingPage(page, number++)),
    );
    const model = isEmbedded ? readyModel(pages) : undefined;
    const tools = { embeddingModel: async () => model, detectLanguage: async () => 'en', now: Date.now };
    const runner = jobRunner(jobRunnerTools(library, tools));
    totalMs += (await timed(() => runner.run())).ms;
    const [failed] = await library.getAll('jobs');
    if (failed) throw new Error(`A page was not saved: ${JSON.stringify(failed.problem)}`);
  }
  library.close();
  return totalMs;
}

function waitingPage({ title, markdown }: SyntheticPage, number: number): IngestJob {
  const url = `https://synthetic.invalid/2026/11/${title.toLowerCase().replaceAll(' ', '-')}-${number}`;
  const about = { url, canonicalUrl: url, title };
  const capture: CapturedPage = { ...about, site: 'synthetic.invalid', language: 'en', markdown, shareRead: 1, capturedAt: number };
  return { capture, make: (waiting) => newIngestJob({ canonicalUrl: url, title }, { waiting, now: () => number, newId }) };
}

/** Gives the vectors of these pages in their order, which is that of the queue. */
function readyModel(pages: readonly SyntheticPage[]): EmbeddingModel {
  const vectors = pages.flatMap((page) => page.vectors);
  let given = 0;
  return {
    key: modelKey,
    name: 'synthetic',
    embed: async (texts) => texts.map(() => vectors[given++ % vectors.length] as Float32Array<ArrayBuffer>),
  };
}

const newId = () => crypto.randomUUID();

function takeSome(made: Iterator<SyntheticPage>): SyntheticPage[] {
  const pages: SyntheticPage[] = [];
  while (pages.length < pagesAtOnce) {
    const { value, done } = made.next();
    if (done) break;
    pages.push(value);
  }
  return pages;
}

/** What each page took that was added. */
export interface AddedPages {
  readonly toEmpty: readonly AddingMs[];
  readonly toFull: readonly AddingMs[];
}

/**
 * Adds pages of so many passages to a full library and, turn by turn, to one that has nothing in it: each another page, since words that were just seen
 * are stemmed faster. The first of each is not counted: it compiles the code.
 */
export async function timeAddedPages(name: string, pages: number, passagesPerPage: number, dimensions: number): Promise<AddedPages> {
  const full = await openNamed(name);
  const made = new SyntheticLibrary(dimensions, addedSeed, addedPageSize);
  const timeOne = async (library: Library, number: number) => {
    const page = made.page(number, passagesPerPage);
    const spent = nothingSpent();
    // What the database still has to do after the one before is not this one's.
    await new Promise((resolve) => setTimeout(resolve, settlingMs));
    await commitSyntheticPage(library, firstAddedNumber + number, page, spent);
    await mergePages(library, spent);
    return spent;
  };
  const toFull: AddingMs[] = [];
  const toEmpty: AddingMs[] = [];
  for (let number = 0; number <= pages; number++) {
    toFull.push(await timeOne(full, 2 * number));
    const empty = await openNamed(emptyName);
    toEmpty.push(await timeOne(empty, 2 * number + 1));
    empty.close();
    await deleteDB(emptyName);
  }
  full.close();
  return { toEmpty: toEmpty.slice(1), toFull: toFull.slice(1) };
}

const emptyName = 'empty';

/** Milliseconds for an index of words to be built and stored. Making up the pages is counted, and given apart to be taken off. */
export async function timePeer(name: PeerName, passages: number): Promise<{ buildMs: number; makingMs: number }> {
  const { ms: buildMs } = await timed(() => peers[name].build(new SyntheticLibrary(1), passages));
  const { ms: makingMs } = await timed(() => {
    for (const _ of new SyntheticLibrary(1).pages(passages));
  });
  return { buildMs, makingMs };
}
