import { t, tCount } from '../../view/translate';
import type { SettingsState } from '../state/settings-state';
import { CostLine } from './cost-line';
import { serverName } from './server-name';

/**
 * What sending all pages that lack them to the chosen embedding model comes to, and a button to do so: pages searched by words only, or, when another model's
 * vectors answer questions, all of them.
 */
export function EmbeddingBacklogNotice({ settings }: { readonly settings: SettingsState }) {
  const status = settings.embedding.value;
  const backlog = settings.backlog.value;
  if (!status?.chosen || !backlog) return null;
  const { index, chosen } = status;
  const isSwitch = index !== undefined && index.key !== chosen.key;
  if (backlog.pages === 0 && !isSwitch) return null;
  const isBusy = settings.working.value !== undefined;
  return (
    <>
      {isSwitch ? (
        <>
          <p>{t('switch_offer', chosen.name, index.name)}</p>
          <p>{tCount('switch_pages', backlog.pages, tCount('passages', backlog.passages))}</p>
        </>
      ) : (
        <p>{tCount('backlog', backlog.pages)}</p>
      )}
      {backlog.pages > 0 && (
        <>
          <p>{tCount('backlog_cost', backlog.tokens, serverName(chosen.baseUrl))}</p>
          <CostLine cost={backlog.cost} />
        </>
      )}
      <div class="actions">
        <button type="button" class="button" disabled={isBusy} onClick={() => void settings.startEmbedding()}>
          {isSwitch ? t('switch_to', chosen.name) : t('fetch_vectors')}
        </button>
        {isSwitch && index.baseUrl === chosen.baseUrl && (
          <button type="button" class="button quiet" disabled={isBusy} onClick={() => void settings.cancelEmbedding()}>
            {t('stay_with', index.name)}
          </button>
        )}
      </div>
    </>
  );
}
