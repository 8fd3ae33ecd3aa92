import { X } from 'lucide';
import type { SiteRule } from '../../core/capture/auto-save';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { AutoSaveState } from '../state/auto-save-state';

interface SiteRuleRowProps {
  readonly rule: SiteRule;
  /** False when the browser does not let the extension read what the rule is about. */
  readonly isAllowed: boolean;
  readonly autoSave: AutoSaveState;
}

/** What happens on a site, and what to do when the browser no longer allows it. */
export function SiteRuleRow({ rule, isAllowed, autoSave }: SiteRuleRowProps) {
  const name = rule.pattern === '*' ? t('all_sites') : rule.pattern;
  const words = rule.action === 'never' ? t('rule_never') : isAllowed ? t('rule_save') : t('rule_not_allowed');
  return (
    <li class="site-rule">
      <div class="site-rule-words">
        <p class="site-rule-name">{name}</p>
        <p class={rule.action === 'save' && !isAllowed ? 'small site-rule-missing' : 'soft small'}>{words}</p>
        {rule.action === 'save' && !isAllowed && (
          <button type="button" class="button" onClick={() => void autoSave.askAgain(rule)}>
            {t('ask_browser_again')}
          </button>
        )}
      </div>
      <button
        type="button"
        class="icon-button"
        title={t('remove_rule', name)}
        aria-label={t('remove_rule', name)}
        onClick={() => void autoSave.removeRule(rule.pattern)}
      >
        <Icon node={X} />
      </button>
    </li>
  );
}
