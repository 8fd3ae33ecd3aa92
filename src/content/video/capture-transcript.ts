import type { Locator } from '../../core/pages/locators';
import { maxCapturedCharacters } from '../../core/pages/page';
import { beforeTranscript } from '../../core/pages/transcript-part';
import { type Capture, capturePage } from '../capture-page';
import { escapeInline, escapeLineStart } from '../markdown/escape-markdown';
import { readSpokenText, readStructuredData } from '../metadata/json-ld';
import { readMetadata } from '../metadata/metadata';
import { liveRendering } from '../rendering/rendering';
import { snapshotDocument } from '../rendering/snapshot-document';
import { findTranscript } from './find-transcript';
import { type PlayerData, readPlayerData } from './player-data';
import { transcriptMarkdown } from './transcript-markdown';

/**
 * Reads a page with a video: its text and then what is said in the video, each line with its second. A page whose video has no transcript that could be
 * had is read as any other. Never rejects.
 */
export async function captureTranscript(live: Document, capturedAt: number): Promise<Capture> {
  const ordinary = capturePage(live, capturedAt);
  try {
    const { url } = liveRendering(live);
    const player = readPlayerData(live, url);
    const cues = await findTranscript(live, player);
    const { document: copy } = snapshotDocument(live);
    const spoken = cues ? undefined : readSpokenText(copy);
    if (!cues && !spoken) return ordinary;
    // Where a player's data tell of the video, the rest of the page is what else could be watched.
    const own = player ? paragraphsOf(player.description ?? '') : 'page' in ordinary ? ordinary.page.markdown : '';
    const before = beforeTranscript(own);
    const room = maxCapturedCharacters - before.length;
    const said = cues ? transcriptMarkdown(cues, before.length, room) : asText(spoken ?? '', room);
    return {
      page: {
        url,
        ...readMetadata(copy, readStructuredData(copy), url),
        ...(player ? describedBy(player, url) : {}),
        source: 'video',
        markdown: before + said.markdown,
        ...(said.locators.length > 0 ? { locators: said.locators } : {}),
        capturedAt,
        shareRead: said.shareKept,
      },
    };
  } catch {
    return ordinary;
  }
}

/** What else a page says of itself may be about the video that was shown before this one. */
function describedBy({ videoId, title, author }: PlayerData, url: string) {
  const { origin, pathname } = new URL(url);
  const address = `${origin}${pathname}?v=${encodeURIComponent(videoId)}`;
  return { canonicalUrl: address, ...(title ? { title } : {}), ...(author ? { byline: author } : {}) };
}

function asText(spoken: string, room: number): { markdown: string; locators: Locator[]; shareKept: number } {
  const markdown = paragraphsOf(spoken);
  return { markdown: markdown.slice(0, room), locators: [], shareKept: Math.min(1, room / markdown.length) };
}

function paragraphsOf(text: string): string {
  return text
    .split(/\n+/)
    .map((line) => escapeLineStart(escapeInline(line.trim())))
    .filter(Boolean)
    .join('\n\n');
}
