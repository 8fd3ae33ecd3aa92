import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import type { Assistant, AssistantId } from '../../../src/core/assistants/assistant';
import type { AskChoices } from '../../../src/core/prompt/ask-choices';
import { newDraft } from '../../../src/sidepanel/assistants/assistant-draft';
import { createClient } from '../../../src/sidepanel/client';
import { createAssistantsState } from '../../../src/sidepanel/state/assistants-state';
import { createDraftStore } from '../../../src/sidepanel/state/draft-store';
import { createDraftsState } from '../../../src/sidepanel/state/drafts-state';
import { createFakeWorker } from '../../support/fake-worker';
import { memoryOf } from '../../support/memory-of';

const critic: Assistant = { id: 'critic' as AssistantId, name: 'Critic', instructions: 'Doubt all.' };

const newConversation = () => ({ openId: signal(undefined), answering: signal(false), keptIds: signal(undefined) });

let time = 0;

async function openPanel(kept: Map<string, string>) {
  const worker = createFakeWorker({ handlers: { 'assistants/list': async () => [critic] } });
  const drafts = createDraftsState({ store: createDraftStore(memoryOf(kept), () => 0), conversation: newConversation() });
  const state = createAssistantsState({
    client: createClient(worker.browser),
    tab: { status: signal(undefined) },
    conversation: { lastChoices: signal<AskChoices>({}) },
    drafts,
    memory: memoryOf(kept),
    now: () => ++time,
  });
  await state.load();
  return state;
}

it('keeps who was chosen over closing the panel, until the question is asked', async () => {
  const kept = new Map<string, string>();
  (await openPanel(kept)).choose(critic.id);
  const again = await openPanel(kept);
  expect(again.chosen.value).toEqual(critic);
  again.asked();
  expect((await openPanel(kept)).chosen.value).toBeUndefined();
});

it('keeps the assistant that is being written over closing the panel, until the form is closed', async () => {
  const kept = new Map<string, string>();
  const { written } = await openPanel(kept);
  written.open(newDraft('new' as AssistantId));
  written.change({ name: 'Half a na', parameters: { topP: 0.4 } });
  const again = (await openPanel(kept)).written;
  expect(again.current.value).toMatchObject({ draft: { id: 'new', name: 'Half a na', parameters: { topP: 0.4 } }, start: { name: '' } });
  again.close();
  expect((await openPanel(kept)).written.current.value).toBeUndefined();
});

it('keeps assistants that are written in two windows apart, and opens again the one written last', async () => {
  const kept = new Map<string, string>();
  const [{ written }, { written: other }] = [await openPanel(kept), await openPanel(kept)];
  other.open(newDraft('critic' as AssistantId));
  written.open(newDraft('poet' as AssistantId));
  written.change({ name: 'Poet' });
  other.change({ name: 'Critic' });
  expect((await openPanel(kept)).written.current.value?.draft.name).toBe('Critic');
  other.close();
  const again = (await openPanel(kept)).written;
  expect(again.current.value?.draft.name).toBe('Poet');
  again.change({ name: 'Poet laureate' });
  written.close();
  written.open(newDraft('poet' as AssistantId));
  expect(written.current.value?.draft.name, 'what the other window has written of it').toBe('Poet laureate');
});

it.each(['{', '{"draft":{"id":"new"}}', '{"draft":{"id":"new","name":7},"start":{"id":"new"}}', '{"draft":{},"start":{}}'])(
  'takes a written assistant that is damaged for none: %s',
  async (damaged) => {
    expect((await openPanel(new Map([['written-assistant:new', damaged]]))).written.current.value).toBeUndefined();
  },
);
