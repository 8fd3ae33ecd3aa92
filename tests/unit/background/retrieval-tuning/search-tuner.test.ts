import { expect, test } from 'vitest';
import { findPassages } from '../../../../src/background/find/find-passages';
import { type SearchTunerTools, searchTuner } from '../../../../src/background/retrieval-tuning/search-tuner';
import type { AnswerMessage, ConversationId, MessageId, Source } from '../../../../src/core/conversation/conversation';
import { packAsked } from '../../../../src/core/retrieval-tuning/asked-vector';
import type { LibraryEvent } from '../../../../src/protocol/library-events';
import { librarySearcher } from '../../../../src/storage/library-searcher';
import type { Library } from '../../../../src/storage/schema';
import { passagesOfSources } from '../../../../src/storage/tuning/judged-questions';
import { readTuning } from '../../../../src/storage/tuning/retrieval-tunings';
import { type DistortedPage, fillDistorted, tunedModel } from '../../../support/distorted-questions';
import { temporaryLibrary } from '../../../support/temporary-library';

const conversationId = 'conversation' as ConversationId;

/** An answer whose one source the person opened. */
function openedAnswer(id: string, { pageId, passageId, question }: DistortedPage, besides: Partial<AnswerMessage> = {}): AnswerMessage {
  const source = { number: 1, pageId, passageId, version: 1, start: 0, end: 20 } as Source;
  return {
    id: id as MessageId,
    conversationId,
    role: 'answer',
    createdAt: 1,
    kind: 'quoted',
    status: 'complete',
    text: '',
    sources: [source],
    opened: [1],
    report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 },
    asked: packAsked(`zq${id}`, tunedModel, question()),
    durationMs: 1,
    ...besides,
  };
}

async function askedLibrary(times: number) {
  const library = await temporaryLibrary();
  const pages = await fillDistorted(library, 30, 6);
  for (const page of pages)
    for (let time = 0; time < times; time++) await library.put('messages', openedAnswer(`${page.passageId}x${time}`, page));
  return { library, pages };
}

function tunerOf(library: Library, judgement?: 'good' | 'bad', elapsed = () => performance.now()) {
  const events: LibraryEvent[] = [];
  let ended = () => {};
  const tools: SearchTunerTools = {
    openLibrary: async () => library,
    searcher: librarySearcher(async () => library),
    readJudgements: async () => () => judgement,
    keepAwake: (work) => work,
    tell(event) {
      events.push(event);
      if (event.type === 'search-tuning' && !event.stage) ended();
    },
    now: () => 1_000,
    elapsed,
  };
  const tuner = searchTuner(tools);
  const train = async () => {
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    tuner.train();
    await end;
  };
  return { tuner, train, events };
}

test('what was opened trains search, questions are searched with what was learned, and one click undoes it', async () => {
  const { library, pages } = await askedLibrary(6);
  const { tuner, train, events } = tunerOf(library);
  expect(await tuner.status()).toMatchObject({ model: tunedModel, questions: 180, isTraining: false });
  await train();
  const { last, used } = await tuner.status();
  expect(last).toMatchObject({ outcome: 'kept', at: 1_000 });
  expect(last?.after).toBeGreaterThan(last?.before ?? 1);
  expect(used).toEqual(last);
  expect(events.at(-1)).toEqual({ type: 'search-tuning' });

  const read = await readTuning(library, tunedModel);
  const tuning = read === 'damaged' ? undefined : read?.tuning;
  const hits = async (isTuned: boolean) => {
    let found = 0;
    for (const [index, page] of pages.entries()) {
      const model = { key: tunedModel, name: 'model', embed: async () => [page.question()] };
      const tools = {
        searcher: librarySearcher(async () => library),
        embeddingModel: model,
        ...(isTuned ? { tuning: async () => tuning } : {}),
      };
      const { passages } = await findPassages(`zqanother${index}`, { questions: [] }, tools, new AbortController().signal);
      if (passages[0]?.passageId === page.passageId) found += 1;
    }
    return found;
  };
  expect(await hits(true)).toBeGreaterThan(await hits(false));

  await tuner.undo();
  expect(await tuner.status()).not.toHaveProperty('used');
  expect(await readTuning(library, tunedModel)).toBeUndefined();
}, 30_000);

test('too few questions are said to be too few, and nothing is trained', async () => {
  const { library } = await askedLibrary(1);
  const { train, events } = tunerOf(library);
  await train();
  expect(events).toEqual([{ type: 'search-tuning', problem: { code: 'tuning-too-few', detail: '30' } }]);
});

test('a training that is stopped leaves all as it was', async () => {
  const { library } = await askedLibrary(3);
  const { tuner, train } = tunerOf(library);
  const training = train();
  tuner.stop();
  await training;
  expect(await tuner.status()).toEqual({ model: tunedModel, questions: 90, fewest: 80, isTraining: false });
}, 30_000);

test('what was opened is read with its progress told, and no further once the training is stopped', async () => {
  const { library } = await askedLibrary(3);
  let time = 0;
  const elapsed = () => {
    time += 150;
    if (time === 1_500) tuner.stop();
    return time;
  };
  const { tuner, train, events } = tunerOf(library, undefined, elapsed);
  await train();
  expect(events.length).toBeGreaterThan(2);
  expect(events.slice(0, -1).every((event) => event.type === 'search-tuning' && event.stage === 'reading')).toBe(true);
  expect(time).toBeLessThan(3_000);
});

test('what is stored of a tuning and was damaged is not used, and said', async () => {
  const { library } = await askedLibrary(6);
  const { tuner, train } = tunerOf(library);
  await train();
  const stored = await library.get('retrievalTunings', tunedModel);
  const bytes = stored?.used?.map?.bytes as Uint8Array<ArrayBuffer>;
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  await library.put('retrievalTunings', stored as NonNullable<typeof stored>, tunedModel);
  expect(await readTuning(library, tunedModel)).toBe('damaged');
  expect(await tuner.status()).toMatchObject({ isDamaged: true });
}, 30_000);

test('the same question is one, however often it was asked; one of another model, or whose page is gone, is none to learn from', async () => {
  const { library, pages } = await askedLibrary(0);
  const [first, second] = pages as [DistortedPage, DistortedPage];
  const asked = packAsked('the same', tunedModel, first.question());
  await library.put('messages', openedAnswer('a', first, { asked }));
  await library.put('messages', openedAnswer('b', second, { asked }));
  await library.put('messages', openedAnswer('c', first, { asked: { ...asked, modelKey: 'another' } }));
  await library.put('messages', openedAnswer('d', first, { opened: [] }));
  expect((await tunerOf(library).tuner.status()).questions).toBe(1);
});

test('a page that came back from a backup is learned from, though its passages have other numbers', async () => {
  const { library, pages } = await askedLibrary(0);
  const [first, second] = pages as [DistortedPage, DistortedPage];
  const source = { number: 1, pageId: first.pageId, passageId: second.passageId, version: 1, start: 0, end: 20 } as Source;
  expect(await passagesOfSources(library, [source])).toEqual([first.passageId]);
  expect(await passagesOfSources(library, [{ ...source, version: 2 }])).toEqual([]);
  expect(await passagesOfSources(library, [{ ...source, pageId: 'gone' as typeof source.pageId }])).toEqual([]);
});
