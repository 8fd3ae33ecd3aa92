import { useSignal } from '@preact/signals';
import type { RestoreStatus } from '../../core/backup/restore-status';
import { formatDate } from '../../view/format-date';
import { t, tCount } from '../../view/translate';
import { CheckField } from '../shared/check-field';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressLine } from '../shared/progress-line';
import type { DataState } from '../state/data-state';
import { serverName } from './server-name';

interface RestoreNoticeProps {
  readonly data: DataState;
  readonly restore: RestoreStatus;
  /** The person has set a model server, or rules for sites. */
  readonly hasOwnSettings: boolean;
}

/** What is in a backup and what it would add; how far its restore is; or that it is done. */
export function RestoreNotice({ data, restore, hasOwnSettings }: RestoreNoticeProps) {
  const { state, preview, problem } = restore;
  /** What the person has ticked. Until they do it goes by their own settings, which may yet have to be read. */
  const ticked = useSignal<boolean | undefined>(undefined);
  const withSettings = ticked.value ?? !hasOwnSettings;
  const { counts, assistants, modelServer, siteRules = 0 } = preview;
  const percent = restore.total > 0 ? Math.floor((restore.done / restore.total) * 100) : 100;
  const held = [
    tCount('pages', counts.pages + counts.captures),
    tCount('versions', counts.versions),
    tCount('conversations', counts.conversations),
    ...(assistants ? [tCount('assistants', assistants.all)] : []),
  ];
  return (
    <>
      <p>{t('backup_holds', formatDate(preview.createdAt), held.join(', '))}</p>
      {state === 'examined' && (
        <>
          <ul class="plain-list">
            <li>{tCount('pages_new', preview.newPages)}</li>
            <li>{tCount('pages_with_new_versions', preview.pagesWithNewVersions)}</li>
            <li>{tCount('conversations_new', preview.newConversations)}</li>
            {assistants && <li>{tCount('assistants_new', assistants.new)}</li>}
          </ul>
          <p class="soft">{t('restore_merges')}</p>
          <CheckField
            label={modelServer ? t('restore_settings_of_server', serverName(modelServer)) : t('restore_settings')}
            isChecked={withSettings}
            onChange={(isChecked) => {
              ticked.value = isChecked;
            }}
          />
          {siteRules > 0 && <p class="soft small">{tCount('restore_site_rules', siteRules)}</p>}
        </>
      )}
      {(state === 'running' || state === 'paused' || state === 'stopped') && (
        <ProgressLine label={t('restoring')} words={t(state === 'running' ? 'restoring' : 'restore_rests')} percent={percent} />
      )}
      {state === 'done' && <p role="status">{t('restore_done')}</p>}
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        {state === 'examined' && (
          <button type="button" class="button primary" onClick={() => void data.startRestore(withSettings)}>
            {t('restore_backup')}
          </button>
        )}
        {(state === 'paused' || state === 'stopped') && (
          <button type="button" class="button" onClick={() => void data.startRestore()}>
            {t('go_on')}
          </button>
        )}
        {state === 'running' && (
          <button type="button" class="button" onClick={() => void data.pauseRestore()}>
            {t('pause')}
          </button>
        )}
        <button type="button" class="button quiet" onClick={() => void data.forgetRestore()}>
          {t(state === 'done' ? 'close' : state === 'examined' ? 'cancel' : 'give_up')}
        </button>
      </div>
    </>
  );
}
