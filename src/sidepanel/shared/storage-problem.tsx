import type { Problem } from '../../core/problem';
import { t } from '../../view/translate';
import type { Client } from '../client';
import type { LibraryState } from '../state/library-state';
import type { StorageState } from '../state/storage-state';
import { ConfirmDelete } from './confirm-delete';
import { ProblemNotice } from './problem-notice';
import { useAside } from './use-aside';

interface StorageProblemProps {
  readonly client: Pick<Client, 'reload' | 'reopen'>;
  readonly library: LibraryState;
  readonly storage: StorageState;
  readonly onOpenSettings: () => void;
}

/** Whether the library itself is in trouble, and not what was done with it. */
export function isStorageProblem({ code }: Problem): boolean {
  return code.startsWith('storage-');
}

/** Stands over every view while the library cannot be opened or has no room left: nothing that is shown below can be trusted to be all. */
export function StorageProblem({ client, library, storage, onOpenSettings }: StorageProblemProps) {
  const { aside, open, close, returnTo } = useAside<'starting-anew'>();
  const waiting = library.overview.value?.inProgress ?? [];
  const problem =
    [library.problem.value, storage.problem.value].find((candidate) => candidate && isStorageProblem(candidate)) ??
    waiting.find((progress) => progress.problem?.code === 'storage-full')?.problem;
  if (!problem) return null;
  const tryAgain = async () => {
    await library.refresh();
    // Every view has asked in vain: they ask anew.
    if (!library.problem.value) client.reopen();
  };
  const startAnew = () => void storage.startAnew().then(tryAgain);
  if (aside && problem.code === 'storage-unavailable') {
    return (
      <div class="storage-problem">
        <ConfirmDelete question={t('start_anew_question')} onConfirm={startAnew} onCancel={close} />
      </div>
    );
  }
  return (
    <div class="storage-problem">
      <ProblemNotice problem={problem}>
        <div class="actions">
          {problem.code === 'storage-full' && (
            <button type="button" class="button" onClick={onOpenSettings}>
              {t('see_what_takes_room')}
            </button>
          )}
          {(problem.code === 'storage-blocked' || problem.code === 'storage-newer') && (
            <button type="button" class="button" onClick={() => client.reload()}>
              {t('reload_extension')}
            </button>
          )}
          {problem.code !== 'storage-newer' && (
            <button type="button" class="button" onClick={() => void tryAgain()}>
              {t('try_again')}
            </button>
          )}
          {problem.code === 'storage-unavailable' && (
            <button type="button" class="button quiet" ref={returnTo} onClick={() => open('starting-anew')}>
              {t('start_anew')}
            </button>
          )}
        </div>
      </ProblemNotice>
    </div>
  );
}
