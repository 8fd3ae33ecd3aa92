import * as v from 'valibot';
import { expect, it } from 'vitest';
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
      exampleRequestSchemas['examples/add'],
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
