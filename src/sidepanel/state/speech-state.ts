import { signal } from '@preact/signals';
import type { DetectedLanguages } from '../../core/text/choose-language';

/** The part of the browser's speech that is used here. */
export type Speech = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel' | 'pause' | 'resume' | 'addEventListener'>;

interface SpeechStateParts {
  /** Absent where the browser has none. */
  readonly speech: Speech | undefined;
  readonly newUtterance: (text: string) => SpeechSynthesisUtterance;
  readonly detectLanguage: (text: string) => Promise<DetectedLanguages>;
}

export type SpeechState = ReturnType<typeof createSpeechState>;

/** Browsers fall silent in the middle of what takes longer than some seconds to say. */
const longestUtterance = 240;
const sampleCharacters = 1_000;

/** Reads answers aloud, one at a time, by voices of this computer only: others would send the text away. */
export function createSpeechState({ speech, newUtterance, detectLanguage }: SpeechStateParts) {
  const voices = signal<readonly SpeechSynthesisVoice[]>([]);
  /** What is being read, by the name it was given; and whether it waits. */
  const reading = signal<{ readonly id: string; readonly isPaused: boolean } | undefined>();
  const look = () => {
    voices.value = speech?.getVoices().filter(({ localService }) => localService) ?? [];
  };
  look();
  speech?.addEventListener('voiceschanged', look);

  const voiceFor = (language: string | undefined) => {
    const speaking = voices.value.filter(({ lang }) => language && lang.toLowerCase().split(/[-_]/)[0] === language);
    const offered = speaking.length > 0 ? speaking : voices.value;
    return offered.find((voice) => voice.default) ?? offered[0];
  };

  const stop = () => {
    reading.value = undefined;
    speech?.cancel();
    // What waits stays silent when it is begun anew.
    speech?.resume();
  };

  return {
    voices,
    reading,
    stop,

    async read(id: string, text: string) {
      stop();
      const own = { id, isPaused: false };
      reading.value = own;
      const detected = await detectLanguage(text.slice(0, sampleCharacters)).catch(() => undefined);
      if (reading.value !== own) return;
      const voice = voiceFor(detected?.languages[0]?.language.split('-')[0]?.toLowerCase());
      const parts = utterancesOf(text);
      if (!voice || parts.length === 0) return stop();
      for (const [index, part] of parts.entries()) {
        const utterance = newUtterance(part);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        const end = () => {
          if (reading.value?.id === id) reading.value = undefined;
        };
        if (index === parts.length - 1) utterance.onend = end;
        utterance.onerror = end;
        speech?.speak(utterance);
      }
    },

    togglePause() {
      const now = reading.value;
      if (!now) return;
      if (now.isPaused) speech?.resume();
      else speech?.pause();
      reading.value = { ...now, isPaused: !now.isPaused };
    },
  };
}

function utterancesOf(text: string): string[] {
  const parts: string[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    let part = '';
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line)) {
      if (part && part.length + segment.length > longestUtterance) {
        parts.push(part);
        part = '';
      }
      part += segment;
    }
    if (part) parts.push(part);
  }
  return parts;
}
