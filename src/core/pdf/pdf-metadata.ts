/** What a PDF says of itself: programs fill it in, so that much of it is of no use. */
export interface PdfMetadata {
  readonly title?: string;
  readonly author?: string;
  /** As PDF writes dates: `D:20240131120000+01'00'`. */
  readonly created?: string;
}

const noTitle =
  /^(untitled|(un)?title|no title|document\s*\d*|paper|presentation|slide\s*\d*|(power ?point|microsoft)\b.*|.*\.(docx?|pdf|tex|dvi|indd|qxd|pptx?|rtf|xlsx?|odt|ps|eps))$/i;
const noAuthor =
  /^((local )?user|admin(istrator)?|owner|unknown|author|anonymous|root|pc|hp|dell|(la)?tex.*|microsoft.*|default|.*@.*|\W*)$/i;

/** @returns what a person could have written there */
export function sensibleMetadata(
  { title, author, created }: PdfMetadata,
  today: string,
): { title?: string; byline?: string; published?: string } {
  const named = tidy(title)?.replace(/^microsoft (word|powerpoint) - /i, '');
  // One word with digits or underscores is the name of a file or a number in some system.
  const isTitle = named && !noTitle.test(named) && /\p{L}{2}/u.test(named) && (/\s/.test(named) || !/[\d_]/.test(named));
  const byline = tidy(author);
  const [, year = '', month = '', day = ''] = /^D:(\d{4})(\d{2})?(\d{2})?/.exec(created ?? '') ?? [];
  const date = [year, month, day].filter(Boolean).join('-');
  const isDate = year >= '1985' && date <= today && Number(month || 1) <= 12 && Number(day || 1) <= 31;
  return {
    ...(isTitle ? { title: named } : {}),
    ...(byline && !noAuthor.test(byline) ? { byline } : {}),
    ...(isDate ? { published: date } : {}),
  };
}

function tidy(text: string | undefined): string | undefined {
  const clean = text
    ?.replace(/[\p{Cc}\uFEFF]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
  return clean || undefined;
}
