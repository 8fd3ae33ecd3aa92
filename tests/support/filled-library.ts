import { createHash } from 'node:crypto';
import type { Conversation, ConversationId, Message, MessageId, Source } from '../../src/core/conversation/conversation';
import { indexPassages } from '../../src/core/lexical/index-passages';
import type { JobId } from '../../src/core/pages/job';
import type { PageId, PassageId } from '../../src/core/pages/page';
import type { Reading } from '../../src/core/pages/reading';
import { splitPassages } from '../../src/core/pages/split-passages';
import { putMessage } from '../../src/storage/conversations/conversations';
import { commitPage, commitVectors } from '../../src/storage/pages/index-page';
import { putIngestJob } from '../../src/storage/pages/jobs';
import { readPageRecord } from '../../src/storage/pages/page-record';
import { putReading } from '../../src/storage/pages/readings';
import type { Library } from '../../src/storage/schema';
import { readVectorModels } from '../../src/storage/vectors/vector-models';
import { capturedPage } from './captured-page';

export interface SavedText {
  readonly text: string;
  readonly capturedAt: number;
}

export interface FilledPage {
  readonly id: string;
  /** What it is filed under, below the host; its id unless told otherwise. */
  readonly path?: string;
  /** In order of their capture. */
  readonly texts: readonly SavedText[];
  readonly tags?: readonly string[];
  /** The models whose vectors it has, in the order in which they came. */
  readonly models?: readonly string[];
  /** Where its versions begin to count. */
  readonly firstVersion?: number;
  /** Whatever else is stored with it. */
  readonly besides?: object;
}

/** Saves a page as often as it has texts, as the ends of as many ingest jobs do. */
export async function fillPage(library: Library, page: FilledPage): Promise<PageId> {
  const { id, path = id, texts, tags, models = [], firstVersion = 1, besides = {} } = page;
  const pageId = id as PageId;
  const url = `https://lamps.example/${path}`;
  for (const [index, { text, capturedAt }] of texts.entries()) {
    const spans = splitPassages(text);
    const version = firstVersion + index;
    const isLast = index === texts.length - 1;
    const [first, ...others] = isLast ? models : [];
    const stored = {
      ...besides,
      id: pageId,
      canonicalUrl: url,
      url,
      addresses: [url],
      title: `About ${id}`,
      site: 'lamps.example',
      ...(tags ? { tags } : {}),
      savedAt: texts[0]?.capturedAt ?? 0,
      capturedAt,
      version,
      passageCount: spans.length,
      shareRead: 1,
    };
    const vectorsOf = (modelKey: string) => ({ modelKey, vectors: spans.map((_, passage) => vectorOf(`${modelKey} ${text} ${passage}`)) });
    const commit = {
      page: stored,
      version: { pageId, version, text, contentHash: createHash('sha256').update(text).digest('hex'), capturedAt },
      spans,
      indexed: () => indexPassages(text, stored.title, spans, 'en'),
      ...(first === undefined ? {} : { vectors: vectorsOf(first) }),
    };
    await commitPage(library, commit, async () => true);
    for (const modelKey of others) await commitVectors(library, pageId, version, vectorsOf(modelKey), async () => true);
  }
  return pageId;
}

/** Any direction, the same for a text each time. */
function vectorOf(text: string): Float32Array {
  let seed = 1;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  return Float32Array.from({ length: 24 }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
    return seed / 2 ** 31;
  });
}

/** Stores a conversation of one question and an answer that cites versions of pages. */
export async function fillConversation(library: Library, id: string, cited: readonly (readonly [pageId: string, version: number])[]) {
  const shownId = `${id}-answer` as MessageId;
  const conversation: Conversation = { id: id as ConversationId, title: `Of ${id}`, createdAt: 10, updatedAt: 20, shownId };
  const sources = cited.map(
    ([pageId, version], index): Source => ({
      number: index + 1,
      pageId: pageId as PageId,
      version,
      passageId: (index + 1) as PassageId,
      start: 0,
      end: 5,
      title: `About ${pageId}`,
      site: 'lamps.example',
      url: `https://lamps.example/${pageId}`,
      capturedAt: 1,
      headingPath: [],
      quotation: 'Lamps',
      liveUrl: `https://lamps.example/${pageId}#:~:text=Lamps`,
    }),
  );
  const messages: Message[] = [
    {
      id: `${id}-question` as MessageId,
      conversationId: conversation.id,
      role: 'question',
      createdAt: 10,
      parentId: null,
      text: 'What of lamps? \ud800 “…”\u2028',
    },
    {
      id: shownId,
      conversationId: conversation.id,
      role: 'answer',
      createdAt: 11,
      parentId: `${id}-question` as MessageId,
      kind: 'quoted',
      status: 'complete',
      text: '',
      sources,
      report: { pagesSearched: 3, passagesUsed: sources.length, pagesUsed: 1 },
      durationMs: 7.5,
    },
  ];
  for (const message of messages) await putMessage(library, conversation, message);
  await putReading(library, readingOf(id as PageId, conversation.id));
}

/** A page that was asked and not saved. */
function readingOf(id: PageId, conversationId: ConversationId): Reading {
  const { markdown, ...described } = capturedPage(`What ${id} was about.`);
  const version = { pageId: id, version: 1, text: markdown, contentHash: 'of its text', capturedAt: 12 };
  return { id, page: { ...described, id, savedAt: 12, version: 1, passageCount: 1 }, version, conversationId, readAt: 12 };
}

/** Puts a page into the queue that has not become searchable yet. */
export async function fillCapture(library: Library, name: string) {
  const capture = { ...capturedPage(`The ${name} waits.`), canonicalUrl: `https://lamps.example/${name}`, capturedAt: 99 };
  await putIngestJob(library, capture, () => ({
    id: `job of ${name}` as JobId,
    kind: 'ingest',
    pageId: `page of ${name}` as PageId,
    canonicalUrl: capture.canonicalUrl,
    title: capture.title,
    createdAt: 50,
    step: 'received',
    attempts: 3,
    notBefore: Number.POSITIVE_INFINITY,
  }));
}

/** Everything that a backup must bring back, in one form whatever the order it was stored in and wherever it lies in the index. */
export async function everythingKept(library: Library): Promise<unknown> {
  const pages = [];
  for (const pageId of await library.getAllKeys('pages')) pages.push(await readPageRecord(library, pageId, () => true));
  const jobs = await library.getAll('jobs');
  const captures = await Promise.all(
    jobs.map(async ({ id, pageId, createdAt }) => ({ pageId, createdAt, capture: await library.get('captures', id) })),
  );
  const { indexModel } = await readVectorModels(library);
  const rest = {
    conversations: await library.getAll('conversations'),
    messages: await library.getAll('messages'),
    readings: await library.getAll('readings'),
    assistants: await library.getAll('assistants'),
    examples: await library.getAll('examples'),
    tuningJobs: (await library.getAll('tuningJobs')).map(({ job }) => job),
    tuningCourses: await library.getAll('tuningCourses'),
    judgements: await library.getAll('judgements'),
  };
  return canonical({ pages, captures: captures.sort((a, b) => (a.pageId < b.pageId ? -1 : 1)), indexModel, ...rest });
}

/** The same value with the fields of each object in one order, and bytes spelled out. */
function canonical(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, canonical(part)]),
  );
}
