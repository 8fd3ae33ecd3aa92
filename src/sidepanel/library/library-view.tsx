import type { PageId } from '../../core/pages/page';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import { ImportSection } from '../import/import-section';
import type { ImportState } from '../import/import-state';
import { ProblemNotice } from '../shared/problem-notice';
import { isStorageProblem } from '../shared/storage-problem';
import { UndoBars } from '../shared/undo-bars';
import type { FilesState } from '../state/files-state';
import type { LibraryState } from '../state/library-state';
import type { WindowState } from '../state/window-state';
import { AddFiles } from './add-files';
import { SaveTabs } from './save-tabs';
import { SavedPages } from './saved-pages';
import { WaitingJobs } from './waiting-jobs';

interface LibraryViewProps {
  readonly client: Pick<Client, 'openAddress' | 'openSavedCopy'>;
  readonly library: LibraryState;
  readonly imports: ImportState;
  readonly tabs: WindowState;
  readonly files: FilesState;
  /** Has pages asked, and no others. */
  readonly onAsk: (pageIds: readonly PageId[]) => void;
  /** Has examples to train on drafted from them. */
  readonly onDraft: (pageIds: readonly PageId[]) => void;
}

/** Everything saved and on its way. */
export function LibraryView({ client, library, imports, tabs, files, onAsk, onDraft }: LibraryViewProps) {
  const overview = library.overview.value;
  const problem = library.problem.value;
  return (
    <div class="library-view">
      {problem && !isStorageProblem(problem) && (
        <ProblemNotice problem={problem}>
          <button type="button" class="button" onClick={() => void library.refresh()}>
            {t('try_again')}
          </button>
        </ProblemNotice>
      )}
      <div class="add-pages">
        <AddFiles files={files} />
        <SaveTabs tabs={tabs} />
        <ImportSection imports={imports} client={client} />
      </div>
      <WaitingJobs library={library} />
      {overview && overview.pages > 0 && (
        <SavedPages overview={overview} client={client} library={library} onAsk={onAsk} onDraft={onDraft} />
      )}
      {overview?.pages === 0 && overview.inProgress.length === 0 && (
        <div class="empty">
          <p class="empty-title">{t('library_empty_title')}</p>
          <p class="soft">{t('library_empty')}</p>
        </div>
      )}
      <UndoBars
        deletions={(overview?.deletions ?? []).map(({ deleteAt, pages }) => ({
          key: deleteAt,
          words: tCount('deleted', pages),
          until: deleteAt,
          onUndo: () => void library.takeBackDeletion(deleteAt),
          onDeleteNow: () => void library.finishDeletion(deleteAt),
        }))}
        onOver={() => void library.refresh()}
      />
    </div>
  );
}
