import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationId } from '../../../core/conversation/conversation';
import { t, tCount } from '../../../view/translate';
import { ProblemNotice } from '../../shared/problem-notice';
import { useVirtualRows } from '../../shared/use-virtual-rows';
import type { ConversationState } from '../../state/conversation-state';
import { ConversationRow } from './conversation-row';
import { FoundConversationRow } from './found-conversation-row';

interface ConversationListProps {
  readonly state: ConversationState;
  readonly onDone: () => void;
}

/** A title, and its day. */
const usualRowPx = 54;

/** All conversations, to search, open, rename or delete. */
export function ConversationList({ state, onDone }: ConversationListProps) {
  const { find } = state;
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
    find.begin();
  }, [find]);
  const found = find.found.value;
  return (
    <div class="conversation-list">
      <search class="conversation-search">
        <input
          ref={box}
          class="field"
          type="search"
          aria-label={t('search_conversations')}
          placeholder={t('search_conversations')}
          maxLength={2_000}
          dir="auto"
          autocomplete="off"
          value={find.text}
          onInput={(event) => void find.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            const [first] = find.found.value ?? [];
            if (!first) return;
            onDone();
            void state.open(first.conversation, first.message?.id);
          }}
        />
        <p class="visually-hidden" role="status">
          {found && tCount('conversations_found', found.length)}
        </p>
      </search>
      {find.problem.value && <ProblemNotice problem={find.problem.value} />}
      {found ? (
        <ul aria-label={t('conversations_that_match')}>
          {found.map((one) => (
            <FoundConversationRow key={one.conversation.id} found={one} state={state} onDone={onDone} />
          ))}
          {found.length === 0 && <li class="soft no-conversations">{t('no_conversation_matches')}</li>}
        </ul>
      ) : (
        <AllConversations
          state={state}
          onDone={onDone}
          onDelete={(id) => {
            // The row that had the keyboard goes.
            box.current?.focus();
            void state.remove(id);
          }}
        />
      )}
    </div>
  );
}

interface AllConversationsProps extends ConversationListProps {
  readonly onDelete: (id: ConversationId) => void;
}

/** Only the rows in sight are drawn. */
function AllConversations({ state, onDone, onDelete }: AllConversationsProps) {
  const conversations = state.conversations.value;
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number>();
  const { rows, heightPx, measure } = useVirtualRows({
    list,
    scroller: '.conversation-list',
    count: conversations.length,
    keyOf: (index) => conversations[index]?.id ?? index,
    rowHeightPx: usualRowPx,
    kept: focused,
  });
  if (conversations.length === 0) return <p class="soft no-conversations">{t('no_conversations')}</p>;
  return (
    <ul
      ref={list}
      class="listed-conversations"
      aria-label={t('conversations')}
      style={{ height: `${heightPx}px` }}
      onFocusIn={(event) => {
        const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
        if (row) setFocused(Number(row.getAttribute('data-index')));
      }}
      onFocusOut={() => setFocused(undefined)}
    >
      {rows.map(({ key, index, topPx }) => {
        const conversation = conversations[index];
        return (
          <li
            key={key}
            ref={measure}
            data-index={index}
            aria-setsize={conversations.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${topPx}px)` }}
          >
            {conversation && (
              <ConversationRow conversation={conversation} state={state} onDone={onDone} onDelete={() => onDelete(conversation.id)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
