import { expect, it } from 'vitest';
import type { PageId } from '../../../src/core/pages/page';
import { ProblemError } from '../../../src/core/problem';
import type { Client } from '../../../src/sidepanel/client';
import { createSuggestionsState } from '../../../src/sidepanel/state/suggestions-state';

const page = { id: 'cordouan' as PageId, version: 1 };
const read = { questions: [{ kind: 'asked', text: 'Who lit them?' }], modelCost: { kind: 'known', usd: 0.0002 } };
const byModel = { questions: ['Who lit the lamps?'], model: 'writer', cost: { kind: 'known', usd: 0.0003 } };

function stateWith(replies: Record<string, unknown>) {
  const sent: string[] = [];
  const send = async (type: string) => {
    sent.push(type);
    const reply = replies[type];
    if (reply instanceof Error) throw reply;
    return reply;
  };
  return { sent, state: createSuggestionsState({ send: send as Client['send'] }) };
}

it('What a model has suggested is paid for once, and kept while the panel is open', async () => {
  const { state, sent } = stateWith({ 'suggestions/read': read, 'suggestions/ask-model': byModel });
  await state.read(page);
  expect(state.of(page)).toEqual(read);
  const asking = [state.askModel(page), state.askModel(page)];
  expect(state.of(page)?.isAsking).toBe(true);
  await Promise.all(asking);
  await state.read(page);
  expect(state.of(page)).toEqual({ ...read, byModel });
  expect(sent.filter((type) => type === 'suggestions/ask-model')).toHaveLength(1);
  expect(state.of({ ...page, version: 2 })).toBeUndefined();
});

it('A model that fails leaves the headings, with what is wrong until it is asked again', async () => {
  const replies: Record<string, unknown> = { 'suggestions/read': read, 'suggestions/ask-model': new ProblemError({ code: 'model-empty' }) };
  const { state } = stateWith(replies);
  await state.read(page);
  await state.askModel(page);
  expect(state.of(page)).toEqual({ ...read, problem: { code: 'model-empty' } });
  replies['suggestions/ask-model'] = byModel;
  await state.askModel(page);
  expect(state.of(page)).toEqual({ ...read, byModel });
});

it('A model that is stopped leaves the headings, and can be asked again', async () => {
  const replies: Record<string, unknown> = { 'suggestions/read': read, 'suggestions/ask-model': null, 'suggestions/stop': null };
  const { state, sent } = stateWith(replies);
  await state.read(page);
  const asking = state.askModel(page);
  await state.stop(page);
  await asking;
  expect(sent.at(-1)).toBe('suggestions/stop');
  expect(state.of(page)).toEqual(read);
  replies['suggestions/ask-model'] = byModel;
  await state.askModel(page);
  expect(state.of(page)).toEqual({ ...read, byModel });
});
