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
      const image = { id: 'image', label: '/image', detail: t('command_image'), replacement: '/image ' };
      const commands = builtInCommands
        .filter(({ name }) => name.startsWith(sought.toLowerCase()))
        .map(({ name }) => ({ id: name, label: `/${name}`, detail: t(`command_${name}`), replacement: `/${name} ` }));
      return 'image'.startsWith(sought.toLowerCase()) ? [...commands, image] : commands;
    },
  };
}
