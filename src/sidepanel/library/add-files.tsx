import { FilePlus2 } from 'lucide';
import { t } from '../../view/translate';
import { FileButton } from '../shared/file-button';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressBar } from '../shared/progress-bar';
import type { AddedFile, FilesState } from '../state/files-state';

/** What the browser's own dialogue offers first; what a file is, its bytes tell. */
const offered = '.pdf,.txt,.text,.md,.markdown,.html,.htm,application/pdf,text/plain,text/markdown,text/html';

/** The way to choose files, and those that are on their way to the queue or were refused. */
export function AddFiles({ files }: { readonly files: FilesState }) {
  return (
    <section class="add-files" aria-label={t('files')}>
      <p class="soft small">{t('files_hint')}</p>
      <FileButton label={t('choose_files')} icon={FilePlus2} accept={offered} takes="files" onChoose={(chosen) => void files.add(chosen)} />
      {files.files.value.length > 0 && (
        <ul>
          {files.files.value.map((file) => (
            <AddedFileRow key={file.key} file={file} onDismiss={() => files.dismiss(file.key)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function AddedFileRow({ file, onDismiss }: { readonly file: AddedFile; readonly onDismiss: () => void }) {
  const { name, problem } = file;
  return (
    <li class="job-row">
      <p class="job-title" dir="auto">
        {name}
      </p>
      {problem ? (
        <ProblemNotice problem={problem}>
          <button type="button" class="button quiet" onClick={onDismiss}>
            {t('dismiss')}
          </button>
        </ProblemNotice>
      ) : (
        <ProgressBar label={t('adding_file', name)} />
      )}
    </li>
  );
}
