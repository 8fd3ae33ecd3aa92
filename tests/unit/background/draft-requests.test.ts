import { describe, expect, it } from 'vitest';
import { type DraftRequestTools, draftRequestHandlers } from '../../../src/background/tuning/draft-request-handlers';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import type { Assistant, AssistantId } from '../../../src/core/assistants/assistant';
import type { TokensUsed } from '../../../src/core/models/model-prices';
import type { PageId } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import type { DraftRunId } from '../../../src/core/tuning/drafts/example-draft';
import type { ChatModel, ChatRequest } from '../../../src/models/chat-model';
import type { DraftRequests } from '../../../src/protocol/draft-requests';
import type { Library } from '../../../src/storage/schema';
import { putExamplesBack, setExamplesAside } from '../../../src/storage/tuning/deleted-examples';
import { listDrafts, restoreDraft } from '../../../src/storage/tuning/example-drafts';
import { addPage } from '../../support/add-page';
import { temporaryLibrary } from '../../support/temporary-library';

const run = 'run-1' as DraftRunId;
const marv = { id: 'marv' as AssistantId, name: 'Marv', instructions: 'You are sarcastic.' } as Assistant;
const pairs = [
  { question: 'What burned in the lamps?', answer: 'The lamps burned colza oil.', passages: [1] },
  { question: 'Who lit the lamps?', answer: 'The keepers lit the lamps.', passages: [1] },
  { question: 'When did it end?', answer: 'It ended in 1955.', passages: [1] },
];
/** What a model says that is heard of only when it is stopped. */
const neverEnds = 'never';

async function setUp(says?: string | Error, over: Partial<DraftRequestTools> = {}) {
  const library = await temporaryLibrary();
  const text = '# Lamps\n\nThe keepers lit the lamps. The lamps burned colza oil.';
  const pageId = await addPage(library, 'cordouan', { title: 'Lamps', text });
  return { pageId, ...worker(library, pageId, says, over) };
}

function worker(
  library: Library,
  pageId: PageId,
  says: string | Error | Promise<string> = JSON.stringify({ pairs }),
  over: Partial<DraftRequestTools> = {},
) {
  const asked: ChatRequest[] = [];
  const priced: TokensUsed[] = [];
  const model: ChatModel = {
    name: 'writer',
    async *stream(request, signal) {
      asked.push(request);
      if (says === neverEnds) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (says instanceof Error) throw says;
      yield { type: 'text-delta', text: await says };
    },
  };
  let clock = 1_000;
  let ids = 0;
  const tools: DraftRequestTools = {
    openLibrary: async () => library,
    builtInAssistants: () => [marv],
    chatModel: async () => model,
    contextTokens: async () => 8_000,
    async costOf(_, used) {
      priced.push(used);
      return { kind: 'known', usd: (used.promptTokens + used.completionTokens) / 1_000_000 };
    },
    spentOfCap: async () => ({ spentUsd: 0 }),
    keepAwake: (work) => work,
    draftsChanged: () => {},
    examplesChanged: () => {},
    now: () => ++clock,
    newId: () => `id${String(++ids).padStart(6, '0')}`,
    newNonce: () => 'n0nce',
    ...over,
  };
  const start = () => {
    const handlers = draftRequestHandlers(tools);
    return <Name extends keyof DraftRequests>(name: Name, data: DraftRequests[Name]['data']): Promise<DraftRequests[Name]['reply']> =>
      handlers[name](data as never, null);
  };
  const ask = start();
  const draft = (page = 0) => ask('drafts/draft', { run, page, pageId, pairs: 3, model: 'writer' });
  const decisions = async () => (await ask('drafts/list', null)).map(({ decision }) => decision);
  const examples = async () => (await library.getAll('examples')).map(({ example }) => example.answer?.content);
  return { library, ask, start, draft, asked, priced, decisions, examples };
}

describe('Pairs drafted from a page', () => {
  it('keep their passages, their source and what bears them out, and are no examples', async () => {
    const { library, ask, draft, asked, examples, pageId } = await setUp();
    expect(await draft()).toEqual({ drafted: 3 });
    expect(asked[0]).toMatchObject({ asJson: true, account: { purpose: 'draft' } });
    const [first, , third] = await ask('drafts/list', null);
    if (!first || !third) throw new Error('not drafted');
    expect([first.isDoubtful, third.isDoubtful]).toEqual([false, true]);
    expect(await ask('drafts/read', { id: first.id })).toMatchObject({
      pageId,
      version: 1,
      model: 'writer',
      support: { supported: 1, claims: 1, quotes: ['The lamps burned colza oil.'], unknown: [] },
      example: {
        conversation: [{ role: 'user', content: 'What burned in the lamps?' }],
        answer: { role: 'assistant', content: 'The lamps burned colza oil.' },
        passages: [{ title: 'Lamps', url: 'https://lamps.example/cordouan' }],
        source: 'Lamps',
      },
    });
    expect((await ask('drafts/read', { id: third.id })).support.unknown).toEqual(['1955']);
    expect(await examples()).toEqual([]);
    expect(await library.count('examples')).toBe(0);
  });

  it('take the manner of an assistant, whose words become their system prompt', async () => {
    const { ask, asked, pageId } = await setUp();
    await ask('drafts/draft', { run, page: 0, pageId, pairs: 3, model: 'writer', assistantId: marv.id });
    expect(asked[0]?.messages[0]?.content).toContain('<manner-n0nce>\nYou are sarcastic.\n</manner-n0nce>');
    const [first] = await ask('drafts/list', null);
    expect((first && (await ask('drafts/read', { id: first.id })))?.example.conversation[0]).toEqual({
      role: 'system',
      content: 'You are sarcastic.',
    });
    await expect(
      ask('drafts/draft', { run, page: 1, pageId, pairs: 3, model: 'writer', assistantId: 'gone' as AssistantId }),
    ).rejects.toThrow('assistant-gone');
  });

  it('are asked of no other model than the one that was shown', async () => {
    const { ask, asked, pageId } = await setUp();
    await expect(ask('drafts/draft', { run, page: 0, pageId, pairs: 3, model: 'another' })).rejects.toThrow('drafting-model-changed');
    expect(asked).toEqual([]);
  });

  it('are not asked for again by a worker that takes up where another died', async () => {
    const { start, draft, asked, decisions, pageId } = await setUp();
    await draft();
    const other = start();
    expect(await other('drafts/draft', { run, page: 0, pageId, pairs: 3, model: 'writer' })).toEqual({ drafted: 3 });
    expect(asked).toHaveLength(1);
    await other('drafts/draft', { run, page: 1, pageId, pairs: 3, model: 'writer' });
    expect(asked).toHaveLength(2);
    expect(await decisions()).toHaveLength(6);
  });

  it('are paid for once when a page is asked for twice at once', async () => {
    const { draft, asked, decisions } = await setUp();
    expect(await Promise.all([draft(), draft()])).toEqual([{ drafted: 3 }, { drafted: 3 }]);
    expect(asked).toHaveLength(1);
    expect(await decisions()).toHaveLength(3);
  });

  it('stay as they were decided when a worker that was thought dead comes with the same page', async () => {
    const { library, pageId, ask, draft, decisions, examples } = await setUp();
    let answer = (_: unknown) => {};
    const late = worker(library, pageId, new Promise<string>((resolve) => (answer = () => resolve(JSON.stringify({ pairs: [pairs[1]] })))));
    const waiting = late.draft();
    await expect.poll(() => late.asked.length).toBe(1);
    await draft();
    const [first] = await ask('drafts/list', null);
    if (!first) throw new Error('not drafted');
    await ask('drafts/approve', { ids: [first.id] });
    answer(null);
    expect(await waiting).toEqual({ drafted: 3 });
    expect(await decisions()).toEqual(['approved', undefined, undefined]);
    expect(await examples()).toEqual(['The lamps burned colza oil.']);
  });

  it('are given up when they are stopped, and those that came before stay', async () => {
    const { library, pageId, draft, ask } = await setUp();
    await draft();
    const slow = worker(library, pageId, neverEnds);
    const waiting = slow.ask('drafts/draft', { run, page: 1, pageId, pairs: 3, model: 'writer' });
    await expect.poll(() => slow.asked.length).toBe(1);
    await slow.ask('drafts/stop', { run: 'another' as DraftRunId });
    expect(await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 10, 'goes on'))])).toBe('goes on');
    await slow.ask('drafts/stop', { run });
    expect(await waiting).toBeNull();
    expect(await ask('drafts/list', null)).toHaveLength(3);
  });

  it.each(['I cannot help with that.', '', '{"pairs": [', '[[[[', '{"pairs": "none"}'])(
    'are missed where a model writes %j',
    async (says) => {
      const { draft, decisions } = await setUp(says);
      await expect(draft()).rejects.toThrow('model-empty');
      expect(await decisions()).toEqual([]);
    },
  );

  it('end where the cap does, with what came until then', async () => {
    const { draft, decisions } = await setUp(new ProblemError({ code: 'spending-cap' }));
    await expect(draft()).rejects.toThrow('spending-cap');
    expect(await decisions()).toEqual([]);
  });

  it('are priced before, page by page, and it is said when that would pass the cap', async () => {
    const { ask, asked, priced, pageId } = await setUp(undefined, { spentOfCap: async () => ({ spentUsd: 1, capUsd: 1.0001 }) });
    const one = await ask('drafts/price', { scope: {}, pairs: 1 });
    const ten = await ask('drafts/price', { scope: { pageIds: [pageId] }, pairs: 10 });
    expect(one).toMatchObject({ pageIds: [pageId], pagesInScope: 1, model: 'writer', cap: { usd: 1.0001 } });
    expect(priced[1]?.completionTokens).toBe(10 * (priced[0]?.completionTokens ?? 0));
    expect(ten.cap?.leftUsd).toBeCloseTo(0.0001, 6);
    expect(asked).toEqual([]);
  });
});

describe('Deciding about drafts', () => {
  it('makes examples of those that are approved, with what the person wrote, and of no others', async () => {
    const { library, draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first, second, third] = await ask('drafts/list', null);
    if (!first || !second || !third) throw new Error('not drafted');
    await ask('drafts/approve', { ids: [first.id], written: { question: 'What did they burn?', answer: 'Colza oil.' } });
    await ask('drafts/reject', { ids: [third.id] });
    expect(await decisions()).toEqual(['approved', undefined, 'rejected']);
    const [made] = await library.getAll('examples');
    expect(made?.example.conversation).toEqual([{ role: 'user', content: 'What did they burn?' }]);
    expect(made?.example.answer?.content).toBe('Colza oil.');
    expect(made?.example.passages).toHaveLength(1);
    await ask('drafts/approve', { ids: [first.id, second.id, third.id] });
    expect(await examples()).toEqual(['Colza oil.', 'The keepers lit the lamps.']);
  });

  it('is taken back one decision at a time, those of one click together', async () => {
    const { draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first, ...others] = await ask('drafts/list', null);
    if (!first) throw new Error('not drafted');
    await ask('drafts/reject', { ids: [first.id] });
    await ask('drafts/approve', { ids: others.map(({ id }) => id) });
    expect(await examples()).toHaveLength(2);
    expect(await ask('drafts/undo', null)).toEqual(others.map(({ id }) => id));
    expect(await examples()).toEqual([]);
    expect(await decisions()).toEqual(['rejected', undefined, undefined]);
    expect(await ask('drafts/undo', null)).toEqual([first.id]);
    expect(await ask('drafts/undo', null)).toEqual([]);
  });

  it('is not taken back for an example that was changed since', async () => {
    const { library, draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first] = await ask('drafts/list', null);
    if (!first) throw new Error('not drafted');
    await ask('drafts/approve', { ids: [first.id] });
    const [made] = await library.getAll('examples');
    if (!made) throw new Error('not made');
    const changeTools = { openLibrary: async () => library, changed: () => {} } as unknown as Parameters<typeof exampleRequestHandlers>[0];
    await exampleRequestHandlers(changeTools)['examples/change'](
      { id: made.id, revision: 0, example: { ...made.example, answer: { role: 'assistant', content: 'Oil of colza.' } } },
      null,
    );
    expect(await ask('drafts/undo', null)).toEqual([]);
    expect(await examples()).toEqual(['Oil of colza.']);
    expect((await decisions())[0]).toBe('approved');
  });

  it('is taken back with an example that was deleted, which then is not put back', async () => {
    const { library, draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first] = await ask('drafts/list', null);
    if (!first) throw new Error('not drafted');
    await ask('drafts/approve', { ids: [first.id] });
    await setExamplesAside(library, await library.getAllKeys('examples'), 9);
    expect(await ask('drafts/undo', null)).toEqual([first.id]);
    await putExamplesBack(library, 9);
    expect([await examples(), await decisions()]).toEqual([[], [undefined, undefined, undefined]]);
  });

  it('is made again where a backup has the approved draft and not yet its example', async () => {
    const { library, draft, ask, decisions } = await setUp();
    await draft();
    const ids = (await ask('drafts/list', null)).map(({ id }) => id);
    await ask('drafts/approve', { ids: ids.slice(0, 2) });
    await ask('drafts/reject', { ids: ids.slice(2) });
    const backedUp = await listDrafts(library);
    const [, late] = await library.getAllKeys('examples');
    await library.clear('exampleDrafts');
    if (late) await library.delete('examples', late);
    for (const one of backedUp) await restoreDraft(library, one);
    expect(await decisions()).toEqual(['approved', undefined, 'rejected']);
  });

  it('is taken back from before one whose example was changed since', async () => {
    const { library, draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first, second, third] = (await ask('drafts/list', null)).map(({ id }) => id);
    if (!first || !second || !third) throw new Error('not drafted');
    await ask('drafts/reject', { ids: [first] });
    await ask('drafts/approve', { ids: [second] });
    await ask('drafts/approve', { ids: [third] });
    const made = (await library.getAll('examples')).at(-1);
    if (!made) throw new Error('not made');
    await library.put('examples', { ...made, revision: 1 });
    expect(await ask('drafts/undo', null)).toEqual([second]);
    expect(await ask('drafts/undo', null)).toEqual([first]);
    expect(await ask('drafts/undo', null)).toEqual([]);
    expect(await decisions()).toEqual([undefined, undefined, 'approved']);
    expect(await examples()).toEqual(['It ended in 1955.']);
  });

  it('leaves what is decided out of the way when it is put away', async () => {
    const { draft, ask, decisions, examples } = await setUp();
    await draft();
    const [first] = await ask('drafts/list', null);
    if (!first) throw new Error('not drafted');
    await ask('drafts/approve', { ids: [first.id] });
    await ask('drafts/put-away', null);
    expect(await decisions()).toEqual([undefined, undefined]);
    expect(await examples()).toHaveLength(1);
  });
});
