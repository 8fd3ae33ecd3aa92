import { ChevronDown, MessageSquarePlus } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../../view/icon';
import { t } from '../../../view/translate';
import type { Client } from '../../client';
import { useCloseOutside } from '../../shared/use-close-outside';
import type { ConversationState } from '../../state/conversation-state';
import { ConversationList } from './conversation-list';
import { RecordActions } from './record-actions';

interface ConversationBarProps {
  readonly state: ConversationState;
  readonly client: Pick<Client, 'saveText' | 'copyText'>;
  /** The last conversation has gone out of the list that was open, and the bar with it: the keyboard has to go on elsewhere. */
  readonly onGone: () => void;
}

/** Which conversation this is, the others behind it, and a way to a new one. */
export function ConversationBar({ state, client, onGone }: ConversationBarProps) {
  const [isOpen, setOpen] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useCloseOutside(bar, isOpen, () => setOpen(false));
  const current = state.current.value;
  const isNeeded = current !== undefined || state.conversations.value.length > 0;
  useEffect(() => {
    if (isNeeded || !isOpen) return;
    setOpen(false);
    onGone();
  }, [isNeeded, isOpen, onGone]);
  if (!isNeeded) return null;
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only closes the list inside
    <div
      class="conversation-bar"
      ref={bar}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <button type="button" class="conversation-opener" aria-expanded={isOpen} ref={opener} onClick={() => setOpen(!isOpen)}>
        <span dir="auto">{current?.title ?? t('earlier_conversations')}</span>
        <Icon node={ChevronDown} />
      </button>
      {current && <RecordActions state={state} client={client} />}
      {current && (
        <button type="button" class="icon-button" title={t('new_conversation')} aria-label={t('new_conversation')} onClick={state.startNew}>
          <Icon node={MessageSquarePlus} />
        </button>
      )}
      {isOpen && <ConversationList state={state} onDone={close} />}
    </div>
  );
}
