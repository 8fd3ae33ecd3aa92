import { describe, expect, it } from 'vitest';
import type { MessageId } from '../../../src/core/conversation/conversation';
import { createClient } from '../../../src/sidepanel/client';
import { createPictureState } from '../../../src/sidepanel/picture/picture-state';
import { createFakeWorker } from '../../support/fake-worker';

const answerId = 'a1' as MessageId;

function start() {
  const worker = createFakeWorker({ handlers: { 'picture/condense': async () => ({ prompt: 'A lamp at night' }) } });
  return createPictureState(createClient(worker.browser), { getItem: () => null, setItem: () => {} });
}

describe('The words of a picture', () => {
  it('stay in the composer until the picture is asked for', () => {
    const form = start();
    form.open('a lamp', '/image a lamp');
    form.close();
    expect(form.usedDraft.value).toBeUndefined();
    form.open('a lamp', '/image a lamp');
    form.asked();
    expect(form.usedDraft.value).toBe('/image a lamp');
    expect(form.prompt.value).toBeUndefined();
  });

  it('are those it was asked with when it is asked for again, and take nothing from the composer', () => {
    const form = start();
    const choices = { model: 'dall-e-3', size: '1792x1024', quality: 'hd' };
    form.open('a lamp', '/image a lamp');
    form.openAgain({ questionId: 'q1' as MessageId, prompt: 'A lighthouse', choices });
    expect(form.prompt.value).toBe('A lighthouse');
    expect(form.choices.value).toEqual(choices);
    form.asked();
    expect(form.usedDraft.value).toBeUndefined();
    form.open('a boat', '/image a boat');
    expect(form.again.value).toBeUndefined();
  });

  it('are taken from an answer', async () => {
    const form = start();
    form.open('', '/image');
    await form.condense(answerId);
    expect(form.prompt.value).toBe('A lamp at night');
    expect(form.wasUnused.value).toBe(false);
  });

  it('stay when they were changed while the answer was read, which is said', async () => {
    const form = start();
    form.open('', '/image');
    const condensing = form.condense(answerId);
    form.prompt.value = 'my own';
    await condensing;
    expect(form.prompt.value).toBe('my own');
    expect(form.wasUnused.value).toBe(true);
  });
});
