import { expect, it } from 'vitest';
import { type AssistantRequestTools, assistantHandlers } from '../../../src/background/assistant-requests';
import type { Assistant, AssistantId } from '../../../src/core/assistants/assistant';
import { problemOf } from '../../../src/core/problem';
import { temporaryLibrary } from '../../support/temporary-library';

const critic: Assistant = { id: 'built-in:critic' as AssistantId, name: 'Critic', instructions: 'Doubt.' };
const own = (id: string, besides: Partial<Assistant> = {}): Assistant => ({
  id: id as AssistantId,
  name: id,
  instructions: '',
  ...besides,
});

async function handlers() {
  const library = await temporaryLibrary();
  let lastId = 0;
  const told: string[] = [];
  const tools: AssistantRequestTools = {
    openLibrary: async () => library,
    builtInAssistants: () => [critic],
    previewPrompt: () => Promise.reject(new Error('not asked for')),
    assistantsChanged: () => told.push('changed'),
    newId: () => `new-${++lastId}`,
  };
  const all = assistantHandlers(tools);
  const sender = {} as never;
  return {
    told,
    list: async () => all['assistants/list'](null, sender),
    write: async (assistant: Assistant) => all['assistants/write']({ assistant }, sender),
    hide: async (id: AssistantId, isHidden: boolean) => all['assistants/hide']({ id, isHidden }, sender),
    remove: async (id: AssistantId) => all['assistants/delete']({ id }, sender),
    add: async (assistants: readonly Omit<Assistant, 'id'>[]) => all['assistants/import']({ assistants }, sender),
  };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => problemOf(error).code,
  );

it('lists what is built in first, and hides it without changing a word of it', async () => {
  const { write, hide, list, told } = await handlers();
  await write(own('Zoe'));
  await write(own('Adam'));
  await hide(critic.id, true);
  expect((await list()).map(({ name, isHidden }) => [name, isHidden])).toEqual([
    ['Critic', true],
    ['Adam', undefined],
    ['Zoe', undefined],
  ]);
  await hide(critic.id, false);
  expect((await list())[0]).toEqual(critic);
  expect(told).toHaveLength(4);
});

it('refuses to change what is built in, what could not be used, and a command that is another’s', async () => {
  const { write, list, remove } = await handlers();
  expect(await codeOf(write({ ...critic, instructions: 'Trust.' }))).toBe('assistant-refused');
  expect(await codeOf(write(own('a', { template: '{{question}}' })))).toBe('assistant-refused');
  await write(own('a', { command: 'brief' }));
  expect(await codeOf(write(own('b', { command: 'brief' })))).toBe('assistant-refused');
  await write(own('a', { command: 'brief', instructions: 'Be brief.' }));
  expect((await list()).slice(1)).toEqual([own('a', { command: 'brief', instructions: 'Be brief.' })]);
  await remove('a' as AssistantId);
  expect(await codeOf(remove('a' as AssistantId))).toBe('not-found');
});

it('gives what is imported an id and a name of its own, and takes all or nothing', async () => {
  const { write, list, add } = await handlers();
  await write(own('a', { name: 'Editor', command: 'edit' }));
  const imported = [
    { name: 'Editor', instructions: 'One.', command: 'edit' },
    { name: 'Editor', instructions: 'Two.', command: 'cut' },
  ];
  await add(imported);
  expect((await list()).slice(1)).toEqual([
    own('a', { name: 'Editor', command: 'edit' }),
    own('new-1', { name: 'Editor 2', instructions: 'One.' }),
    own('new-2', { name: 'Editor 3', instructions: 'Two.', command: 'cut' }),
  ]);
  expect(
    await codeOf(
      add([
        { name: 'Fine', instructions: '' },
        { name: 'Bad', instructions: '{{page}}' },
      ]),
    ),
  ).toBe('assistant-refused');
  expect(await list()).toHaveLength(4);
});
