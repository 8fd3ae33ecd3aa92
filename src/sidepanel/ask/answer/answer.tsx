import { useContext, useMemo, useState } from 'preact/hooks';
import type { MessageId, Source } from '../../../core/conversation/conversation';
import type { PictureId } from '../../../core/conversation/picture';
import type { ProblemCode } from '../../../core/problem';
import type { QuotationSeen } from '../../../protocol/worker-requests';
import { t, tCount } from '../../../view/translate';
import { Picture } from '../../picture/picture';
import { ProblemNotice } from '../../shared/problem-notice';
import type { ShownAnswer } from '../../state/exchange';
import { annotateAnswer, shownNumbers } from './annotate-answer';
import { AnswerReport } from './answer-report';
import { AnswerText } from './answer-text';
import { Citations } from './citation';
import { LeftOut } from './left-out';
import { OwnWords } from './own-words';
import { Quotation } from './quotation';
import { wordsCiting } from './words-citing';

export interface AnswerActions {
  /** Opens the page of a source where it says the quotation, or its saved copy where the page no longer does. */
  readonly onOpenLive: (source: Source, quote: string) => Promise<QuotationSeen>;
  readonly onOpenSaved: (source: Source) => void;
  /** Told of each source that is opened, in either way. */
  readonly onOpened: (answerId: MessageId, source: number) => void;
  readonly onOpenSettings: () => void;
  readonly onReadPicture: (pictureId: PictureId) => Promise<Blob>;
  readonly onSavePicture: (name: string, picture: Blob) => void;
}

interface AnswerProps extends AnswerActions {
  readonly question: string;
  readonly answer: ShownAnswer;
  /** Absent until it is known to be stored. */
  readonly answerId?: MessageId | undefined;
  readonly onAskAgain: () => void;
}

/** What came of one question: being written, written, quoted, or not to be had. */
export function Answer({
  question,
  answer,
  answerId,
  onAskAgain,
  onOpenLive,
  onOpenSaved,
  onOpened,
  onOpenSettings,
  onReadPicture,
  onSavePicture,
}: AnswerProps) {
  const { status, kind, text, sources, check, problem, assistant, fallback } = answer;
  const [unread, setUnread] = useState<ReadonlySet<number>>(new Set());
  const citations = useMemo(() => {
    const noteOpened = ({ number }: Source) => {
      if (answerId) onOpened(answerId, number);
    };
    const openLive = async (source: Source, quote: string) => {
      noteOpened(source);
      if ((await onOpenLive(source, quote)) === 'unread') setUnread((before) => new Set([...before, source.number]));
    };
    return {
      sources,
      answer: text,
      check,
      unread,
      onOpenLive: (source: Source, quote: string) => void openLive(source, quote),
      onOpenSaved(source: Source) {
        noteOpened(source);
        onOpenSaved(source);
      },
    };
  }, [sources, text, check, unread, answerId, onOpenLive, onOpenSaved, onOpened]);
  const isStreaming = status === 'streaming';
  const annotated = useMemo(() => (isStreaming ? '' : annotateAnswer(text, check)), [isStreaming, text, check]);
  return (
    <Citations.Provider value={citations}>
      <div class="answer" aria-busy={isStreaming}>
        {isStreaming && !text && <Waiting answer={answer} />}
        {text && (
          <div class={isStreaming ? 'prose answer-text being-written' : 'prose answer-text'}>
            <AnswerText text={isStreaming ? text : annotated} answer={answer} />
          </div>
        )}
        {answer.picture && <Picture picture={answer.picture} onRead={onReadPicture} onSave={onSavePicture} />}
        {status === 'stopped' && <p class="soft small">{t('answer_stopped')}</p>}
        {problem && (
          <ProblemNotice problem={problem}>
            {needsSettings(problem.code) ? (
              <button type="button" class="button" onClick={onOpenSettings}>
                {t('open_settings')}
              </button>
            ) : (
              <button type="button" class="button" onClick={onAskAgain}>
                {t('try_again')}
              </button>
            )}
          </ProblemNotice>
        )}
        {status === 'complete' && assistant && fallback && <OwnWords assistant={assistant} fallback={fallback} />}
        {status === 'complete' && kind === 'nothing-found' && !fallback && <NothingFound isNarrowed={answer.report.scope !== undefined} />}
        {status === 'complete' && kind === 'quoted' && <QuotedLabel count={sources.length} onOpenSettings={onOpenSettings} />}
        {!isStreaming && <Sources question={question} answer={answer} />}
        {!isStreaming && answer.leftOut && <LeftOut parts={answer.leftOut} />}
        {!isStreaming && (answer.report.pagesSearched > 0 || answer.report.scope || answer.picture) && <AnswerReport answer={answer} />}
      </div>
    </Citations.Provider>
  );
}

/** Sources named while nothing has been written; all of them stand under the answer later. */
const sourcesNamed = 4;

/** What is being done, and from the moment it is known, what the answer will rest on. */
function Waiting({ answer: { kind, report, sources } }: { readonly answer: ShownAnswer }) {
  return (
    <>
      <p class="waiting soft">
        {kind === 'picture' ? t('making_picture') : sources.length > 0 ? tCount('reading_passages', report.passagesUsed) : t('searching')}
      </p>
      {sources.length > 0 && (
        <ul class="early-sources small soft" aria-label={t('sources')}>
          {pagesOf(sources)
            .slice(0, sourcesNamed)
            .map(({ number, title, site }) => (
              <li key={number} dir="auto">
                {title} · {site}
              </li>
            ))}
        </ul>
      )}
    </>
  );
}

/** The first source of each page. */
function pagesOf(sources: readonly Source[]): Source[] {
  return sources.filter(({ pageId }, index) => sources.findIndex((other) => other.pageId === pageId) === index);
}

function NothingFound({ isNarrowed }: { readonly isNarrowed: boolean }) {
  return (
    <>
      <p>{t(isNarrowed ? 'nothing_found_in_scope' : 'nothing_found')}</p>
      <p class="soft">{t(isNarrowed ? 'nothing_found_in_scope_next' : 'nothing_found_next')}</p>
    </>
  );
}

function QuotedLabel({ count, onOpenSettings }: { readonly count: number; readonly onOpenSettings: () => void }) {
  return (
    <p class="soft">
      {tCount('quoted_label', count)}{' '}
      <button type="button" class="text-button" onClick={onOpenSettings}>
        {t('quoted_settings')}
      </button>
    </p>
  );
}

/** The passages that the text cites, then those that were only read. When there is no text, all of them are the answer. */
function Sources({ question, answer }: Pick<AnswerProps, 'question' | 'answer'>) {
  const { unread, onOpenLive, onOpenSaved } = useContext(Citations);
  const { sources, text, kind, check } = answer;
  if (sources.length === 0) return null;
  const support = check?.sentences.flatMap((sentence) => sentence.support) ?? [];
  const numbers = shownNumbers(text, check);
  const cited = kind === 'quoted' ? sources : sources.filter(({ number }) => numbers.includes(number));
  const others = sources.filter((source) => !cited.includes(source));
  const quotation = (source: Source) => (
    <li key={source.number}>
      <Quotation
        source={source}
        about={wordsCiting(source.number, text) || question}
        support={support.filter((each) => each.source === source.number)}
        isNumbered={kind === 'written'}
        isUnread={unread.has(source.number)}
        onOpenLive={onOpenLive}
        onOpenSaved={onOpenSaved}
      />
    </li>
  );
  return (
    <div class="sources">
      {cited.length > 0 && <ol aria-label={t('sources')}>{cited.map(quotation)}</ol>}
      {others.length > 0 && (
        <details>
          <summary>{tCount(cited.length > 0 ? 'more_passages_read' : 'passages_read', others.length)}</summary>
          <ol>{others.map(quotation)}</ol>
        </details>
      )}
    </div>
  );
}

const settingsProblems: ReadonlySet<ProblemCode> = new Set([
  'model-address-invalid',
  'model-permission-missing',
  'model-key-refused',
  'model-unknown',
  'tuned-model-gone',
  'model-quota',
  'spending-cap',
  'model-context-too-long',
  'model-request-refused',
]);

/** Whether what is wrong can be mended in Settings; else asking again is the thing to do. */
function needsSettings(code: ProblemCode): boolean {
  return settingsProblems.has(code);
}
