import { builtInCommands, pictureCommand } from '../../../core/conversation/commands';
import { t } from '../../../view/translate';
import type { AssistantsState } from '../../state/assistants-state';
import type { ComposerMenu, MenuItem } from './composer-menu';

/** The commands that a question can begin with: those that are built in, then the assistants that are called by one. */
export function commandMenu(assistants: Pick<AssistantsState, 'offered'>): ComposerMenu {
  return {
    character: '/',
    label: t('commands'),
    firstWordOnly: true,
    async search(sought) {
      const item = (name: string, detail: string): MenuItem => ({ id: name, label: `/${name}`, detail, replacement: `/${name} ` });
      const called = assistants.offered.value.flatMap(({ command, name }) => (command ? item(command, name) : []));
      const image = item(pictureCommand, t('command_image'));
      return [...builtInCommands.map(({ name }) => item(name, t(`command_${name}`))), image, ...called].filter(({ id }) =>
        id.startsWith(sought.toLowerCase()),
      );
    },
  };
}
