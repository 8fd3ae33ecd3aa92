import * as v from 'valibot';
import { expect, it } from 'vitest';
import { ProblemError } from '../../../src/core/problem';
import { exampleRequestSchemas } from '../../../src/protocol/example-request-schemas';
import type { ExampleRequests } from '../../../src/protocol/example-requests';
import { createExampleImportState } from '../../../src/sidepanel/tune/example-import-state';

const line = (role: string, weight: unknown = 1) =>
  JSON.stringify({
    messages: [
      { role, content: 'Why?' },
      { role: 'assistant', content: 'So.', weight },
    ],
  });

it('what cannot be stored of a file is named by its line, and the rest of it is imported', async () => {
  const stored: number[] = [];
  // What the worker would refuse ends the import, as it does there.
  const send = async (_: string, data: unknown) => {
    const { examples } = v.parse(
      exampleRequestSchemas['examples/add'](),
      JSON.parse(JSON.stringify(data)),
    ) as ExampleRequests['examples/add']['data'];
    stored.push(examples.length);
    return null;
  };
  const state = createExampleImportState({ send: send as never }, async () => {});
  const lines = [line('user'), line('u'.repeat(2_000)), line('user', 'high'), line('user')];
  await state.choose(new File([lines.join('\n')], 'set.jsonl'));
  await state.start();
  expect(state.problem.value).toBeUndefined();
  expect(stored).toEqual([3]);
  expect(state.outcome.value).toMatchObject({
    state: 'done',
    imported: 3,
    flaws: [
      { line: 2, code: 'too-large' },
      { line: 3, code: 'wrong-type' },
    ],
  });
});

it('a disk that is full ends an import, which keeps what has come and says why', async () => {
  let batches = 0;
  const send = async () => {
    batches += 1;
    if (batches > 2) throw new ProblemError({ code: 'storage-full' });
    return null;
  };
  let changes = 0;
  const state = createExampleImportState({ send: send as never }, async () => {
    changes += 1;
  });
  await state.choose(new File([Array.from({ length: 2_600 }, () => line('user')).join('\n')], 'set.jsonl'));
  await state.start();
  expect(state.problem.value).toEqual({ code: 'storage-full' });
  expect(state.outcome.value).toMatchObject({ state: 'failed', imported: 1_000 });
  expect(changes).toBe(1);
});

it('an import that is stopped keeps what has come, and says how far it was', async () => {
  const stored: number[] = [];
  const state = createExampleImportState(
    {
      send: (async (_: string, { examples }: { examples: readonly unknown[] }) => {
        stored.push(examples.length);
        state.stop();
        return null;
      }) as never,
    },
    async () => {},
  );
  const file = new File([Array.from({ length: 60_000 }, () => line('user')).join('\n')], 'set.jsonl');
  await state.choose(file);
  await state.start();
  const outcome = state.outcome.value;
  const imported = stored.reduce((sum, count) => sum + count, 0);
  expect(outcome).toMatchObject({ state: 'stopped', imported, totalBytes: file.size });
  expect(imported).toBeLessThan(60_000);
  expect(outcome?.readBytes).toBeLessThan(file.size);
});
