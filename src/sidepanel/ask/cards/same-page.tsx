import { canonicalUrl } from '../../../core/pages/canonical-url';
import type { Page } from '../../../core/pages/page';
import { t } from '../../../view/translate';
import type { LibraryState } from '../../state/library-state';

interface SamePageProps {
  readonly saved: Page;
  /** Shown in the tab. */
  readonly url: string;
  readonly library: Pick<LibraryState, 'keepApart'>;
}

/** Says that the tab's page was taken for one saved from another address, where it was, and lets the person say that it is not. */
export function SamePage({ saved, url, library }: SamePageProps) {
  const here = saved.otherAddresses?.find((other) => [other.canonicalUrl, canonicalUrl(other.url)].includes(canonicalUrl(url)));
  if (!here) return null;
  return (
    <p class="small same-page">
      {t('same_page_as', saved.url.replace(/^https?:\/\//, ''))}{' '}
      <button type="button" class="text-button small" onClick={() => void library.keepApart(saved.id, here.canonicalUrl)}>
        {t('keep_apart')}
      </button>
    </p>
  );
}
