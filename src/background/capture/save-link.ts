import { fileNameOf } from '../../core/files/file-address';
import type { FetchedDocument, FetchOptions } from '../../fetching/fetch-document';
import type { Job } from '../../storage/schema';

import type { StoreCaptureTools } from '../ingest/store-capture';
import { maximumFileBytes, storeFile } from '../ingest/store-file';

export interface SaveLinkTools extends StoreCaptureTools {
  readonly fetchDocument: (url: string, options: FetchOptions) => Promise<FetchedDocument>;
}

/**
 * Saves what a link leads to without opening it: as a stranger sees it, for it is fetched without what the site knows the person by, and as it is before its
 * scripts have run.
 * @throws ProblemError any `fetch-…`, any `file-…`
 */
export async function saveLink(link: string, { fetchDocument, ...tools }: SaveLinkTools): Promise<Job> {
  const { url, contentType, bytes } = await fetchDocument(link, { signal: new AbortController().signal, maximumBytes: maximumFileBytes });
  return storeFile({ file: new Blob([bytes]), fileName: fileNameOf(url), contentType, url }, tools);
}
