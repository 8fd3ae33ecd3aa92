import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { AnswerMessage, Conversation, ConversationId, MessageId, QuestionMessage } from '../../../src/core/conversation/conversation';
import { defaultModelSettings } from '../../../src/core/models/settings';
import type { ComparisonAsked, ComparisonPart } from '../../../src/protocol/comparison-stream';
import { type Client, createClient } from '../../../src/sidepanel/client';
import { createComparisonState } from '../../../src/sidepanel/state/comparison-state';
import { createFakeWorker } from '../../support/fake-worker';

const conversation: Conversation = { id: 'c1' as ConversationId, title: 'Why?', createdAt: 1, updatedAt: 1 };
const question: QuestionMessage = { id: 'q' as MessageId, conversationId: conversation.id, role: 'question', createdAt: 1, text: 'Why?' };
const answer: AnswerMessage = {
  id: 'a' as MessageId,
  conversationId: conversation.id,
  role: 'answer',
  createdAt: 2,
  kind: 'written',
  status: 'complete',
  text: 'Because.',
  sources: [],
  report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 },
  durationMs: 5,
};
const ready: ComparisonPart = {
  type: 'prepared',
  canAsk: true,
  sources: [{} as AnswerMessage['sources'][number]],
  report: answer.report,
  estimates: [],
};

/** A comparison that has been asked of two models, and the worker's end of it. */
async function asking() {
  const told: ComparisonAsked[] = [];
  const did: string[] = [];
  const current = signal<Conversation | undefined>(undefined);
  let worker: Parameters<Client['compare']>[1] | undefined;
  const compare: Client['compare'] = (asked, handlers) => {
    told.push(asked);
    worker = handlers;
    return { ask: () => did.push('ask'), stop: () => did.push('stop'), abandon: () => did.push('abandon') };
  };
  const settings = { ...defaultModelSettings, chatModel: 'writer', hasKey: false };
  const { send } = createClient(
    createFakeWorker({
      handlers: { 'settings/read': async () => settings, 'settings/write': async () => settings, 'conversation/show': async () => null },
    }).browser,
    'panel',
  );
  const state = createComparisonState({
    client: { send, compare },
    conversation: {
      current,
      answering: signal(false),
      nextParentId: () => 'last' as MessageId,
      open: async ({ id }) => void did.push(`open ${id}`),
      refreshList: async () => void did.push('list'),
    },
    judge: async (answerId, verdict, { rejectedId } = {}) => did.push(`judge ${answerId} ${verdict}, not ${rejectedId}`) > 0,
    prepareChoices: async (text) => (text === 'Why?' ? { assistantId: 'brief' as never } : {}),
    choicesProblem: () => undefined,
    questionStored: (text) => did.push(`stored ${text}`),
    settingsChanged: () => {},
  });
  await state.open('Why? ');
  await state.prepare();
  const receive = (part: ComparisonPart) => worker?.onPart(part);
  receive(ready);
  state.ask();
  receive({ type: 'question-stored', conversation, question });
  return { state, told, did, current, receive, die: () => worker?.onLost() };
}

describe('A comparison', () => {
  it('is asked where the conversation goes on, in the way that is chosen for its question, which is then no draft any more', async () => {
    const { told, did } = await asking();
    expect(told).toMatchObject([{ question: 'Why?', parentId: 'last', choices: { assistantId: 'brief' } }]);
    expect(did).toContain('stored Why?');
  });

  it('has ended for every model when the worker dies, with what each had written', async () => {
    const { state, receive, die } = await asking();
    receive({ type: 'candidate-end', candidate: 0, answer });
    receive({ type: 'candidate-text', candidate: 1, text: 'Half a' });
    die();
    expect(state.step.value).toBe('done');
    expect(state.answers.value).toMatchObject([
      { answerId: 'a', answer: { status: 'complete' } },
      { answer: { status: 'failed', text: 'Half a', problem: { code: 'interrupted' } } },
    ]);
    expect(state.answers.value[1]?.answerId).toBeUndefined();
  });

  it('is shown in its conversation when it is left, once all of it is stored', async () => {
    const { state, did, receive } = await asking();
    state.close();
    expect(state.isOpen.value).toBe(false);
    expect(did.at(-1)).toBe('stop');
    receive({ type: 'comparison-end' });
    expect(did.at(-1)).toBe('open c1');
  });

  it('keeps the answer that is used as the better of two', async () => {
    const { state, did, receive } = await asking();
    receive({ type: 'candidate-end', candidate: 0, answer });
    receive({ type: 'candidate-end', candidate: 1, answer: { ...answer, id: 'b' as MessageId, text: 'Another.' } });
    receive({ type: 'comparison-end' });
    await state.use(0);
    expect(did).toContain('judge a chosen, not b');
  });

  it('takes nobody away from the conversation they have gone to meanwhile', async () => {
    const { state, did, current, receive } = await asking();
    state.close();
    current.value = { ...conversation, id: 'c2' as ConversationId };
    receive({ type: 'comparison-end' });
    expect(did).not.toContain('open c1');
  });

  it('that is left for a new conversation does not come into it, and is in the list', async () => {
    const { state, did, receive } = await asking();
    state.dismiss();
    receive({ type: 'comparison-end' });
    expect(did.slice(-2)).toEqual(['stop', 'list']);
  });
});
