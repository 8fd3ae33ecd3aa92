import { expect, it } from 'vitest';
import { ProblemError } from '../../../src/core/problem';
import type { Send } from '../../../src/protocol/send';
import type { WorkerRequests } from '../../../src/protocol/worker-requests';
import type { Client } from '../../../src/sidepanel/client';
import type { BrowserLists } from '../../../src/sidepanel/import/browser-lists';
import { createImportState } from '../../../src/sidepanel/import/import-state';

interface Sent {
  readonly name: string;
  readonly data: unknown;
}

/** A state over a worker that has these addresses saved, and a browser with so many bookmarks that allows or refuses. */
function stateOver(
  world: { readonly bookmarks?: number; readonly saved?: readonly string[]; readonly allows?: boolean; readonly refuses?: string } = {},
) {
  const { bookmarks = 3, saved = [] } = world;
  const allows = () => world.allows ?? true;
  const sent: Sent[] = [];
  const send = (async (name: keyof WorkerRequests, data: unknown) => {
    sent.push({ name, data });
    if (name === world.refuses) throw new ProblemError({ code: 'import-busy' });
    if (name === 'import/known') return (data as { urls: string[] }).urls.flatMap((url, index) => (saved.includes(url) ? [index] : []));
    if (name === 'import/begin') return { importId: 'one' };
    if (name === 'import/add') await new Promise((resolve) => setTimeout(resolve, 0));
    return null;
  }) as Send<WorkerRequests>;
  const asked: string[][] = [];
  const nodes = Array.from({ length: bookmarks }, (_, index) => ({
    title: `${index}`,
    url: `https://a.example/${index}`,
    dateAdded: Date.now(),
  }));
  const lists: BrowserLists = {
    bookmarks: async () => [{ title: '', children: nodes }],
    history: async () => [],
  };
  /** What is lent and has not been given back. */
  const lent = new Set<string>();
  const borrowAccess: Client['borrowAccess'] = async ({ origins, permissions }) => {
    asked.push([...origins, ...permissions]);
    const holder = `loan ${asked.length}`;
    if (!allows()) return undefined;
    lent.add(holder);
    return { holder, giveBack: async () => void lent.delete(holder) };
  };
  return { state: createImportState({ send, borrowAccess }, lists, () => 0), sent, asked, lent };
}

const names = (sent: readonly Sent[]) => sent.map(({ name }) => name);

it('leaves out what is saved, and has stored nothing by the time of the preview', async () => {
  const { state, sent } = stateOver({ saved: ['https://a.example/1'] });
  await state.readBookmarks();
  expect(state.step.value).toBe('preview');
  expect(state.chosen.value.map(({ url }) => url)).toEqual(['https://a.example/0', 'https://a.example/2']);
  expect(names(sent)).toEqual(['import/known', 'import/estimate']);
});

it('asks for sites in the click itself, and begins only when all has been handed over', async () => {
  const { state, sent, asked } = stateOver({ bookmarks: 2_500 });
  await state.readBookmarks();
  sent.length = asked.length = 0;
  const started = state.start();
  // A browser heeds only what is asked before anything is awaited.
  expect(asked).toEqual([['https://*.a.example/*', 'http://*.a.example/*']]);
  await started;
  expect(names(sent)).toEqual(['import/begin', 'import/add', 'import/add', 'import/add', 'import/resume', 'import/status']);
  expect(sent[0]?.data).toMatchObject({ source: 'bookmarks', origins: asked[0] });
  expect(sent.find(({ name }) => name === 'import/resume')?.data).toEqual({ holder: 'loan 1' });
  expect(state.step.value).toBe('closed');
});

it('stores nothing when the person does not open the sites, and says what to do', async () => {
  const answers = { allows: true };
  const { state, sent } = stateOver(answers);
  await state.readBookmarks();
  sent.length = 0;
  answers.allows = false;
  await state.start();
  expect(state.problem.value).toEqual({ code: 'import-permission-missing' });
  expect(state.step.value).toBe('preview');
  expect(sent).toEqual([]);
});

it('goes back to the preview when it is stopped while it hands over, and never begins', async () => {
  const { state, sent, lent } = stateOver({ bookmarks: 5_000 });
  await state.readBookmarks();
  const started = state.start();
  await new Promise((resolve) => setTimeout(resolve, 0));
  state.stopWork();
  await started;
  expect(state.step.value).toBe('preview');
  expect(names(sent)).not.toContain('import/resume');
  expect(lent.size).toBe(0);
});

it('gives the list back when it has been read, and the sites when the worker does not take the import', async () => {
  const { state, asked, lent } = stateOver({ refuses: 'import/begin' });
  await state.readBookmarks();
  expect(asked).toEqual([['bookmarks']]);
  expect(lent.size).toBe(0);
  await state.start();
  expect(state.problem.value?.code).toBe('import-busy');
  expect(asked).toHaveLength(2);
  expect(lent.size).toBe(0);
});

it('names the file that cannot be read', async () => {
  const { state } = stateOver();
  await state.readFiles([new File(['name,phone\nA,1\n'], 'x.csv')]);
  expect(state.step.value).toBe('choosing');
  expect(state.problem.value).toEqual({ code: 'import-header-unknown', detail: 'name, phone' });
});
