import { isBuiltIn } from '../../core/assistants/built-in-assistants';
import { type BackupPart, backupNames } from '../../core/backup/backup-format';
import type { BackupPreview } from '../../core/backup/restore-status';
import { mergeVersions } from '../../core/pages/merge-versions';
import type { PageId } from '../../core/pages/page';
import { packedVectorBytes } from '../../core/vectors/packed-vectors';
import { assistantSchema } from '../../protocol/assistant-schema';
import { exampleDraftSchema } from '../../protocol/draft-request-schemas';
import { storedExampleSchema } from '../../protocol/example-schema';
import { tuningJobLineSchema } from '../../protocol/tuning-job-schema';
import { versionsOf } from '../../storage/pages/page-record';
import type { Library } from '../../storage/schema';
import {
  captureLineSchema,
  conversationLineSchema,
  judgementLineSchema,
  type PageLine,
  pageLineSchema,
  pictureLineSchema,
  usageLineSchema,
} from './backup-schemas';
import { openBackup, parse, parseLines } from './open-backup';
import { restoredSettingsSchema } from './restored-settings';
import { damaged } from './zip-reader';

/**
 * Reads a backup from end to end, before anything of it is restored: every byte must be what was written and every record what it should be. Changes nothing.
 * @param report is told the share done, from 0 to 1
 * @throws ProblemError any `backup-…`
 */
export async function examineBackup(
  file: Blob,
  library: Library,
  report: (share: number) => void,
  signal: AbortSignal,
): Promise<{ preview: BackupPreview; manifestSha256: string }> {
  const { manifest, manifestSha256, readPart } = await openBackup(file);
  const found = { pages: 0, versions: 0, conversations: 0, messages: 0, captures: 0, calls: 0, pictures: 0 };
  /** By id, for a page may take several lines. */
  const pages = new Map<PageId, Novelty>();
  let [newConversations, modelServer, siteRules] = [0, '', 0];
  const assistants = { all: 0, new: 0 };
  const vectorBytes = new Map<string, number>();
  for (const [index, part] of manifest.parts.entries()) {
    signal.throwIfAborted();
    const bytes = await readPart(part);
    let lines = 0;
    if (part.kind === 'pages') {
      const available = vectorBytes.get(vectorPartOf(part)) ?? 0;
      for (const line of parseLines(pageLineSchema, bytes, part)) {
        const isInside = line.vectors.every(({ at, dimensions }) => at + packedVectorBytes(line.passages.length, dimensions) <= available);
        if (!isInside) throw damaged(part.name);
        const novelty = await compare(library, line);
        if (novelty !== 'known' || !pages.has(line.page.id)) pages.set(line.page.id, novelty);
        found.versions += line.versions.length;
        lines += 1;
      }
    } else if (part.kind === 'conversations') {
      for (const { conversation, messages } of parseLines(conversationLineSchema, bytes, part)) {
        if (!(await library.getKey('conversations', conversation.id))) newConversations += 1;
        found.conversations += 1;
        found.messages += messages.length;
        lines += 1;
      }
    } else if (part.kind === 'captures') {
      for (const _ of parseLines(captureLineSchema, bytes, part)) {
        found.captures += 1;
        lines += 1;
      }
    } else if (part.kind === 'pictures') {
      for (const _ of parseLines(pictureLineSchema, bytes, part)) {
        found.pictures += 1;
        lines += 1;
      }
    } else if (part.kind === 'usage') {
      for (const _ of parseLines(usageLineSchema, bytes, part)) {
        found.calls += 1;
        lines += 1;
      }
    } else if (part.kind === 'assistants') {
      for (const { id } of parseLines(assistantSchema, bytes, part)) {
        lines += 1;
        // Of one that is built in, a backup says only that it is hidden.
        if (isBuiltIn(id)) continue;
        assistants.all += 1;
        if (!(await library.getKey('assistants', id))) assistants.new += 1;
      }
    } else if (part.kind === 'examples') {
      lines = [...parseLines(storedExampleSchema, bytes, part)].length;
    } else if (part.kind === 'tuning-jobs') {
      lines = [...parseLines(tuningJobLineSchema, bytes, part)].length;
    } else if (part.kind === 'drafts') {
      lines = [...parseLines(exampleDraftSchema, bytes, part)].length;
    } else if (part.kind === 'judgements') {
      lines = [...parseLines(judgementLineSchema, bytes, part)].length;
    } else if (part.kind === 'vectors') {
      vectorBytes.set(part.name, bytes.length);
    } else if (part.name === backupNames.settings) {
      const { modelSettings, autoSave } = parse(restoredSettingsSchema, new TextDecoder().decode(bytes), part.name);
      modelServer = modelSettings?.baseUrl ?? '';
      siteRules = autoSave?.rules.length ?? 0;
    }
    if (lines !== part.records) throw damaged(part.name);
    report((index + 1) / manifest.parts.length);
  }
  const { createdAt, counts } = manifest;
  found.pages = pages.size;
  const countOf = (novelty: Novelty) => [...pages.values()].filter((one) => one === novelty).length;
  for (const name of ['pages', 'versions', 'conversations', 'messages', 'captures', 'calls', 'pictures'] as const) {
    if (found[name] !== (counts[name] ?? 0)) throw damaged(`${backupNames.manifest}: ${name}`);
  }
  const withVectors = vectorBytes.size > 0;
  const rules = siteRules > 0 ? { siteRules } : {};
  return {
    preview: {
      createdAt,
      counts: found,
      newPages: countOf('new'),
      pagesWithNewVersions: countOf('new-versions'),
      newConversations,
      ...(assistants.all > 0 ? { assistants } : {}),
      withVectors,
      modelServer,
      ...rules,
    },
    manifestSha256,
  };
}

/** The part that holds the vectors of the pages in a part. */
export const vectorPartOf = ({ name }: BackupPart) => name.replace(/^pages\/(.*)\.jsonl$/, 'vectors/$1.bin');

type Novelty = 'new' | 'new-versions' | 'known';

async function compare(library: Library, { page, versions }: PageLine): Promise<Novelty> {
  const same = (await library.getFromIndex('pages', 'byCanonicalUrl', page.canonicalUrl)) ?? (await library.get('pages', page.id));
  if (!same) return 'new';
  const kept = await library.getAll('versions', versionsOf(same.id));
  return mergeVersions(kept, versions).isChanged ? 'new-versions' : 'known';
}
