import { attributeOf, textContentOf } from '../rendering/live-dom';

/** What a video site's page says of the video it shows, in the data its own player reads. */
export interface PlayerData {
  readonly videoId: string;
  readonly title?: string;
  readonly author?: string;
  readonly description?: string;
  readonly tracks: readonly CaptionTrack[];
}

export interface CaptionTrack {
  readonly address: string;
  /** Written by people and not by a machine that listened. */
  readonly isWritten: boolean;
  readonly language: string;
}

const start = /ytInitialPlayerResponse\s*=\s*(?=\{)/;

/**
 * Reads the data that YouTube's pages carry for their player. They stay those of the first video when another is gone to without the page being loaded, so
 * they count only for the video that the address names.
 */
export function readPlayerData(live: Document, address: string): PlayerData | undefined {
  const videoId = new URL(address).searchParams.get('v');
  if (!videoId) return undefined;
  for (const script of Document.prototype.querySelectorAll.call(live, 'script:not([src])')) {
    const code = attributeOf(script, 'type')?.includes('json') ? '' : (textContentOf(script) ?? '');
    const found = start.exec(code);
    const data = found && parseObject(code, found.index + found[0].length);
    const details = field(data, 'videoDetails');
    if (text(field(details, 'videoId')) !== videoId) continue;
    const listed = field(field(field(data, 'captions'), 'playerCaptionsTracklistRenderer'), 'captionTracks');
    const [title, author, description] = ['title', 'author', 'shortDescription'].map((name) => text(field(details, name)));
    return {
      videoId,
      ...(title ? { title } : {}),
      ...(author ? { author } : {}),
      ...(description ? { description } : {}),
      tracks: (Array.isArray(listed) ? listed : []).flatMap((track) => readTrack(track, address)),
    };
  }
  return undefined;
}

/** Captions of another site's are none of this one's. */
function readTrack(track: unknown, page: string): CaptionTrack[] {
  const named = text(field(track, 'baseUrl')) ?? '';
  const address = URL.canParse(named, page) ? new URL(named, page) : undefined;
  if (address?.origin !== new URL(page).origin) return [];
  address.searchParams.set('fmt', 'vtt');
  return [{ address: address.href, isWritten: field(track, 'kind') !== 'asr', language: text(field(track, 'languageCode')) ?? '' }];
}

/** The JSON object that begins at a place in a script and is followed by other code. */
function parseObject(code: string, from: number): unknown {
  let depth = 0;
  let isInString = false;
  for (let at = from; at < code.length; at++) {
    const character = code[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) {
      try {
        return JSON.parse(code.slice(from, at + 1));
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}
