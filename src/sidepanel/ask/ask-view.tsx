import { Columns2 } from 'lucide';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { bytesOfBase64 } from '../../core/bytes/base64';
import type { MessageId } from '../../core/conversation/conversation';
import type { Page, PageId } from '../../core/pages/page';
import { problemOf } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import { Icon } from '../../view/icon';
import { t, tCount } from '../../view/translate';
import { AssistantChoice } from '../assistants/assistant-choice';
import { PromptPreview } from '../assistants/prompt-preview';
import type { Client } from '../client';
import { ComparisonView } from '../comparison/comparison-view';
import { PictureForm } from '../picture/picture-form';
import type { PictureState } from '../picture/picture-state';
import { ScopeBar } from '../scope/scope-bar';
import { ProblemNotice } from '../shared/problem-notice';
import type { AssistantsState } from '../state/assistants-state';
import type { ComparisonState } from '../state/comparison-state';
import type { ConversationState } from '../state/conversation-state';
import type { DraftsState } from '../state/drafts-state';
import type { LibraryState } from '../state/library-state';
import { prepareChoices } from '../state/prepare-choices';
import type { ScopeState } from '../state/scope-state';
import type { SettingsState } from '../state/settings-state';
import type { SpeechState } from '../state/speech-state';
import type { SpendingState } from '../state/spending-state';
import type { SuggestionsState } from '../state/suggestions-state';
import type { TabState } from '../state/tab-state';
import type { VerdictState } from '../state/verdict-state';
import type { AnswerActions } from './answer/answer';
import type { BranchActions } from './answer/answer-branches';
import type { AnswerToolActions } from './answer/answer-tools';
import { BranchComparisonView } from './answer/branch-comparison-view';
import { sourceActions } from './answer/source-actions';
import { CapNotice } from './cap-notice';
import { PageCard } from './cards/page-card';
import { previewedPages } from './cards/previewed-pages';
import { Composer } from './composer/composer';
import { Conversation } from './conversation';
import { ConversationBar } from './conversations/conversation-bar';
import { DeletedConversations } from './conversations/deleted-conversations';
import { RetirementNotice } from './retirement-notice';
import { OfferedQuestions, SuggestedQuestions } from './suggested-questions';

interface AskViewProps {
  readonly client: Pick<Client, 'send' | 'saveBlob' | 'openQuotation' | 'openSavedCopy' | 'saveText' | 'copyText'>;
  readonly tab: TabState;
  readonly library: LibraryState;
  readonly conversation: ConversationState;
  readonly scope: ScopeState;
  readonly comparison: ComparisonState;
  readonly settings: SettingsState;
  readonly spending: SpendingState;
  readonly picture: PictureState;
  readonly suggestions: SuggestionsState;
  readonly assistants: AssistantsState;
  readonly speech: SpeechState;
  readonly drafts: DraftsState;
  readonly verdicts: VerdictState;
  readonly onOpenSettings: () => void;
  readonly onSaveTabs: () => void;
}

/** The page in the tab, then the conversation, then the place to ask. */
export function AskView(props: AskViewProps) {
  const {
    client,
    tab,
    library,
    conversation,
    scope,
    assistants,
    spending,
    picture,
    suggestions,
    comparison,
    settings,
    speech,
    drafts,
    verdicts,
    onOpenSettings,
    onSaveTabs,
  } = props;
  const input = useRef<HTMLTextAreaElement>(null);
  const focusInput = useCallback(() => input.current?.focus(), []);
  const [isPreviewed, setPreviewed] = useState(false);
  const togglePreview = useCallback(() => setPreviewed((was) => !was), []);
  const problem = conversation.problem.value;
  const saved = tab.status.value?.saved;
  const branches = conversation.branchComparison.value;
  const openPicture = useCallback(
    (questionId: MessageId) => {
      const asked = conversation.pictureAsked(questionId);
      if (asked) picture.openAgain(asked);
      return asked !== undefined;
    },
    [conversation, picture],
  );
  const isComparing = branches !== undefined;
  // The answer that is read aloud is hidden then.
  useEffect(() => {
    if (isComparing) speech.stop();
  }, [isComparing, speech]);
  const actions = useMemo<AnswerActions & BranchActions & AnswerToolActions>(
    () => ({
      ...sourceActions(client),
      // Nobody who opens a page waits for this, or is helped by hearing that it failed.
      onOpened: (answerId, source) => void client.send('answer/opened', { answerId, source }).catch(() => {}),
      onOpenSettings,
      onCopy: client.copyText,
      speech,
      verdicts,
      onPicture: openPicture,
      onAnswerAgain: async (questionId) => {
        if (openPicture(questionId)) return;
        const exchange = conversation.exchanges.value.find(({ asked }) => asked?.id === questionId);
        if (!exchange || conversation.answering.value) return;
        const choices = await prepareChoices(exchange.question, { scope, assistants });
        if (choices) conversation.answerAgain(questionId, choices);
      },
      onEditQuestion: async (questionId, text) => {
        const choices = await prepareChoices(text, { scope, assistants });
        return choices !== undefined && conversation.edit(questionId, text, choices);
      },
      onReadPicture: async (pictureId) => {
        const { type, base64 } = await client.send('picture/read', { pictureId });
        return new Blob([bytesOfBase64(base64)], { type });
      },
      onSavePicture: client.saveBlob,
    }),
    [client, conversation, scope, assistants, speech, verdicts, openPicture, onOpenSettings],
  );
  // It may have been set since this was last in view.
  useEffect(() => void settings.readChatModel().catch(() => {}), [settings]);
  const askOfPage = async (question: string, pageId: PageId) => {
    try {
      const besides = await assistants.prepare(question);
      const knowledge: Pick<AskChoices, 'knowledge'> = scope.mayBeOwn.value ? { knowledge: 'pages-and-model' } : {};
      if (!conversation.ask(question, { ...knowledge, ...besides, scope: { pageIds: [pageId] } })) return;
      scope.asked();
      assistants.asked();
    } catch (error) {
      scope.problem.value = problemOf(error);
    }
  };
  const suggesting = (page: Page) => ({ suggestions, page, onAsk: (question: string) => void askOfPage(question, page.id) });
  if (comparison.isOpen.value) {
    return (
      <div class="ask-view">
        <ComparisonView comparison={comparison} settings={settings} actions={actions} />
      </div>
    );
  }
  return (
    <div class="ask-view">
      <PageCard tab={tab} library={library} />
      <ConversationBar state={conversation} client={client} onGone={focusInput} />
      <div class="conversation">
        {problem && problem.code !== library.problem.value?.code && <ProblemNotice problem={problem} />}
        {conversation.isEmpty.value && <NothingAsked library={library} />}
        {conversation.isEmpty.value && saved && <SuggestedQuestions {...suggesting(saved)} />}
        {branches && <BranchComparisonView comparison={branches} state={conversation} verdicts={verdicts} />}
        <div hidden={isComparing}>
          <Conversation state={conversation} actions={actions} />
          {saved && isOffered(saved, conversation) && <OfferedQuestions {...suggesting(saved)} />}
        </div>
      </div>
      {isPreviewed && (
        <NextPrompt client={client} tab={tab} conversation={conversation} scope={scope} assistants={assistants} drafts={drafts} />
      )}
      <DeletedConversations state={conversation} onPressed={focusInput} />
      <CapNotice spending={spending} onOpenSettings={onOpenSettings} />
      <RetirementNotice model={settings.chatModel.value} memory={localStorage} onOpenSettings={onOpenSettings} />
      {/* The pages have no part in a picture. */}
      {picture.prompt.value === undefined && (
        <ScopeBar scope={scope} tab={tab} library={library} assistants={assistants} onSaveTabs={onSaveTabs} input={input}>
          <AssistantChoice assistants={assistants} isPreviewed={isPreviewed} onPreview={togglePreview} />
          {settings.chatModel.value !== '' && (
            <button
              type="button"
              class="icon-button compare-opener"
              title={t('compare_models')}
              aria-label={t('compare_models')}
              disabled={conversation.answering.value}
              onClick={() => void comparison.open(input.current?.value ?? '')}
            >
              <Icon node={Columns2} />
            </button>
          )}
        </ScopeBar>
      )}
      <PictureForm form={picture} settings={settings} spending={spending} conversation={conversation} />
      <Composer picture={picture} state={conversation} scope={scope} assistants={assistants} drafts={drafts} input={input} />
    </div>
  );
}

type NextPromptProps = Pick<AskViewProps, 'client' | 'tab' | 'conversation' | 'scope' | 'assistants' | 'drafts'>;

/** What asking now would send. */
function NextPrompt({ client, tab, conversation, scope, assistants, drafts }: NextPromptProps) {
  const { text: draft = '' } = drafts.current.value;
  const saved = tab.status.value?.saved;
  const { choices: pages, isPartUnread } = previewedPages(scope.chosen.value, saved, scope.openTabs);
  const inScope: AskChoices = { ...pages, ...(scope.mayBeOwn.value ? { knowledge: 'pages-and-model' } : {}) };
  // Stand-ins are shown for what nothing is known of.
  const question = pages ? draft : '';
  const conversationId = conversation.current.value?.id;
  const parentId = conversation.nextParentId();
  // An answer that failed is written anew in its place: what is told of the conversation is then another.
  const isAnswering = conversation.answering.value;
  const about = JSON.stringify([draft, question, inScope, conversationId, parentId, isAnswering, assistants.chosen.value, saved?.id]);
  return (
    <PromptPreview
      client={client}
      about={about}
      isPartUnread={isPartUnread}
      order={async () => ({
        question,
        choices: { ...inScope, ...(await assistants.prepare(draft)) },
        ...(conversationId ? { conversationId } : {}),
        parentId,
      })}
    />
  );
}

const justSavedMs = 10 * 60_000;

/** A page that was saved a moment ago, while the conversation is about something else. */
function isOffered({ id, capturedAt }: Page, { isEmpty, answering, lastChoices }: ConversationState): boolean {
  if (isEmpty.value || answering.value || Date.now() - capturedAt > justSavedMs) return false;
  return !lastChoices.value.scope?.pageIds?.includes(id);
}

/** What to do next, when nothing has been asked yet. */
function NothingAsked({ library }: { readonly library: LibraryState }) {
  const pages = library.overview.value?.pages;
  if (pages === undefined) return null;
  return (
    <div class="empty">
      <p class="empty-title">{pages === 0 ? t('ask_empty_title_no_pages') : t('ask_empty_title')}</p>
      <p class="soft">{pages === 0 ? t('ask_empty_no_pages') : tCount('ask_empty', pages)}</p>
    </div>
  );
}
