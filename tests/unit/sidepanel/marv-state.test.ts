import { expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';
import { assistantHandlers } from '../../../src/background/assistant-requests';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import type { Send } from '../../../src/protocol/send';
import type { WorkerRequests } from '../../../src/protocol/worker-requests';
import { createExamplesState } from '../../../src/sidepanel/tune/examples-state';
import { createMarvState } from '../../../src/sidepanel/tune/marv/marv-state';
import { memoryFiles } from '../../support/memory-files';
import { memoryOf } from '../../support/memory-of';
import { temporaryLibrary } from '../../support/temporary-library';

/** The panel's states, as they are when it is opened, and the worker that they ask. */
async function opening() {
  const library = await temporaryLibrary();
  const kept = new Map<string, string>();
  let ids = 0;
  const newId = () => `id-${++ids}-of-the-test`;
  const handlers = {
    ...exampleRequestHandlers({
      openLibrary: async () => library,
      builtInAssistants: () => [],
      countTokens: async () => (text) => text.length,
      checked: () => {},
      changed: () => {},
      now: () => 5,
      newId,
    }),
    ...assistantHandlers({
      openLibrary: async () => library,
      builtInAssistants: () => [],
      previewPrompt: () => Promise.reject(new Error('Nobody asks for it.')),
      assistantsChanged: () => {},
      newId,
    }),
  };
  const fail: { at?: string } = {};
  const send = (async (name: keyof typeof handlers, data: unknown) => {
    if (fail.at === name) throw new Error('The worker is gone.');
    return handlers[name](data as never, {} as never);
  }) as Send<WorkerRequests>;
  const open = () => {
    const examples = createExamplesState({ send, makeFile: memoryFiles().make });
    const marv = createMarvState({
      client: { send },
      examples,
      memory: memoryOf(kept),
      word: (key) => messages[key].message,
      now: () => 7,
      newId,
    });
    return { examples, marv };
  };
  return { open, kept, fail, send, left: async () => [await library.count('examples'), await library.count('assistants')] };
}

test('what a beginning that was cut off has left can be taken away', async () => {
  const { open, fail, left } = await opening();
  const { marv } = open();
  fail.at = 'examples/add';
  await marv.start();
  expect(marv.problem.value?.code).toBe('internal');
  expect(await left()).toEqual([0, 1]);
  delete fail.at;
  const later = open().marv;
  await later.load();
  expect([later.walk.value?.step, later.own.value]).toEqual(['meet', []]);
  await later.addAgain();
  expect(later.own.value).toHaveLength(12);
  await later.takeAway();
  expect([later.walk.value, await left()]).toEqual([undefined, [0, 0]]);
});

test('is still there to be taken away when the worker fails at that', async () => {
  const { open, fail, left } = await opening();
  const { marv } = open();
  await marv.start();
  fail.at = 'assistants/delete';
  await marv.takeAway();
  expect([marv.walk.value?.step, marv.problem.value?.code, await left()]).toEqual(['meet', 'internal', [0, 1]]);
  delete fail.at;
  await marv.takeAway();
  expect([marv.walk.value, marv.problem.value, await left()]).toEqual([undefined, undefined, [0, 0]]);
});

test('can be taken away when his assistant was deleted before', async () => {
  const { open, send, left } = await opening();
  const { marv } = open();
  await marv.start();
  const [assistant] = await send('assistants/list', null);
  if (!assistant) throw new Error('none');
  await send('assistants/delete', { id: assistant.id });
  await marv.takeAway();
  expect([marv.walk.value, marv.problem.value, await left()]).toEqual([undefined, undefined, [0, 0]]);
});

test('the split keeps two of his, and leaves what is the person’s own', async () => {
  const { open, send } = await opening();
  const { marv, examples } = open();
  await marv.start();
  const mine = { conversation: [{ role: 'user', content: 'Mine?' }], answer: { role: 'assistant', content: 'Mine.' } };
  await examples.addAndShow([mine], 'own');
  await marv.split();
  expect([marv.kept.value, marv.own.value?.length]).toEqual([2, 12]);
  const { ids } = await send('examples/find', { filter: { tag: 'own' } });
  expect((await send('examples/read', { ids })).map(({ example }) => example.split)).toEqual([undefined]);
});

test('begins at the beginning when what was kept of it is damaged', async () => {
  const { open, kept } = await opening();
  for (const damaged of ['', '{', 'null', '{"step":"dance","startedAt":7,"assistantId":"a"}', '{"step":"meet"}']) {
    kept.set('marv', damaged);
    expect(open().marv.walk.value).toBeUndefined();
  }
});
