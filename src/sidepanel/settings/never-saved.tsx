import { builtInDenials, type DenialKind } from '../../core/capture/built-in-denials';
import { writtenPattern } from '../../core/capture/site-pattern';
import { type MessageKey, t } from '../../view/translate';

const names: Readonly<Record<DenialKind, MessageKey>> = {
  'sign-in': 'denial_sign_in',
  checkout: 'denial_checkout',
  banking: 'denial_banking',
  health: 'denial_health',
  mail: 'denial_mail',
  search: 'denial_search',
  local: 'denial_local',
};

/** What is never saved by itself, down to each pattern. */
export function NeverSaved() {
  return (
    <details class="never-saved">
      <summary>{t('never_saved')}</summary>
      <ul>
        <li>{t('denial_private')}</li>
        <li>{t('denial_secret_field')}</li>
        <li>{t('denial_browser')}</li>
        {builtInDenials.map(({ kind, patterns }) => (
          <li key={kind}>
            <p>{t(names[kind])}</p>
            <p class="soft small" lang="zxx" translate={false}>
              {patterns.map(writtenPattern).join(', ')}
            </p>
          </li>
        ))}
      </ul>
      <p class="soft small">{t('denial_overrule')}</p>
    </details>
  );
}
