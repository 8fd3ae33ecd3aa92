import { useEffect, useState } from 'preact/hooks';
import { type Problem, problemOf } from '../../core/problem';
import type { ChatMessage } from '../../core/prompt/build-prompt';
import type { PromptPreview as Preview, PreviewOrder } from '../../protocol/prompt-preview';
import { type MessageKey, t } from '../../view/translate';
import type { Client } from '../client';
import { ProblemNotice } from '../shared/problem-notice';

interface PromptPreviewProps {
  readonly client: Pick<Client, 'send'>;
  /** Gives what would be asked now; called anew when `about` changes. */
  readonly order: () => Promise<PreviewOrder>;
  /** Stands for all that the order depends on. */
  readonly about: string;
  /** Part of what would be asked is not saved: it is read only when one asks. */
  readonly isPartUnread?: boolean;
}

/** The person types on meanwhile: counting costs the worker more than it is worth for each letter. */
const settleMs = 300;

const roles: Record<ChatMessage['role'], MessageKey> = {
  system: 'preview_instructions',
  user: 'preview_request',
  assistant: 'preview_earlier_answer',
};

/** What a model would be sent, to the letter, and how many tokens each part of it has. */
export function PromptPreview({ client, order, about, isPartUnread = false }: PromptPreviewProps) {
  const [preview, setPreview] = useState<Preview>();
  const [problem, setProblem] = useState<Problem>();
  const [isWorking, setWorking] = useState(true);
  useEffect(() => {
    let isStale = false;
    setWorking(true);
    const timer = setTimeout(async () => {
      try {
        const made = await client.send('prompt/preview', await order());
        if (isStale) return;
        setPreview(made);
        setProblem(undefined);
      } catch (error) {
        if (isStale) return;
        setPreview(undefined);
        setProblem(problemOf(error));
      }
      setWorking(false);
    }, settleMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [client, about]);
  return (
    <section class="prompt-preview" aria-label={t('preview')} aria-busy={isWorking}>
      {!preview && !problem && <p class="soft small">{t('preview_working')}</p>}
      {problem && <ProblemNotice problem={problem} />}
      {preview && <Counts preview={preview} />}
      {isPartUnread && <p class="small">{t('preview_unread')}</p>}
      {preview?.messages.length === 0 && !isPartUnread && <p>{t('preview_nothing_found')}</p>}
      {preview?.isSample && <p class="soft small">{t('preview_sample')}</p>}
      {preview?.mayDiffer && <p class="soft small">{t('preview_may_differ')}</p>}
      {preview && preview.messages.length > 0 && (
        <ol>
          {preview.messages.map(({ role, content }, index) => (
            <li key={index}>
              <h5>{t(role === 'user' && index < preview.messages.length - 1 ? 'preview_earlier_question' : roles[role])}</h5>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
              <pre tabIndex={0} dir="auto">
                {content}
              </pre>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Counts({ preview: { tokens, contextTokens } }: { readonly preview: Preview }) {
  const { instructions, conversation, passages, question } = tokens;
  const parts = [
    t('preview_tokens_instructions', instructions),
    conversation > 0 && t('preview_tokens_conversation', conversation),
    t('preview_tokens_passages', passages),
    t('preview_tokens_question', question),
  ];
  return (
    <p class="small" role="status">
      <strong>{t('preview_tokens', instructions + conversation + passages + question, contextTokens)}</strong>{' '}
      <span class="soft">{parts.filter(Boolean).join(' · ')}</span>
    </p>
  );
}
