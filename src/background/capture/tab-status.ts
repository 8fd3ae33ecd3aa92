import { canonicalUrl } from '../../core/pages/canonical-url';
import type { ProblemCode } from '../../core/problem';
import type { TabStatus } from '../../protocol/worker-requests';
import { findShownPage } from '../../storage/pages/deletions';
import { listJobs } from '../../storage/pages/jobs';
import type { Library } from '../../storage/schema';
import { progressOf } from '../ingest/ingest-progress';

/** Schemes and hosts where no extension may read. */
const restricted =
  /^(?!https?:|file:)|^https:\/\/(chromewebstore\.google\.com|chrome\.google\.com\/webstore|addons\.mozilla\.org|microsoftedge\.microsoft\.com\/addons)/;

/**
 * What is known of a tab. `url` is absent where the person has not opened the tab to the extension, and where nobody can.
 * @param whyClosed tells these two apart
 */
export async function tabStatus(
  library: Library,
  tab: { readonly id: number; readonly url?: string; readonly title?: string },
  whyClosed: () => Promise<ProblemCode>,
): Promise<TabStatus> {
  const known = { tabId: tab.id, ...(tab.url ? { url: tab.url } : {}), ...(tab.title ? { title: tab.title } : {}) };
  if (!tab.url) return { ...known, refusal: { code: await whyClosed() } };
  if (restricted.test(tab.url)) return { ...known, refusal: { code: 'page-restricted' } };
  const address = canonicalUrl(tab.url);
  const saved = await findShownPage(library, address);
  const job = (await listJobs(library)).find(
    (candidate) => candidate.kind === 'ingest' && (candidate.canonicalUrl === address || candidate.pageId === saved?.id),
  );
  return { ...known, ...(saved ? { saved } : {}), ...(job ? { progress: progressOf(job) } : {}) };
}
