import type { LeftOut as LeftOutPart } from '../../../core/models/model-parameters';
import { listWords } from '../../../view/list-words';
import { t } from '../../../view/translate';
import { parameterWords } from '../../shared/parameters/parameter-words';

/** What a model was not sent of what was set, and why. */
export function LeftOut({ parts }: { readonly parts: readonly LeftOutPart[] }) {
  const names = parts.flatMap((part) => (part === 'chat' || part === 'systemMessage' ? [] : [t(parameterWords[part].name)]));
  return (
    <>
      {names.length > 0 && <p class="soft small">{t('left_out', listWords(names))}</p>}
      {parts.includes('systemMessage') && <p class="soft small">{t('left_out_system')}</p>}
      {parts.includes('chat') && <p class="soft small">{t('left_out_chat')}</p>}
    </>
  );
}
