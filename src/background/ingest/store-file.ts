import { fileAddress } from '../../core/files/file-address';
import { fileKind } from '../../core/files/file-kind';
import { titleFromFileName } from '../../core/files/title-from-file-name';
import { canonicalUrl } from '../../core/pages/canonical-url';
import { ProblemError } from '../../core/problem';
import { putIngestJob } from '../../storage/pages/jobs';
import { newIngestJob } from '../../storage/pages/new-ingest-job';
import { findPageByAddress } from '../../storage/pages/pages';
import type { Job, UnreadFile } from '../../storage/schema';
import { sha256Hex } from '../sha256';
import type { StoreCaptureTools } from './store-capture';

/** All of a file is in memory while it is read. */
export const maximumFileBytes = 100_000_000;

export interface FileToStore {
  readonly file: Blob;
  /** As the person knows it: the site line of what has no site. */
  readonly fileName: string;
  /** As a server or the system calls it; empty when nobody says. */
  readonly contentType: string;
  /** Where it is found on the web, or on the disk; absent when nobody knows. */
  readonly url?: string;
}

/**
 * Stores a file as a job that reads it and makes it searchable: a PDF, a text or an HTML file. Once this resolves, the file cannot be lost.
 * @throws ProblemError `file-empty`, `file-over-limit`, `file-unknown`, `file-unreadable`
 */
export async function storeFile(
  { file, fileName, contentType, url }: FileToStore,
  { library, now, newId }: StoreCaptureTools,
): Promise<Job> {
  if (file.size === 0) throw new ProblemError({ code: 'file-empty' });
  if (file.size > maximumFileBytes) throw new ProblemError({ code: 'file-over-limit' });
  const bytes = await bytesOf(file);
  const kind = fileKind(fileName, contentType, bytes);
  if (!kind) throw new ProblemError({ code: 'file-unknown' });
  const address = url ?? fileAddress(await sha256Hex(bytes));
  // A copy: the person may move or delete the file before it is read.
  const unread: UnreadFile = {
    kind,
    file: new Blob([bytes]),
    fileName,
    contentType,
    url: address,
    canonicalUrl: canonicalUrl(address),
    capturedAt: now(),
  };
  const saved = await findPageByAddress(library, unread.canonicalUrl);
  const about = {
    canonicalUrl: unread.canonicalUrl,
    title: saved?.title ?? titleFromFileName(fileName),
    step: 'reading',
    ...(saved ? { pageId: saved.id } : {}),
  } as const;
  return putIngestJob(library, unread, (waiting) => newIngestJob(about, { waiting, now, newId }));
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new ProblemError({ code: 'file-unreadable' }, { cause });
  }
}
