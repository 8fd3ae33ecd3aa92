import { ArrowUp, Square } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../view/icon';
import { t } from '../../view/translate';
import type { ConversationState } from '../state/conversation-state';

interface ComposerProps {
  readonly state: ConversationState;
  /** Keeps what has been typed, over closing the panel. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
}

const memoryKey = 'draft';

/** Where a question is written. Enter asks, Shift+Enter begins a new line. */
export function Composer({ state, memory }: ComposerProps) {
  const [draft, setDraft] = useState(memory.getItem(memoryKey) ?? '');
  const input = useRef<HTMLTextAreaElement>(null);
  const answering = state.answering.value;
  const conversationId = state.current.value?.id;
  useEffect(() => input.current?.focus(), [conversationId]);
  const change = (text: string) => {
    setDraft(text);
    memory.setItem(memoryKey, text);
  };
  const ask = () => {
    const question = draft.trim();
    if (!question || answering) return;
    change('');
    state.ask(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <textarea
        ref={input}
        aria-label={t('ask_your_pages')}
        placeholder={t('ask_your_pages')}
        rows={1}
        dir="auto"
        value={draft}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
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
