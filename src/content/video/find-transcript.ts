import { attributeOf, textContentOf } from '../rendering/live-dom';
import { fetchCaptions } from './fetch-captions';
import { type Cue, captionText, parseCaptions } from './parse-captions';
import type { PlayerData } from './player-data';

/** What is said in a page's video, wherever the page offers it: what it shows, what its player has loaded, what it names to be loaded. */
export async function findTranscript(live: Document, player: PlayerData | undefined): Promise<readonly Cue[] | undefined> {
  const shown = shownSegments(live);
  if (shown.length > 0) return shown;
  const loaded = loadedCues(live);
  if (loaded.length > 0) return loaded;
  for (const address of [...namedTracks(live), ...bestFirst(player)]) {
    const cues = parseCaptions((await fetchCaptions(address)) ?? '');
    if (cues.length > 0) return cues;
  }
  return undefined;
}

const select = (live: Document, selector: string): Element[] => [...Document.prototype.querySelectorAll.call(live, selector)];

const clock = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})(?!\d)/;

/** The lines of YouTube's transcript panel, when it is open. */
function shownSegments(live: Document): Cue[] {
  return select(live, 'ytd-transcript-segment-renderer, transcript-segment-view-model').flatMap((segment) => {
    const [time, hours = '0', minutes = '0', seconds = '0'] = clock.exec(textContentOf(segment) ?? '') ?? [];
    const words = captionText((textContentOf(segment) ?? '').slice(time?.length ?? 0));
    return time && words ? [{ seconds: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds), text: words }] : [];
  });
}

/** Of tracks that the page itself has switched on. */
function loadedCues(live: Document): Cue[] {
  for (const video of select(live, 'video')) {
    for (const { kind, cues } of (video as HTMLVideoElement).textTracks) {
      if (!/^(captions|subtitles)$/.test(kind) || !cues || cues.length === 0) continue;
      return [...cues]
        .map((cue) => ({ seconds: cue.startTime, text: captionText((cue as VTTCue).text) }))
        .filter(({ text }) => text !== '');
    }
  }
  return [];
}

/** The page's own choice first, then what is in its language, and captions before subtitles, which translate. */
function namedTracks(live: Document): string[] {
  const language = (attributeOf(live.documentElement, 'lang') ?? '').slice(0, 2).toLowerCase();
  const rank = (track: Element) =>
    (attributeOf(track, 'default') === null ? 4 : 0) +
    ((attributeOf(track, 'srclang') ?? language).slice(0, 2).toLowerCase() === language ? 0 : 2) +
    (attributeOf(track, 'kind') === 'captions' ? 0 : 1);
  return select(live, 'video track[src]')
    .filter((track) => /^(captions|subtitles)$/.test(attributeOf(track, 'kind') ?? 'subtitles'))
    .sort((a, b) => rank(a) - rank(b))
    .map((track) => (track as HTMLTrackElement).src);
}

/** Written captions in the language that is spoken, which a machine has heard, then any other written ones, then what the machine heard. */
function bestFirst(player: PlayerData | undefined): string[] {
  const tracks = player?.tracks ?? [];
  const spoken = tracks.find(({ isWritten }) => !isWritten)?.language.slice(0, 2);
  const rank = ({ isWritten, language }: (typeof tracks)[number]) => (isWritten ? (language.slice(0, 2) === spoken ? 0 : 1) : 2);
  return tracks.toSorted((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}
