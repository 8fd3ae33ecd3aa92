import { canonicalUrl } from '../pages/canonical-url';
import { tidyTags } from '../pages/tidy-tags';
import {
  type ImportedText,
  type ImportIssue,
  type ImportIssueReason,
  type ImportItem,
  type ImportSource,
  maximumIssues,
  type ParsedImport,
} from './import-item';

/** Longer ones are never typed or linked; they hold data. */
export const maximumAddressCharacters = 10_000;
const maximumTitleCharacters = 2_000;
const maximumTags = 100;
const excerptCharacters = 80;

export interface ImportEntry {
  readonly url: string;
  readonly title?: string | undefined;
  readonly tags?: readonly string[];
  readonly savedAt?: number | undefined;
  readonly isArchived?: boolean;
  readonly text?: ImportedText;
}

export type IssuePlace = Pick<ImportIssue, 'line' | 'file'>;

/** Gathers what the entries of a file come to: each address once, with the tags of all its entries and the earliest of their dates. */
export interface ItemCollector {
  add(entry: ImportEntry, place: IssuePlace): void;
  /** @param written what stands there, of which the beginning is kept */
  refuse(reason: ImportIssueReason, place: IssuePlace, written?: string): void;
  result(source: ImportSource): ParsedImport;
}

export function itemCollector(): ItemCollector {
  const items = new Map<string, ImportItem>();
  const issues: ImportIssue[] = [];
  let issueCount = 0;
  let duplicates = 0;
  const refuse: ItemCollector['refuse'] = (reason, place, written) => {
    issueCount += 1;
    if (issues.length < maximumIssues)
      issues.push({ reason, ...place, ...(written ? { excerpt: written.slice(0, excerptCharacters) } : {}) });
  };
  return {
    refuse,
    add(entry, place) {
      const url = entry.url.trim();
      const refusal = refusalOf(url);
      if (refusal) return refuse(refusal, place, url);
      const key = canonicalUrl(url);
      const known = items.get(key);
      if (known) duplicates += 1;
      items.set(key, merged(known, url, entry));
    },
    result: (source) => ({ source, items: [...items.values()], issues, issueCount, duplicates }),
  };
}

function refusalOf(url: string): ImportIssueReason | undefined {
  if (url === '') return 'no-address';
  if (!/^https?:\/\//i.test(url) && !isNoteAddress(url)) return 'not-web-address';
  if (url.length > maximumAddressCharacters) return 'address-too-long';
  return URL.canParse(url) ? undefined : 'malformed';
}

function merged(known: ImportItem | undefined, url: string, entry: ImportEntry): ImportItem {
  const title = known?.title ?? (entry.title?.replace(/\s+/g, ' ').trim().slice(0, maximumTitleCharacters) || undefined);
  const dates = [known?.savedAt, entry.savedAt].filter((date) => date !== undefined);
  const text = known?.text ?? entry.text;
  // Archived only when all its entries are.
  const isArchived = entry.isArchived === true && (known?.isArchived ?? !known);
  return {
    url: known?.url ?? url,
    ...(title ? { title } : {}),
    tags: tidyTags([...(known?.tags ?? []), ...(entry.tags ?? [])]).slice(0, maximumTags),
    ...(dates.length > 0 ? { savedAt: Math.min(...dates) } : {}),
    ...(isArchived ? { isArchived } : {}),
    ...(text ? { text } : {}),
  };
}

const noteScheme = 'note:';

/**
 * The address that a text is filed under which came without one: the same for the same place, so that importing it again gives no second page. No
 * browser opens it.
 * @param path of the file, within what was chosen
 */
export function noteAddress(path: string): string {
  // Half of a surrogate pair cannot be encoded.
  const whole = path.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return `${noteScheme}${whole.split('/').map(encodeURIComponent).join('/')}`;
}

export function isNoteAddress(url: string): boolean {
  return url.startsWith(noteScheme);
}
