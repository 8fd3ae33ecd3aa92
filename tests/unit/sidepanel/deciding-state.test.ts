import { effect } from '@preact/signals';
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

/** Three drafts; a read of one waits until it is let go. */
function threeDrafts() {
  const ids = ['run-0000-000', 'run-0000-001', 'run-0000-002'] as DraftId[];
  const approved = new Set<DraftId>();
  const reads: { readonly id: DraftId; letGo(error?: Error): void }[] = [];
  const decisionOf = (id: DraftId) => (approved.has(id) ? 'approved' : undefined);
  const send = async (name: string, input: { readonly id: DraftId; readonly ids: readonly DraftId[] }) => {
    if (name === 'drafts/approve') for (const id of input.ids) approved.add(id);
    if (name === 'drafts/list') return ids.map((id) => ({ id, isDoubtful: false, decision: decisionOf(id) }));
    if (name !== 'drafts/read') return [];
    const { id } = input;
    await new Promise<void>((resolve, reject) => reads.push({ id, letGo: (error) => (error ? reject(error) : resolve()) }));
    return { id, example: { conversation: [] }, ...(approved.has(id) && { decision: { kind: 'approved', at: 1 } }) };
  };
  const state = createDecidingState({ send } as unknown as Parameters<typeof createDecidingState>[0]);
  const nextRead = async (id: DraftId | undefined, error?: Error) => {
    await expect.poll(() => reads[0]?.id).toBe(id);
    reads.shift()?.letGo(error);
    await expect.poll(() => state.isBusy.value).toBe(false);
  };
  return { ids, state, approved, nextRead };
}

test('What was decided and the next draft are seen at once, so that a key pressed right after means the next', async () => {
  const { ids, state, nextRead } = threeDrafts();
  const seen: (readonly [number, DraftId | undefined])[] = [];
  void state.open();
  await nextRead(ids[0]);
  effect(() => {
    seen.push([state.decided.value, state.draft.value?.id]);
    if (state.decided.value === 1) setTimeout(() => state.edit(true));
  });
  void state.approve();
  await nextRead(ids[1]);
  await expect.poll(() => state.editing.value).toBe(ids[1]);
  expect(seen).toEqual([
    [0, ids[0]],
    [1, ids[1]],
  ]);
});

test('Nothing is decided about a draft that another one is about to replace', async () => {
  const { ids, state, approved, nextRead } = threeDrafts();
  void state.open();
  await nextRead(ids[0]);
  state.step(1);
  void state.approve();
  state.edit(true);
  state.step(1);
  await nextRead(ids[2]);
  await nextRead(ids[2]);
  await expect.poll(() => state.place.value).toBe(2);
  expect([[...approved], state.editing.value]).toEqual([[], undefined]);
});

test('A draft that cannot be read is told of, and the others are there', async () => {
  const { ids, state, nextRead } = threeDrafts();
  void state.open();
  await nextRead(ids[0], new Error('unreadable'));
  await expect.poll(() => state.problem.value).toBeDefined();
  expect([state.drafts.value.length, state.draft.value]).toEqual([3, undefined]);
  state.step(1);
  await nextRead(ids[1]);
  await expect.poll(() => state.draft.value?.id).toBe(ids[1]);
});

test('What another panel decides while the next draft is read is seen too', async () => {
  const { ids, state, approved, nextRead } = threeDrafts();
  void state.open();
  await nextRead(ids[0]);
  void state.approve();
  await expect.poll(() => approved.size).toBe(1);
  // The list has been read by the time that the draft is.
  await new Promise((resolve) => setTimeout(resolve));
  approved.add(ids[2] as DraftId);
  state.receive({ type: 'drafts-changed' });
  await nextRead(ids[1]);
  await nextRead(ids[1]);
  await expect.poll(() => state.decided.value).toBe(2);
});
