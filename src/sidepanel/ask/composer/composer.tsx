import { ArrowUp, Square } from 'lucide';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import type { PictureState } from '../../picture/picture-state';
import { askedOfId } from '../../scope/scope-bar';
import { pageMenu, tagMenu } from '../../scope/scope-menus';
import type { AssistantsState } from '../../state/assistants-state';
import type { ConversationState } from '../../state/conversation-state';
import type { DraftsState } from '../../state/drafts-state';
import { prepareChoices } from '../../state/prepare-choices';
import type { ScopeState } from '../../state/scope-state';
import { commandMenu } from './command-menu';
import { useComposerMenu } from './use-composer-menu';

interface ComposerProps {
  readonly picture: PictureState;
  readonly state: ConversationState;
  readonly scope: ScopeState;
  readonly assistants: AssistantsState;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly drafts: DraftsState;
}

/** Where a question is written. Enter asks, Shift+Enter begins a new line. */
export function Composer({ picture, state, scope, assistants, drafts, input }: ComposerProps) {
  const { text: draft = '' } = drafts.current.value;
  const answering = state.answering.value;
  const conversationId = state.current.value?.id;
  const continuesAfter = state.continuesAfter.value;
  useLayoutEffect(() => input.current?.focus(), [input, conversationId, continuesAfter]);
  const change = (text: string) => drafts.change({ text });
  const usedDraft = picture.usedDraft.value;
  useEffect(() => {
    if (usedDraft === undefined) return;
    picture.usedDraft.value = undefined;
    // What was typed while the form was open stays.
    if (usedDraft === draft) change('');
  });
  const menus = useMemo(() => [commandMenu(assistants), pageMenu(scope), tagMenu(scope)], [assistants, scope]);
  const ask = async () => {
    const question = draft.trim();
    if (!question || answering || scope.isPreparing.value) return;
    menu.close();
    const pictured = /^\/image(?:\s+|$)/i.exec(question);
    if (pictured) {
      picture.open(question.slice(pictured[0].length), draft);
      return;
    }
    const choices = await prepareChoices(question, { scope, assistants });
    // Why it cannot be asked is said, and it stays as it is written: so it does for a conversation that has been left meanwhile.
    if (!choices || state.current.value?.id !== conversationId || !state.ask(question, choices)) return;
    if (drafts.current.value.text === draft) change('');
    scope.asked();
    assistants.asked();
  };
  const menu = useComposerMenu({ input, text: draft, change, menus, ask: () => void ask() });
  const onKeyDown = (event: KeyboardEvent) => {
    if (menu.onKeyDown(event)) return;
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void ask();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      {menu.list}
      <textarea
        ref={input}
        aria-label={t('ask_your_pages')}
        aria-describedby={askedOfId}
        placeholder={t('ask_your_pages')}
        rows={1}
        dir="auto"
        value={draft}
        {...menu.field}
        onInput={(event) => {
          change(event.currentTarget.value);
          menu.look();
        }}
        onKeyDown={onKeyDown}
        onKeyUp={menu.look}
        onClick={menu.look}
        onBlur={menu.close}
      />
      {answering ? (
        <button
          type="button"
          class="send stop"
          title={t('stop_hint')}
          aria-label={t('stop')}
          disabled={state.stopping.value}
          onClick={state.stop}
        >
          <Icon node={Square} />
        </button>
      ) : (
        <button type="submit" class="send" title={t('ask_hint')} aria-label={t('ask')} disabled={!draft.trim()}>
          <Icon node={ArrowUp} />
        </button>
      )}
    </form>
  );
}
