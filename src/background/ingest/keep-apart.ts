import type { CapturedPage, PageId, PageVersion } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import { putIngestJobs } from '../../storage/pages/jobs';
import { newIngestJob } from '../../storage/pages/new-ingest-job';
import { listVersions } from '../../storage/pages/pages';
import type { Job, Library } from '../../storage/schema';
import { pageAsCaptured } from './place-capture';

export interface KeepApartTools {
  readonly library: Library;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Has what was read at one of a page's other addresses made a page of its own. Nothing is fetched: its text is the one that was read there last, or the
 * page's own if the two were the same; what was read at an address and waits in the queue is newer than either, and stays. Where the page's current version was read there, the page goes back to the one that was not.
 * @param address as the page's `otherAddresses` have it
 * @throws ProblemError `not-found`
 */
export async function keepApart(pageId: PageId, address: string, { library, now, newId }: KeepApartTools): Promise<void> {
  const page = await library.get('pages', pageId);
  const leaving = page?.otherAddresses?.find((other) => other.canonicalUrl === address);
  const versions = await listVersions(library, pageId);
  const current = versions.at(-1);
  if (!page || !leaving || !current) throw new ProblemError({ code: 'not-found' });
  const isReadThere = ({ url }: PageVersion) => url === leaving.url;
  const there = versions.findLast(isReadThere) ?? current;
  const staying = isReadThere(current) ? versions.findLast((version) => !isReadThere(version)) : undefined;
  const apart = { ...pageAsCaptured(page, there), ...leaving, site: new URL(leaving.url).host || page.site };
  const captures: [CapturedPage, Pick<Job, 'pageId' | 'isApart'>][] = [[apart, { pageId: newId() as PageId, isApart: true }]];
  if (staying) captures.push([pageAsCaptured(page, staying), { pageId }]);
  await putIngestJobs(
    library,
    captures.map(([capture, job]) => ({
      capture,
      keepsWaiting: true,
      make: (waiting) => ({
        ...(waiting ?? newIngestJob({ canonicalUrl: capture.canonicalUrl, title: capture.title }, { now, newId })),
        ...job,
      }),
    })),
  );
}
