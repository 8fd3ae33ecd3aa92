import { t, tCount } from '../../view/translate';
import type { SettingsState } from '../state/settings-state';

/** What is still searched by words only, what sending it to the embedding model comes to, and a button to do so. */
export function EmbeddingBacklogNotice({ settings }: { readonly settings: SettingsState }) {
  const backlog = settings.backlog.value;
  const stored = settings.stored.value;
  if (!stored?.embeddingModel || !backlog || backlog.pages === 0) return null;
  const host = URL.canParse(stored.baseUrl) ? new URL(stored.baseUrl).host : stored.baseUrl;
  return (
    <section class="backlog" aria-labelledby="backlog-heading">
      <h3 id="backlog-heading">{t('search_by_meaning')}</h3>
      {settings.embeddingBegun.value ? (
        <p role="status">{t('embedding_begun')}</p>
      ) : (
        <>
          <p>{tCount('backlog', backlog.pages)}</p>
          <p>{tCount('backlog_cost', backlog.tokens, host)}</p>
          <button
            type="button"
            class="button"
            disabled={settings.working.value !== undefined}
            onClick={() => void settings.startEmbedding()}
          >
            {t('fetch_vectors')}
          </button>
        </>
      )}
    </section>
  );
}
