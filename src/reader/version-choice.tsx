import type { Page } from '../core/pages/page';
import { readerPath } from '../protocol/saved-place';
import type { VersionDate } from '../protocol/worker-requests';
import { formatDateTime } from '../view/format-date';
import { t } from '../view/translate';

interface VersionChoiceProps {
  readonly page: Page;
  readonly shown: number;
  /** The oldest first. */
  readonly versions: readonly VersionDate[];
  /** The version that the shown one is compared with. */
  readonly comparedWith: number | undefined;
  readonly onCompare: (version: number | undefined) => void;
}

/** Chooses, by date, which version is shown and which one it is compared with. */
export function VersionChoice({ page, shown, versions, comparedWith, onCompare }: VersionChoiceProps) {
  const newestFirst = versions.toReversed();
  const show = (version: number) => location.assign(`/${readerPath({ pageId: page.id, version })}`);
  return (
    <div class="version-choice">
      <label>
        <span class="small soft">{t('version_shown')}</span>
        <select value={shown} onChange={({ currentTarget }) => show(Number(currentTarget.value))}>
          {newestFirst.map(({ version, capturedAt }) => (
            <option key={version} value={version}>
              {t('version_of_date', version, formatDateTime(capturedAt))}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="small soft">{t('changes_against')}</span>
        <select
          value={comparedWith ?? ''}
          onChange={({ currentTarget }) => onCompare(currentTarget.value === '' ? undefined : Number(currentTarget.value))}
        >
          <option value="">{t('compare_with_none')}</option>
          {newestFirst
            .filter(({ version }) => version !== shown)
            .map(({ version, capturedAt }) => (
              <option key={version} value={version}>
                {t('version_of_date', version, formatDateTime(capturedAt))}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}
