import { expect, test } from 'vitest';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import type { ConversationId, MessageId } from '../../../src/core/conversation/conversation';
import type { TuningExample } from '../../../src/core/tuning/example';
import { type ExampleId, exampleId } from '../../../src/core/tuning/stored-example';
import { mostExampleCharactersAtOnce } from '../../../src/protocol/example-requests';
import type { LibraryEvent } from '../../../src/protocol/library-events';
import { createExamplesState } from '../../../src/sidepanel/tune/examples-state';
import { putExampleOfAnswer, putExamples } from '../../../src/storage/tuning/examples';
import { memoryFiles } from '../../support/memory-files';
import { temporaryLibrary } from '../../support/temporary-library';

const pair = (question: string, answer: string, tags?: readonly string[]): TuningExample => ({
  conversation: [{ role: 'user', content: question }],
  answer: { role: 'assistant', content: answer },
  ...(tags ? { tags } : {}),
});
const [lamps, tides] = [exampleId(1, 'lamps'), exampleId(2, 'tides')];
const judged = { answerId: 'a' as MessageId, conversationId: 'talk' as ConversationId };

/** The panel's state, and the worker that it asks and that tells it what changes. */
async function panel(answers: { readonly lamps?: string; readonly tides?: string } = {}) {
  const library = await temporaryLibrary();
  const first = { id: lamps, createdAt: 1, example: pair('Lamps', answers.lamps ?? 'Oil'), ...judged, verdict: 'good' } as const;
  await putExamples(library, [first, { id: tides, createdAt: 2, example: pair('Tides', answers.tides ?? 'Mail me@home.de') }]);
  const hear: { tell?: (event: LibraryEvent) => void } = {};
  const handlers = exampleRequestHandlers({
    openLibrary: async () => library,
    builtInAssistants: () => [],
    countTokens: async () => (text) => text.length,
    checked: () => {},
    changed: (id) => hear.tell?.({ type: 'examples-changed', ...(id ? { id } : {}) }),
    now: () => 5,
    newId: () => 'new',
  });
  const asked: string[] = [];
  const ask = (name: keyof typeof handlers, data: unknown) => {
    asked.push(name);
    return handlers[name](data as never, {} as never);
  };
  const files = memoryFiles();
  const state = createExamplesState({ send: ask, makeFile: files.make } as unknown as Parameters<typeof createExamplesState>[0]);
  const listen = () => {
    hear.tell = state.receive;
  };
  const answerOf = (id: ExampleId) => state.rows.value.get(id)?.example.answer?.content;
  /** As the pencil in Ask does. */
  const better = (text: string) =>
    putExampleOfAnswer(library, { id: exampleId(9, 'other'), createdAt: 9, example: pair('Lamps', text), ...judged, verdict: 'edited' });
  return { library, state, ask, asked, files, listen, answerOf, better };
}

test('what was bettered elsewhere is read when the view is shown again', async () => {
  const { state, answerOf, better } = await panel();
  await state.load();
  await state.show(0, 1);
  state.leave();
  await better('Gas');
  await state.load();
  expect(answerOf(lamps)).toBe('Gas');
});

test('a row that was seen before it was bettered elsewhere is not written over the correction, and is shown as it is by then', async () => {
  const { library, state, answerOf, better } = await panel();
  await state.load();
  await state.show(0, 1);
  const seen = state.rows.value.get(lamps);
  if (!seen) throw new Error('not shown');
  await better('Gas');
  expect(await state.write(seen, { ...seen.example, tags: ['light'] })).toEqual({ code: 'example-changed' });
  expect((await library.get('examples', lamps))?.example.answer?.content).toBe('Gas');
  expect(answerOf(lamps)).toBe('Gas');
  const now = state.rows.value.get(lamps);
  if (!now) throw new Error('not shown');
  expect(await state.write(now, { ...now.example, tags: ['light'] })).toBeUndefined();
  expect(state.rows.value.get(lamps)?.example).toEqual(pair('Lamps', 'Gas', ['light']));
});

test('a change that is told of is shown, draws nothing else anew, and ends what the check said', async () => {
  const { state, ask, listen, answerOf } = await panel();
  listen();
  await state.load();
  await state.show(0, 1);
  await state.runCheck();
  expect(state.check.value?.examples).toBe(2);
  const other = state.rows.value.get(tides);
  await ask('examples/change', { id: lamps, revision: 0, example: pair('Lamps', 'Gas') });
  expect(state.check.value).toBeUndefined();
  await expect.poll(() => answerOf(lamps)).toBe('Gas');
  expect(state.rows.value.get(tides)).toBe(other);
  await ask('examples/delete', { ids: [tides] });
  await expect.poll(() => state.ids.value).toEqual([lamps]);
});

test('a view that is not shown reads nothing, and its check is dropped all the same', async () => {
  const { state, ask, asked, listen } = await panel();
  listen();
  await state.load();
  await state.runCheck();
  state.leave();
  asked.length = 0;
  await ask('examples/delete', { ids: [tides] });
  expect(state.check.value).toBeUndefined();
  expect(asked).toEqual(['examples/delete']);
});

test('mends that were found before a change are refused, said, and leave all as it is', async () => {
  const { library, state, better } = await panel({ lamps: 'Mail you@home.de' });
  await state.load();
  await state.runCheck();
  const problems = state.check.value?.problems.filter(({ mend }) => mend?.kind === 'redact') ?? [];
  expect(problems).toHaveLength(2);
  await better('Mail them@home.de');
  expect(await state.mend(problems)).toBe(false);
  expect(state.problem.value).toEqual({ code: 'example-changed' });
  expect(state.check.value).toBeUndefined();
  const kept = (await library.getAll('examples')).map(({ example }) => example.answer?.content);
  expect(kept).toEqual(['Mail them@home.de', 'Mail me@home.de']);
  await state.runCheck();
  expect(await state.mend(state.check.value?.problems ?? [])).toBe(true);
  const mended = (await library.getAll('examples')).map(({ example }) => example.answer?.content);
  expect(mended).toEqual(['Mail [e-mail address]', 'Mail [e-mail address]']);
});

test('examples that no one message holds are exported whole', async () => {
  const long = 'x'.repeat(mostExampleCharactersAtOnce);
  const { state, files } = await panel({ lamps: long, tides: long });
  await state.load();
  await state.export('openai-chat', 'chat.jsonl', {});
  expect(state.exported.value).toEqual({ written: 2, leftOut: 0 });
  expect(files.saved.map(({ name, bytes }) => [name, bytes.length > 2 * mostExampleCharactersAtOnce])).toEqual([['chat.jsonl', true]]);
});

test('a split that is stopped leaves what it has not come to as it was', async () => {
  const { state, library } = await panel();
  const many = Array.from({ length: 1_200 }, (_, number) => ({
    id: exampleId(9, String(number).padStart(5, '0')),
    createdAt: 9,
    example: pair(`What is ${number}?`, 'So.'),
  }));
  await putExamples(library, many);
  await state.load();
  const told: (number | undefined)[] = [];
  const ending = state.splitting.subscribe((share) => {
    told.push(share);
    if (share) state.stopSplit();
  });
  await state.split(1, 0.5);
  ending();
  const onASide = (await library.getAll('examples')).filter(({ example }) => example.split !== undefined);
  expect(onASide).toHaveLength(500);
  expect(told.at(-1)).toBeUndefined();
  await state.split(1, 0.5);
  expect((await library.getAll('examples')).filter(({ example }) => example.split === undefined)).toEqual([]);
});

test('an export that is stopped leaves no file and is no problem', async () => {
  const { state, files } = await panel();
  await state.load();
  const writing = state.export('alpaca', 'alpaca.json', {});
  expect(state.exporting.value).toBe(0);
  state.stopExport();
  await writing;
  expect([state.exporting.value, state.exported.value, state.problem.value]).toEqual([undefined, undefined, undefined]);
  expect(files).toMatchObject({ saved: [], givenUp: 1 });
});

test('an export that the disk has no room for says so and leaves no file', async () => {
  const { state, files } = await panel();
  files.isFull = true;
  await state.load();
  await state.export('folder', 'examples.zip', {});
  expect(state.problem.value).toEqual({ code: 'storage-full' });
  expect(files).toMatchObject({ saved: [], givenUp: 1 });
});

test('what is imported is sent in messages that are none too long, rejected answers counted', async () => {
  const lengths: number[] = [];
  const send = async (name: string, data: { examples?: readonly TuningExample[] }) => {
    if (name === 'examples/add') lengths.push(JSON.stringify(data.examples).length);
    return { ids: [], tags: [], total: 0 };
  };
  const state = createExamplesState({ send, makeFile: memoryFiles().make } as unknown as Parameters<typeof createExamplesState>[0]);
  const line = JSON.stringify({
    input: { messages: [{ role: 'user', content: 'Why?' }] },
    preferred_output: [{ role: 'assistant', content: 'So.' }],
    non_preferred_output: [{ role: 'assistant', content: 'x'.repeat(1_500_000) }],
  });
  await state.import.choose(
    new File(
      [
        JSON.stringify({
          messages: [
            { role: 'user', content: 'Why?' },
            { role: 'assistant', content: 'So.' },
          ],
        }),
        '\n',
        [line, line, line].join('\n'),
      ],
      'set.jsonl',
    ),
  );
  await state.import.start();
  expect(state.import.outcome.value).toMatchObject({ state: 'done', imported: 4 });
  expect(lengths).toHaveLength(2);
  expect(Math.max(...lengths)).toBeLessThan(mostExampleCharactersAtOnce + 1_000);
});

test('says that nothing could be read, and no longer once it could', async () => {
  let isDown = true;
  const send = async () => {
    if (isDown) throw new Error('down');
    return { ids: [], tags: [], total: 0 };
  };
  const state = createExamplesState({ send, makeFile: memoryFiles().make } as unknown as Parameters<typeof createExamplesState>[0]);
  await state.load();
  expect(state.problem.value).toEqual({ code: 'internal', detail: 'down' });
  isDown = false;
  await state.load();
  expect(state.problem.value).toBeUndefined();
});
