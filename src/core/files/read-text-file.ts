import { canonicalUrl } from '../pages/canonical-url';
import { describeText } from '../pages/describe-text';
import { type CapturedPage, maxCapturedCharacters } from '../pages/page';
import { decodeText } from './decode-text';

export interface TextFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly fileName: string;
  readonly url: string;
}

/** A text as it is written, Markdown or not, in whatever encoding. */
export function readTextFile({ bytes, contentType, fileName, url }: TextFile, capturedAt: number): CapturedPage {
  const text = decodeText(bytes, { contentType }).replace(/\r\n?/g, '\n').replace(/\0/g, '');
  const described = describeText(text, fileName, /markdown/i.test(contentType) || undefined);
  const whole = described.markdown;
  const markdown = cutAtLine(whole, maxCapturedCharacters);
  return {
    url,
    canonicalUrl: canonicalUrl(url),
    site: fileName,
    ...described,
    markdown,
    capturedAt,
    shareRead: whole.length > 0 ? markdown.length / whole.length : 1,
  };
}

function cutAtLine(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const line = text.lastIndexOf('\n', maximum);
  return text.slice(0, line > maximum / 2 ? line : maximum - 1).trimEnd();
}
