import { expect, test } from 'vitest';
import type { DraftDecision, DraftId, ExampleDraft } from '../../../src/core/tuning/drafts/example-draft';
import { createDecidingState } from '../../../src/sidepanel/tune/drafts/deciding-state';

test('A draft that another panel decides about while it is edited is shown as decided, and what was typed is there when that is taken back', async () => {
  const id = 'run-0000-000' as DraftId;
  let decision: DraftDecision | undefined;
  const send = async (name: string) => {
    if (name === 'drafts/list') return [{ id, isDoubtful: false, ...(decision && { decision: decision.kind }) }];
    return { id, example: { conversation: [] }, ...(decision && { decision }) } as unknown as ExampleDraft;
  };
  const state = createDecidingState({ send } as unknown as Parameters<typeof createDecidingState>[0]);
  await state.open();
  state.edit(true);
  state.typed.set(id, { question: 'Mine?', answer: 'Mine.' });
  expect(state.editing.value).toBe(id);

  decision = { kind: 'rejected', at: 1 };
  state.receive({ type: 'drafts-changed' });
  await expect.poll(() => state.draft.value?.decision?.kind).toBe('rejected');
  expect(state.editing.value).toBeUndefined();

  decision = undefined;
  state.receive({ type: 'drafts-changed' });
  await expect.poll(() => state.draft.value?.decision).toBeUndefined();
  state.edit(true);
  expect([state.editing.value, state.typed.get(id)?.answer]).toEqual([id, 'Mine.']);
});
