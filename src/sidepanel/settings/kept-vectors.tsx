import type { EmbeddingStatus } from '../../protocol/worker-requests';
import { formatBytes } from '../../view/format-bytes';
import { t, tCount } from '../../view/translate';
import { ConfirmDelete } from '../shared/confirm-delete';
import { useAside } from '../shared/use-aside';
import type { SettingsState } from '../state/settings-state';
import { serverName } from './server-name';

interface KeptVectorsProps {
  readonly kept: EmbeddingStatus['kept'];
  readonly settings: SettingsState;
}

/** Vectors that are stored and used for nothing, the space they take, and a way to delete them. */
export function KeptVectors({ kept, settings }: KeptVectorsProps) {
  return (
    <ul class="kept-vectors">
      {kept.map((vectors) => (
        <KeptVectorsRow key={vectors.key} vectors={vectors} settings={settings} />
      ))}
    </ul>
  );
}

function KeptVectorsRow({ vectors, settings }: { readonly vectors: EmbeddingStatus['kept'][number]; readonly settings: SettingsState }) {
  const { aside, open, close, returnTo } = useAside<'deleting'>();
  const { key, name, baseUrl, pages, bytes } = vectors;
  if (aside) {
    const remove = () => void settings.deleteVectors(key);
    return (
      <li>
        <ConfirmDelete question={t('delete_vectors_question', name)} onConfirm={remove} onCancel={close} />
      </li>
    );
  }
  return (
    <li>
      <p>{t('vectors_kept', name, serverName(baseUrl), tCount('pages', pages), formatBytes(bytes))}</p>
      <button type="button" class="button quiet" ref={returnTo} onClick={() => open('deleting')}>
        {t('delete_vectors')}
      </button>
    </li>
  );
}
