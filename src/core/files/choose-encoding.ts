/** What a text's bytes can be told to be without reading them: the order is that of https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding. */
export interface DeclaredEncoding {
  /** `Content-Type`, as the server sent it. */
  readonly contentType?: string | undefined;
  /** Whether the text may name its encoding itself, in a `meta` element. */
  readonly isHtml?: boolean;
}

/** How far into an HTML text a declaration is looked for, in bytes; browsers look this far too. */
const declarationBytes = 1024;

/**
 * The label of the encoding that a text's bytes are most likely in: by its mark, else as declared, else the one of which the bytes make the most
 * sense.
 * @returns a label that `TextDecoder` knows
 */
export function chooseEncoding(bytes: Uint8Array, { contentType, isHtml }: DeclaredEncoding = {}): string {
  const declared = byteOrderMark(bytes) ?? known(charsetIn(contentType ?? '')) ?? (isHtml ? encodingInMeta(bytes) : undefined);
  return declared ?? guessEncoding(bytes);
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function charsetIn(text: string): string {
  return /charset\s*=\s*(?:["']\s*)?([^\s"';>]+)/i.exec(text)?.[1] ?? '';
}

function encodingInMeta(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, declarationBytes));
  const meta = /<meta[^>]+charset\s*=[^>]*>/i.exec(start.replace(/<!--.*?(-->|$)/gs, ''))?.[0] ?? '';
  const encoding = known(charsetIn(meta));
  // A text whose declaration can be read byte by byte is in no encoding of two bytes a character.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}

function known(label: string): string | undefined {
  try {
    return label ? new TextDecoder(label).encoding : undefined;
  } catch {
    return undefined;
  }
}

/** Those that were common before UTF-8. Of equals the first is taken. */
const legacyEncodings = [
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'windows-1253',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
];
/** Enough to tell by, in bytes. */
const sampleBytes = 64_000;

function guessEncoding(bytes: Uint8Array): string {
  const zeros = zerosByParity(bytes.subarray(0, sampleBytes));
  if (zeros) return zeros;
  if (isUtf8(bytes)) return 'utf-8';
  const sample = bytes.subarray(0, sampleBytes);
  const scored = legacyEncodings.map((encoding) => ({ encoding, score: plausibility(new TextDecoder(encoding).decode(sample)) }));
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).encoding;
}

/** Letters of the first 256 characters in UTF-16 leave every other byte empty. */
function zerosByParity(bytes: Uint8Array): string | undefined {
  const counts = [0, 0] as [number, number];
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0) counts[(at % 2) as 0 | 1] += 1;
  const [even, odd] = counts;
  if (odd > bytes.length / 5 && even < odd / 10) return 'utf-16le';
  return even > bytes.length / 5 && odd < even / 10 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * How much a text looks like one that a person wrote: words keep to one script and have capitals at their beginning only; characters that are in
 * hardly any text speak against it.
 */
function plausibility(text: string): number {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const failures = count(/[\uFFFD\p{Cc}\p{Co}]/gu) - count(/[\t\n\r\f]/g);
  const oddities = count(
    /(?<=\p{Ll})\p{Lu}|(?<=[a-z])[\u0370-\u04FF\u3040-\u9FFF\uAC00-\uD7AF]|[\u0370-\u04FF](?=[a-z])|[\u00A1-\u00BF](?=\p{Ll})/gu,
  );
  const accentRuns = count(/[\u00C0-\u024F]{3,}/g) * 4;
  const rareIdeographs = count(/[\u3400-\u4DBF\uF900-\uFAFF\uFF61-\uFF9F]/g);
  const foreign =
    count(/\p{Ll}{2,}/gu) / 100 +
    count(/[\u3040-\u30FF]/g) / 20 +
    count(/[\uAC00-\uD7AF]/g) / 40 +
    count(/[的一是不了人在有我他这這中大来上]/g) / 10;
  return foreign - failures * 5 - oddities - accentRuns - rareIdeographs;
}
