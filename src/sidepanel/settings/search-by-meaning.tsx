import { t } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';
import type { SettingsState } from '../state/settings-state';
import { BacklogCountingNotice } from './backlog-counting-notice';
import { EmbeddingBacklogNotice } from './embedding-backlog-notice';
import { EmbeddingRunNotice } from './embedding-run-notice';
import { KeptVectors } from './kept-vectors';
import { serverName } from './server-name';

/** Which model's vectors answer questions, what it takes to change that and how far it is, and what is stored and not used. */
export function SearchByMeaning({ settings }: { readonly settings: SettingsState }) {
  const status = settings.embedding.value;
  if (!status) return null;
  const { index, chosen, run } = status;
  const isUseless = index?.problem?.code === 'model-vectors-changed';
  const unused = status.kept.filter(({ key }) => !chosen || (key === index?.key ? isUseless : key !== chosen.key && key !== run?.key));
  const isOffered = chosen !== undefined && (!run || run.state === 'not-chosen') && settings.backlog.value !== undefined;
  const isSwitching = index !== undefined && chosen !== undefined && index.key !== chosen.key;
  const hasOffer = isOffered && (isSwitching || (settings.backlog.value?.pages ?? 0) > 0);
  const counting = settings.counting.value;
  if (!run && !hasOffer && !counting && !isSwitching && !index?.problem && unused.length === 0) return null;
  return (
    <section class="backlog" aria-labelledby="search-by-meaning-heading">
      <h3 id="search-by-meaning-heading">{t('search_by_meaning')}</h3>
      {isSwitching && !index.problem && <p>{t('index_until_switch', index.name, serverName(index.baseUrl))}</p>}
      {chosen && index?.problem && (
        <>
          <p>{t(isUseless ? 'index_useless' : 'index_unreachable', index.name)}</p>
          <ProblemNotice problem={index.problem} />
        </>
      )}
      {run && <EmbeddingRunNotice run={run} settings={settings} />}
      {counting && <BacklogCountingNotice counting={counting} settings={settings} />}
      {isOffered && <EmbeddingBacklogNotice settings={settings} />}
      {unused.length > 0 && <KeptVectors kept={unused} settings={settings} />}
    </section>
  );
}
