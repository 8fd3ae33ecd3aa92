import { batch, signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Conversation, ConversationId, MessageId } from '../../../src/core/conversation/conversation';
import type { PageId } from '../../../src/core/pages/page';
import { wholeLibrary, withPages } from '../../../src/core/search/chosen-scope';
import { createClient } from '../../../src/sidepanel/client';
import { createConversationState } from '../../../src/sidepanel/state/conversation-state';
import { createDraftStore, draftLimits } from '../../../src/sidepanel/state/draft-store';
import { createDraftsState } from '../../../src/sidepanel/state/drafts-state';
import { createFakeWorker } from '../../support/fake-worker';
import { memoryOf } from '../../support/memory-of';

const lens = 'lens' as ConversationId;
const tram = 'tram' as ConversationId;

/** A panel over what another has kept. */
function openPanel(kept: Map<string, string>, open?: ConversationId) {
  const conversation = {
    openId: signal<ConversationId | undefined>(open),
    answering: signal(false),
    keptIds: signal<ReadonlySet<ConversationId> | undefined>(undefined),
  };
  let time = 0;
  return { ...createDraftsState({ store: createDraftStore(memoryOf(kept), () => ++time), conversation }), conversation };
}

describe('What is being written', () => {
  it('is kept for each conversation, with what was chosen for it, over closing the panel', () => {
    const kept = new Map<string, string>();
    const panel = openPanel(kept, lens);
    panel.change({ text: 'Who lit it?', scope: { chosen: { kind: 'page' }, mayBeOwn: true } });
    panel.conversation.openId.value = tram;
    expect(panel.current.value).toEqual({});
    panel.change({ text: 'Which gauge?', assistantId: null });
    panel.conversation.openId.value = undefined;
    panel.change({ text: 'Something new' });
    expect(openPanel(kept, lens).current.value).toEqual({ text: 'Who lit it?', scope: { chosen: { kind: 'page' }, mayBeOwn: true } });
    expect(openPanel(kept, tram).current.value).toEqual({ text: 'Which gauge?', assistantId: null });
    expect(openPanel(kept).current.value).toEqual({ text: 'Something new' });
  });

  it('leaves nothing behind when it has been asked', () => {
    const kept = new Map<string, string>();
    const panel = openPanel(kept, lens);
    panel.change({ text: 'Who lit it?' });
    panel.change({ text: '' });
    expect(kept.size).toBe(0);
  });

  it('goes along when the new conversation that it was begun in is stored, and stays when another is opened', () => {
    const panel = openPanel(new Map());
    panel.conversation.answering.value = true;
    panel.change({ text: 'And who' });
    panel.conversation.openId.value = lens;
    expect(panel.current.value).toEqual({ text: 'And who' });
    panel.conversation.answering.value = false;
    panel.conversation.openId.value = undefined;
    expect(panel.current.value).toEqual({});
    panel.change({ text: 'Something else' });
    panel.conversation.openId.value = lens;
    expect(panel.current.value).toEqual({ text: 'And who' });
    panel.conversation.openId.value = undefined;
    expect(panel.current.value).toEqual({ text: 'Something else' });
  });

  it('is of the conversation that is opened in the same moment', () => {
    const panel = openPanel(new Map(), lens);
    panel.change({ text: 'Who lit it?' });
    batch(() => {
      panel.conversation.openId.value = undefined;
      panel.change({ scope: { chosen: { kind: 'page' }, mayBeOwn: false } });
    });
    expect(panel.current.value).toEqual({ scope: { chosen: { kind: 'page' }, mayBeOwn: false } });
    panel.conversation.openId.value = lens;
    expect(panel.current.value).toEqual({ text: 'Who lit it?' });
  });

  it('is gone with its conversation', () => {
    const kept = new Map<string, string>();
    for (const id of [lens, tram, undefined]) openPanel(kept, id).change({ text: 'Why?' });
    openPanel(kept).conversation.keptIds.value = new Set([tram]);
    expect([lens, tram, undefined].map((id) => openPanel(kept, id).current.value.text)).toEqual([undefined, 'Why?', 'Why?']);
  });

  it('that was asked elsewhere is taken out, in whatever conversation, and another is not', () => {
    const panel = openPanel(new Map(), lens);
    panel.change({ text: ' Why? ' });
    panel.takeOut('How?', lens);
    expect(panel.current.value.text).toBe(' Why? ');
    panel.conversation.openId.value = tram;
    panel.takeOut('Why?', lens);
    panel.conversation.openId.value = lens;
    expect(panel.current.value).toEqual({});
  });
});

describe('Drafts of the conversations that there are', () => {
  const talk = (id: ConversationId): Conversation => ({ id, title: id, createdAt: 1, updatedAt: 1 });

  /** Panels of two windows over one library, in which the conversation about a lens is, and that about a tram is begun. */
  function openWindow(kept: Map<string, string>, stored: Conversation[]) {
    const { browser } = createFakeWorker({
      handlers: { 'conversations/list': async () => [...stored] },
      async *answer(question, _id, stopped) {
        const conversation = talk(tram);
        stored.unshift(conversation);
        const id = 'q' as MessageId;
        yield {
          type: 'question-stored',
          conversation,
          question: { id, conversationId: tram, role: 'question', createdAt: 1, text: question },
        };
        await new Promise((resolve) => stopped.addEventListener('abort', resolve));
      },
    });
    const conversation = createConversationState({
      client: createClient(browser, 'panel'),
      memory: memoryOf(new Map()),
      beforeNextFrame: () => {},
    });
    return { conversation, drafts: createDraftsState({ store: createDraftStore(memoryOf(kept), () => 1), conversation }) };
  }
  const isStored = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('stay when another is opened before a new one has been answered', async () => {
    const { conversation, drafts } = openWindow(new Map(), [talk(lens)]);
    await conversation.refreshList();
    conversation.ask('Which gauge?');
    await isStored();
    drafts.change({ text: 'And who drove it?' });
    await conversation.open(talk(lens));
    expect(drafts.current.value).toEqual({});
    await conversation.open(talk(tram));
    expect(drafts.current.value).toEqual({ text: 'And who drove it?' });
  });

  it('stay when another window, which has not heard of a new one, opens another', async () => {
    const [kept, stored] = [new Map<string, string>(), [talk(lens)]];
    const [mine, other] = [openWindow(kept, stored), openWindow(kept, stored)];
    await other.conversation.refreshList();
    mine.conversation.ask('Which gauge?');
    await isStored();
    mine.drafts.change({ text: 'And who drove it?' });
    await other.conversation.open(talk(lens));
    expect([...kept.keys()]).toEqual(['draft:tram']);
    stored.shift();
    await other.conversation.refreshList();
    expect([...kept.keys()], 'it is gone with its conversation').toEqual([]);
  });
});

describe('The memory for drafts', () => {
  it('keeps so many and no more, the last that were written', () => {
    const kept = new Map<string, string>([['open-conversation', 'lens']]);
    const panel = openPanel(kept);
    for (let index = 0; index < draftLimits.drafts + 5; index++) {
      panel.conversation.openId.value = `talk-${index}` as ConversationId;
      panel.change({ text: 'Why?' });
    }
    expect(kept.size).toBe(draftLimits.drafts + 1);
    expect([...kept.keys()].slice(0, 2)).toEqual(['open-conversation', 'draft:talk-5']);
  });

  it('keeps so many characters and no more, and always what is being written', () => {
    const kept = new Map<string, string>();
    openPanel(kept, lens).change({ text: 'Why?' });
    const panel = openPanel(kept, tram);
    panel.change({ text: 'x'.repeat(draftLimits.characters) });
    expect([...kept.keys()]).toEqual(['draft:tram']);
  });

  it('keeps many pages that were chosen without a draft giving way to them, and writes them once', () => {
    const kept = new Map<string, string>();
    const written: string[] = [];
    const setItem = kept.set.bind(kept);
    kept.set = (key, value) => {
      written.push(key);
      return setItem(key, value);
    };
    openPanel(kept, lens).change({ text: 'Why?' });
    const panel = openPanel(kept);
    const pageIds = Array.from({ length: 26_000 }, (_, index) => `page-with-an-id-of-thirty-six-chars-${index}` as PageId);
    panel.change({ scope: { chosen: withPages(wholeLibrary, pageIds), mayBeOwn: false } });
    for (const text of ['W', 'Wh', 'Who']) panel.change({ text });
    expect(written.filter((key) => key === 'draft-scope:new')).toHaveLength(1);
    expect(openPanel(kept, lens).current.value).toEqual({ text: 'Why?' });
    expect(openPanel(kept).current.value.scope?.chosen).toEqual(withPages(wholeLibrary, pageIds));
    panel.change({ scope: undefined });
    expect(kept.has('draft-scope:new')).toBe(false);
  });

  it('takes no scope that would leave no room for anything else', () => {
    const kept = new Map<string, string>();
    const panel = openPanel(kept, lens);
    const chosen = withPages(wholeLibrary, ['x'.repeat(draftLimits.scopeCharacters) as PageId]);
    panel.change({ text: 'Why?', scope: { chosen: { kind: 'page' }, mayBeOwn: false } });
    panel.change({ scope: { chosen, mayBeOwn: false } });
    expect(panel.current.value.scope?.chosen).toEqual(chosen);
    expect(openPanel(kept, lens).current.value).toEqual({ text: 'Why?' });
  });

  it('keeps what another panel has written for a new conversation when this one asks what it wrote', () => {
    const kept = new Map<string, string>();
    const [panel, other] = [openPanel(kept), openPanel(kept)];
    panel.change({ text: 'Why?', scope: { chosen: { kind: 'page' }, mayBeOwn: false } });
    other.change({ text: 'Who lit it?', scope: { chosen: { kind: 'tabs' }, mayBeOwn: false } });
    panel.change({ text: '', scope: undefined });
    expect(panel.current.value).toEqual({});
    expect(openPanel(kept).current.value).toEqual({ text: 'Who lit it?', scope: { chosen: { kind: 'tabs' }, mayBeOwn: false } });
    other.change({ text: '', scope: undefined });
    expect(kept.size).toBe(0);
  });

  it.each(['{', '7', '{"draft":null,"scope":null}', '{"draft":{"text":7,"assistantId":{}},"scope":{"chosen":{"kind":"moon"}}}'])(
    'takes what is damaged for nothing: %s',
    (damaged) => {
      const kept = new Map(['draft:lens', 'draft-scope:lens'].map((key) => [key, damaged]));
      expect(openPanel(kept, lens).current.value).toEqual({});
    },
  );
});
