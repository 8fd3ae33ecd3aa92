import * as v from 'valibot';
import { expect, it } from 'vitest';
import { conversationLineSchema } from '../../../src/background/data/backup-schemas';
import { assistantSchema } from '../../../src/protocol/assistant-schema';

const sound = {
  choices: { scope: { tags: ['lamps'] }, knowledge: 'pages' },
  condensed: { text: 'They spoke of lamps.', turns: 3 },
  picture: { id: 'p', type: 'image/png', prompt: 'A lamp' },
  usage: { model: 'm', promptTokens: 10, completionTokens: 2, counted: false, cost: { kind: 'known', usd: 0.1 } },
};

function restored(fields: object) {
  const answer = {
    ...{ id: 'a', conversationId: 'c', role: 'answer', createdAt: 1, kind: 'written', status: 'complete', text: 'So.', sources: [] },
    report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
    durationMs: 0,
    ofLater: 'kept',
  };
  const conversation = { id: 'c', title: 'Lamps', createdAt: 1, updatedAt: 1 };
  return v.parse(conversationLineSchema, { conversation, messages: [{ ...answer, ...fields }] }).messages[0];
}

it('A message of a backup keeps what it was asked with, made of and cost, and what is of later versions', () => {
  expect(restored(sound)).toMatchObject({ ...sound, ofLater: 'kept' });
});

it.each([
  ['choices', { scope: { pageIds: 'all' } }],
  ['choices', null],
  ['condensed', { text: 'x', turns: -1 }],
  ['picture', { id: 'p', type: 'image/svg+xml', prompt: '' }],
  ['usage', { ...sound.usage, promptTokens: 'many' }],
  ['usage', { ...sound.usage, cost: { kind: 'known' } }],
])('A message of a backup loses its %s when that is damaged, and nothing else: %j', (name, damaged) => {
  const { [name as 'usage']: _, ...rest } = sound;
  const message = restored({ ...sound, [name]: damaged });
  expect(message).toMatchObject({ ...rest, text: 'So.' });
  expect(message).not.toHaveProperty(name);
});

it('An assistant keeps all the parameters that can be set', () => {
  const assistant = { id: 'i', name: 'Clerk', instructions: '', parameters: { answers: 3, takeBest: true, systemMessage: false } };
  expect(v.parse(assistantSchema, assistant)).toEqual(assistant);
});
