import type { Locator } from '../../core/pages/locators';
import { escapeInline, escapeLineStart } from '../markdown/escape-markdown';
import type { Cue } from './parse-captions';

/** A paragraph ends at a pause as long as this, … */
const pauseSeconds = 4;
/** … at the end of a sentence when it has so many characters, and wherever a line ends when it has so many. */
const readyCharacters = 350;
const longestCharacters = 700;

export interface Transcript {
  readonly markdown: string;
  /** One for each line of captions. */
  readonly locators: readonly Locator[];
}

/**
 * Captions as paragraphs, with the second that each line of them is said at.
 * @param offset the transcript's place in the page's Markdown
 * @param limit at most so many UTF-16 code units
 */
export function transcriptMarkdown(cues: readonly Cue[], offset: number, limit: number): Transcript & { readonly shareKept: number } {
  let markdown = '';
  let paragraphStart = 0;
  let before: Cue | undefined;
  const locators: Locator[] = [];
  for (const [index, cue] of cues.entries()) {
    const words = escapeInline(cue.text);
    const isNew = before !== undefined && endsParagraph(markdown.slice(paragraphStart), before, cue);
    const gap = before === undefined ? '' : isNew ? '\n\n' : ' ';
    const text = gap === ' ' ? words : escapeLineStart(words);
    if (markdown.length + gap.length + text.length > limit) return { markdown, locators, shareKept: index / cues.length };
    markdown += gap;
    if (isNew) paragraphStart = markdown.length;
    locators.push({ start: offset + markdown.length, seconds: cue.seconds });
    markdown += text;
    before = cue;
  }
  return { markdown, locators, shareKept: 1 };
}

function endsParagraph(paragraph: string, before: Cue, next: Cue): boolean {
  if (paragraph.length >= longestCharacters) return true;
  if (paragraph.length >= readyCharacters && /[.!?。！？…]["'”’»)]*$/.test(before.text)) return true;
  // How long a line takes to say is not known of all captions; some 15 characters a second are read aloud.
  return next.seconds - before.seconds - before.text.length / 15 >= pauseSeconds;
}
