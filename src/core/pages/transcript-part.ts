import type { Locator } from './locators';
import { maxCapturedCharacters } from './page';

const heading = '## Transcript\n\n';

interface TextWithLocators {
  readonly markdown: string;
  readonly locators?: readonly Locator[];
}

/** What stands before a transcript in the Markdown of a page with a video. */
export function beforeTranscript(page: string): string {
  return page && `${page}\n\n${heading}`;
}

/**
 * Puts the transcript of a video behind what its page says without it.
 * @param page is cut where both together would be too long
 * @param video the text of a page whose source is `video`
 */
export function withTranscript(page: string, { markdown, locators = [] }: TextWithLocators): TextWithLocators {
  const headingAt = markdown.lastIndexOf(`\n\n${heading}`);
  const start = locators[0]?.start ?? (headingAt < 0 ? 0 : headingAt + 2 + heading.length);
  const transcript = markdown.slice(start);
  const before = beforeTranscript(page.slice(0, Math.max(0, maxCapturedCharacters - transcript.length - beforeTranscript(' ').length)));
  const moved = locators.map((locator) => ({ ...locator, start: locator.start - start + before.length }));
  return { markdown: before + transcript, ...(moved.length > 0 ? { locators: moved } : {}) };
}
