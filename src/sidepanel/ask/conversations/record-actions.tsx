import { Check, Copy, Download } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { conversationMarkdown, type RecordWords } from '../../../core/conversation/conversation-markdown';
import { pairMessages } from '../../../core/conversation/pair-messages';
import { safeFileName } from '../../../core/files/safe-file-name';
import { formatDate } from '../../../view/format-date';
import { Icon } from '../../../view/icon';
import { placeWords } from '../../../view/place-words';
import { t } from '../../../view/translate';
import type { Client } from '../../client';
import type { ConversationState } from '../../state/conversation-state';

interface RecordActionsProps {
  readonly state: ConversationState;
  readonly client: Pick<Client, 'saveText' | 'copyText'>;
}

const toldForMs = 3_000;

/** The shown branch as Markdown with its sources: to keep as a file, or to paste. */
export function RecordActions({ state, client }: RecordActionsProps) {
  const [told, setTold] = useState<'copied' | 'failed'>();
  useEffect(() => {
    const timer = setTimeout(() => setTold(undefined), toldForMs);
    return () => clearTimeout(timer);
  }, [told]);
  const write = () => {
    const conversation = state.current.value;
    return conversation && conversationMarkdown(conversation, pairMessages(state.branch.value), recordWords());
  };
  const copy = async () => {
    try {
      await client.copyText(write() ?? '');
      setTold('copied');
    } catch {
      setTold('failed');
    }
  };
  const save = () => {
    const text = write();
    if (text) client.saveText(`${safeFileName(state.current.value?.title ?? '') || 'conversation'}.md`, text);
  };
  return (
    <>
      <button
        type="button"
        class="icon-button"
        title={t('copy_conversation')}
        aria-label={t('copy_conversation')}
        onClick={() => void copy()}
      >
        <Icon node={told === 'copied' ? Check : Copy} />
      </button>
      <button type="button" class="icon-button" title={t('save_conversation')} aria-label={t('save_conversation')} onClick={save}>
        <Icon node={Download} />
      </button>
      <span class={told === 'failed' ? 'small' : 'visually-hidden'} role="status">
        {told === 'copied' && t('conversation_copied')}
        {told === 'failed' && t('conversation_not_copied')}
      </span>
    </>
  );
}

function recordWords(): RecordWords {
  return {
    nothingFound: t('nothing_found'),
    cutOff: t('answer_cut_off'),
    details: (source) => [
      source.site,
      placeWords(source) ?? '',
      source.published ? formatDate(source.published) : t('saved_on', formatDate(source.capturedAt)),
    ],
  };
}
