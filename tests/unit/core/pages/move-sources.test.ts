import { expect, it } from 'vitest';
import type { AnswerMessage, ConversationId, MessageId } from '../../../../src/core/conversation/conversation';
import { moveSources } from '../../../../src/core/pages/move-sources';
import type { PageId } from '../../../../src/core/pages/page';

const answer: AnswerMessage = {
  id: 'a' as MessageId,
  conversationId: 'c' as ConversationId,
  role: 'answer',
  createdAt: 1,
  kind: 'written',
  status: 'complete',
  text: 'So.',
  sources: [],
  report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
  durationMs: 0,
  choices: { scope: { pageIds: ['old', 'other'] as PageId[], tags: ['lamps'] }, pageId: 'old' as PageId, knowledge: 'pages' },
};

const place = (pageId: string, version: number) => (pageId === 'old' ? { pageId: 'new', version } : undefined);

it('An answer’s own choices go with a page that is merged into another', () => {
  expect(moveSources(answer, place).choices).toEqual({
    scope: { pageIds: ['new', 'other'], tags: ['lamps'] },
    pageId: 'new',
    knowledge: 'pages',
  });
});

it('A message of which nothing moves is the same one', () => {
  expect(moveSources(answer, () => undefined)).toBe(answer);
});
