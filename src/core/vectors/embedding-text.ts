import type { PassageSpan } from '../pages/split-passages';
import { plainText } from '../text/plain-text';

/** Changes whenever the same passage would give another text: what was counted of texts is kept with it. */
export const embeddingTextVersion = 1;

/** What is embedded of a passage: where it stands, then what it says, so that a passage full of «it» still knows its subject. */
export function embeddingText(text: string, title: string, span: PassageSpan): string {
  const place = [title, ...span.headingPath].filter((part, index, parts) => part && parts.indexOf(part) === index).join(' › ');
  const words = plainText(text.slice(span.start, span.end), span.startsInCode);
  return [place, words].filter(Boolean).join('\n\n') || '-';
}
