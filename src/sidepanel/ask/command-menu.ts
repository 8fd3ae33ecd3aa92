import { builtInCommands } from '../../core/commands';
import { t } from '../../view/translate';
import type { ComposerMenu } from './composer-menu';

/** The commands that a question can begin with. */
export function commandMenu(): ComposerMenu {
  return {
    character: '/',
    label: t('commands'),
    firstWordOnly: true,
    async search(sought) {
      return builtInCommands
        .filter(({ name }) => name.startsWith(sought.toLowerCase()))
        .map(({ name }) => ({ id: name, label: `/${name}`, detail: t(`command_${name}`), replacement: `/${name} ` }));
    },
  };
}
