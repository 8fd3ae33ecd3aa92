import { SquareArrowOutUpRight } from 'lucide';
import type { ImportProgress } from '../../protocol/import-requests';
import { Icon } from '../../view/icon';
import { problemWords } from '../../view/problem-words';
import { t, tCount } from '../../view/translate';
import type { Client } from '../client';
import { ProblemNotice } from '../shared/problem-notice';
import { ProgressLine } from '../shared/progress-line';
import { ImportCost } from './import-cost';
import type { ImportState } from './import-state';

interface ImportRunProps {
  readonly imports: ImportState;
  readonly progress: ImportProgress;
  readonly client: Pick<Client, 'openAddress'>;
}

/** The last step: how far the import is, or how it ended, with what failed and why. */
export function ImportRun({ imports, progress, client }: ImportRunProps) {
  const { state, total, imported, alreadySaved, failed, problem, estimate } = progress;
  const ended = imported + alreadySaved + failed;
  const percent = total > 0 ? Math.floor((ended / total) * 100) : 100;
  const isOver = state === 'done' || state === 'stopped';
  return (
    <>
      <ProgressLine label={t(`import_state_${state}`)} percent={percent} isOver={isOver} />
      <p>
        {t('import_progress', imported, tCount('pages', total))}
        {alreadySaved > 0 && ` ${tCount('import_were_saved', alreadySaved)}`}
      </p>
      {problem && <ProblemNotice problem={problem} />}
      {!isOver && estimate && <ImportCost estimate={estimate} />}
      <div class="actions">
        {state === 'running' && (
          <button type="button" class="button" onClick={() => void imports.pause()}>
            {t('pause')}
          </button>
        )}
        {state === 'paused' && (
          <button type="button" class="button" onClick={() => void imports.resume()}>
            {t('go_on')}
          </button>
        )}
        {!isOver && (
          <button type="button" class="button quiet" onClick={() => void imports.stop()}>
            {t('stop')}
          </button>
        )}
        {isOver && (
          <button type="button" class="button" onClick={() => void imports.dismiss()}>
            {t('import_close')}
          </button>
        )}
        {state === 'done' && failed > 1 && (
          <button type="button" class="button quiet" onClick={() => void imports.retry()}>
            {t('import_retry_all')}
          </button>
        )}
      </div>
      {failed > 0 && <Failures imports={imports} failed={failed} isOver={state === 'done'} client={client} />}
    </>
  );
}

interface FailuresProps {
  readonly imports: ImportState;
  readonly failed: number;
  readonly isOver: boolean;
  readonly client: ImportRunProps['client'];
}

function Failures({ imports, failed, isOver, client }: FailuresProps) {
  const failures = imports.failures.value;
  return (
    <details class="import-failures" open={isOver}>
      <summary>{tCount('import_failed', failed)}</summary>
      <ul>
        {failures.map(({ number, url, title, problem }) => (
          <li key={number} class="import-failure">
            <p dir="auto">{title}</p>
            <p class="small soft">
              {problemWords(problem)} {problem.detail}
            </p>
            <div class="actions">
              {/^https?:/i.test(url) && (
                <button
                  type="button"
                  class="icon-button"
                  title={t('open_live_page')}
                  aria-label={t('open_live_page_named', title)}
                  onClick={() => client.openAddress(url)}
                >
                  <Icon node={SquareArrowOutUpRight} />
                </button>
              )}
              {isOver && (
                <button
                  type="button"
                  class="button quiet"
                  aria-label={t('try_again_named', title)}
                  onClick={() => void imports.retry(number)}
                >
                  {t('try_again')}
                </button>
              )}
            </div>
          </li>
        ))}
        {failed > failures.length && failures.length > 0 && <li class="soft small">{t('import_more', failed - failures.length)}</li>}
      </ul>
    </details>
  );
}
