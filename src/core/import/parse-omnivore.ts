import { type ItemCollector, noteAddress } from './collect-items';
import { type ImportFile, textOf } from './import-file';
import type { ImportedText } from './import-item';
import { parseDate } from './parse-date';

/** `metadata_0_to_20.json`, as Omnivore named the lists in its exports. */
export const omnivoreMetadata = /(^|\/)metadata_\d+_to_\d+\.json$/i;
const content = /(^|\/)content\/(.+)\.(html?|md)$/i;

interface Saved {
  readonly url?: unknown;
  readonly title?: unknown;
  readonly slug?: unknown;
  readonly labels?: unknown;
  readonly savedAt?: unknown;
  readonly state?: unknown;
}

/** Gathers an export of Omnivore, file by file: lists of what was saved as JSON, and the text of each by its slug. */
export function omnivoreReader(collector: ItemCollector) {
  const lists: { readonly saved: readonly unknown[]; readonly path: string }[] = [];
  const texts = new Map<string, ImportedText>();
  return {
    take(file: ImportFile): void {
      const { path } = file;
      const text = textOf(file);
      const [, , slug, extension] = content.exec(path) ?? [];
      if (omnivoreMetadata.test(path)) {
        const saved = text === undefined ? undefined : parseList(text);
        if (saved) lists.push({ saved, path });
        else collector.refuse('malformed', { file: path });
      } else if (slug && text?.trim()) texts.set(slug, { kind: /^md$/i.test(extension ?? '') ? 'markdown' : 'html', content: text });
    },
    finish(): void {
      for (const { saved, path } of lists) for (const one of saved) add(one, path);
    },
  };

  function add(one: unknown, file: string): void {
    if (typeof one === 'object' && one !== null) addSaved(one, file);
    else collector.refuse('malformed', { file });
  }

  function addSaved({ url, title, slug, labels, savedAt, state }: Saved, file: string): void {
    const text = typeof slug === 'string' ? texts.get(slug) : undefined;
    collector.add(
      {
        // What was sent there by mail has no address of its own.
        url:
          typeof url === 'string' && /^https?:/i.test(url) ? url : text && typeof slug === 'string' ? noteAddress(slug) : String(url ?? ''),
        ...(typeof title === 'string' ? { title } : {}),
        tags: Array.isArray(labels) ? labels.filter((label): label is string => typeof label === 'string') : [],
        savedAt: parseDate(typeof savedAt === 'string' ? savedAt : undefined),
        isArchived: state === 'Archived',
        ...(text ? { text } : {}),
      },
      { file },
    );
  }
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
