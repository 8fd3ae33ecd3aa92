import { describe, expect, it } from 'vitest';
import { createSpeechState } from '../../../src/sidepanel/state/speech-state';

const voice = (lang: string, localService: boolean) => ({ lang, localService, default: false, name: lang, voiceURI: lang });

function setUp(voices: readonly SpeechSynthesisVoice[], language = 'de') {
  const said: SpeechSynthesisUtterance[] = [];
  const orders: string[] = [];
  const speech = {
    getVoices: () => [...voices],
    speak: (utterance: SpeechSynthesisUtterance) => void said.push(utterance),
    cancel: () => void orders.push('cancel'),
    pause: () => void orders.push('pause'),
    resume: () => void orders.push('resume'),
    addEventListener: () => {},
  };
  const state = createSpeechState({
    speech,
    newUtterance: (text) => ({ text }) as SpeechSynthesisUtterance,
    detectLanguage: async () => ({ isReliable: true, languages: [{ language, percentage: 100 }] }),
  });
  return { state, said, orders };
}

describe('Reading aloud', () => {
  it('knows no voice that would send the text away', () => {
    expect(setUp([voice('en-GB', false)]).state.voices.value).toEqual([]);
  });

  it('speaks in the language of the answer, a little at a time, and says when it has ended', async () => {
    const { state, said } = setUp([voice('en-GB', true), voice('de-DE', true)]);
    const text = 'Das Licht brannte lange und wurde erst im Winter gelöscht. '.repeat(12);
    await state.read('a', text);
    expect(said.every(({ lang }) => lang === 'de-DE')).toBe(true);
    expect(said.map((utterance) => utterance.text).join('')).toBe(text);
    expect(Math.max(...said.map((utterance) => utterance.text.length))).toBeLessThanOrEqual(240);
    expect(state.reading.value).toEqual({ id: 'a', isPaused: false });
    said.at(-1)?.onend?.({} as SpeechSynthesisEvent);
    expect(state.reading.value).toBeUndefined();
  });

  it('waits, goes on and stops when told', async () => {
    const { state, orders } = setUp([voice('de-DE', true)]);
    await state.read('a', 'Das Licht.');
    orders.length = 0;
    state.togglePause();
    expect(state.reading.value?.isPaused).toBe(true);
    state.togglePause();
    expect(orders).toEqual(['pause', 'resume']);
    state.stop();
    expect(state.reading.value).toBeUndefined();
    expect(orders).toContain('cancel');
  });

  it('leaves one answer when another is to be read', async () => {
    const { state, said } = setUp([voice('de-DE', true)]);
    await state.read('a', 'Das eine.');
    await state.read('b', 'Das andere.');
    said[0]?.onerror?.({} as SpeechSynthesisErrorEvent);
    expect(state.reading.value?.id).toBe('b');
  });
});
