import { Check, Copy, Hash, Pause, Play, Quote, Square, Volume2 } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { answerAsMarkdown, answerAsText, answerWithSources } from '../../../core/conversation/answer-copy';
import type { Source } from '../../../core/conversation/conversation';
import { formatDate } from '../../../view/format-date';
import { Icon } from '../../../view/icon';
import { placeWords } from '../../../view/place-words';
import { t } from '../../../view/translate';
import type { ShownAnswer } from '../../state/exchange';
import type { SpeechState } from '../../state/speech-state';

export interface AnswerToolActions {
  readonly onCopy: (text: string) => Promise<void>;
  readonly speech: SpeechState;
}

interface AnswerToolsProps extends AnswerToolActions {
  /** No other answer has it. */
  readonly id: string;
  readonly answer: ShownAnswer;
}

const ways = [
  { name: 'text', icon: Copy, label: 'copy_answer', write: answerAsText },
  { name: 'markdown', icon: Hash, label: 'copy_answer_markdown', write: answerAsMarkdown },
  { name: 'sources', icon: Quote, label: 'copy_answer_sources', write: (answer: ShownAnswer) => answerWithSources(answer, details) },
] as const;

const toldForMs = 3_000;

/** What can be taken along of an answer: its words, its Markdown, its words with their sources; and its voice. */
export function AnswerTools({ id, answer, onCopy, speech }: AnswerToolsProps) {
  const [told, setTold] = useState<(typeof ways)[number]['name'] | 'failed'>();
  useEffect(() => {
    const timer = setTimeout(() => setTold(undefined), toldForMs);
    return () => clearTimeout(timer);
  }, [told]);
  if (answer.text === '' && answer.sources.length === 0) return null;
  return (
    <>
      {ways.map(({ name, icon, label, write }) => (
        <button
          key={name}
          type="button"
          class="icon-button small"
          title={t(label)}
          aria-label={t(label)}
          onClick={() =>
            void onCopy(write(answer)).then(
              () => setTold(name),
              () => setTold('failed'),
            )
          }
        >
          <Icon node={told === name ? Check : icon} />
        </button>
      ))}
      <ReadAloud id={id} answer={answer} speech={speech} />
      <span class={told === 'failed' ? 'small' : 'visually-hidden'} role="status">
        {told && t(told === 'failed' ? 'answer_not_copied' : 'answer_copied')}
      </span>
    </>
  );
}

/** Not there where this computer has no voice. */
function ReadAloud({ id, answer, speech }: Omit<AnswerToolsProps, 'onCopy'>) {
  const reading = speech.reading.value;
  const isRead = reading?.id === id;
  // With the answer out of view, nothing would be left to stop it by.
  useEffect(
    () => () => {
      if (speech.reading.peek()?.id === id) speech.stop();
    },
    [id, speech],
  );
  if (speech.voices.value.length === 0) return null;
  if (!isRead) {
    return <ToolButton label={t('read_aloud')} icon={Volume2} onClick={() => void speech.read(id, answerAsText(answer))} />;
  }
  return (
    <>
      <ToolButton
        label={t(reading.isPaused ? 'resume_reading' : 'pause_reading')}
        icon={reading.isPaused ? Play : Pause}
        onClick={speech.togglePause}
      />
      <ToolButton label={t('stop_reading')} icon={Square} onClick={speech.stop} />
    </>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly icon: typeof Copy;
  readonly onClick: () => void;
}

function ToolButton({ label, icon, onClick }: ToolButtonProps) {
  return (
    <button type="button" class="icon-button small" title={label} aria-label={label} onClick={onClick}>
      <Icon node={icon} />
    </button>
  );
}

function details(source: Source): string[] {
  return [
    source.site,
    placeWords(source) ?? '',
    source.published ? formatDate(source.published) : t('saved_on', formatDate(source.capturedAt)),
  ];
}
