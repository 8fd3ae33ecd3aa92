import type { Permissions } from 'webextension-polyfill';
import { originPattern } from '../../core/capture/origin-pattern';
import { ProblemError } from '../../core/problem';
import type { Job } from '../../storage/schema';
import type { StoreAsJob } from '../ingest/store-as-job';
import type { AccessLender } from './borrowed-access';
import { type SaveLinkTools, saveLink } from './save-link';

export interface LinkSaverTools extends Pick<SaveLinkTools, 'fetchDocument'> {
  readonly access: Pick<AccessLender, 'borrowAccess' | 'returnAccess'>;
  readonly permissions: Pick<Permissions.Static, 'request' | 'contains'>;
  /** The holders of access under which links are saved at this moment; kept up to date here. */
  readonly linksBeingSaved: Set<string>;
  readonly storeAsJob: StoreAsJob;
  /** Keeps the worker alive meanwhile. */
  readonly keepAwake: <Value>(work: Promise<Value>) => Promise<Value>;
  readonly newId: () => string;
}

/**
 * To be called at the click itself: it asks for the link's site at once, for the click will not be taken for the person's wish later, and gives it back
 * when the page is read.
 * @returns saves the link. @throws ProblemError `access-refused`, any `fetch-…`, any `file-…`
 */
export type SaverOfLink = (url: string) => () => Promise<Job>;

export function linkSaver({
  access,
  permissions,
  linksBeingSaved,
  storeAsJob,
  keepAwake,
  fetchDocument,
  newId,
}: LinkSaverTools): SaverOfLink {
  return (url) => {
    const holder = `link:${newId()}`;
    const origins = [originPattern(url) ?? ''];
    linksBeingSaved.add(holder);
    const borrowing = access.borrowAccess(holder, { origins, permissions: [] });
    // Refused outright when the click is not taken for the person's wish; the site may be allowed all the same.
    const asking = permissions.request({ origins }).catch(() => permissions.contains({ origins }));
    return async () => {
      try {
        const [isAllowed] = await Promise.all([asking, borrowing]);
        if (!isAllowed) throw new ProblemError({ code: 'access-refused' });
        return await keepAwake(storeAsJob((tools) => saveLink(url, { ...tools, fetchDocument })));
      } finally {
        linksBeingSaved.delete(holder);
        await access.returnAccess(holder);
      }
    };
  };
}
