import { useCallback } from 'preact/hooks';
import { splitOwnKnowledge } from '../../../core/conversation/own-knowledge';
import { Markdown } from '../../../view/markdown/render-markdown';
import { t } from '../../../view/translate';
import type { ShownAnswer } from '../../state/exchange';
import { renderCitations } from './citation';
import { settleStreamingText } from './settle-streaming-text';
import { sourceLink } from './source-link';

interface AnswerTextProps {
  /** As it is to be shown, see `annotateAnswer`. */
  readonly text: string;
  readonly answer: Pick<ShownAnswer, 'status' | 'report' | 'sources'>;
}

/** An answer's text, with what the model has of its own set apart, where it was allowed any. */
export function AnswerText({ text, answer }: AnswerTextProps) {
  const { mayBeOwn } = answer.report;
  const settleEnd = answer.status === 'streaming' ? settleStreamingText : undefined;
  const { sources } = answer;
  const linkTo = useCallback((href: string) => sourceLink(href, sources), [sources]);
  const drawing = { hasMath: true, headingLevel: 4, renderText: renderCitations, linkTo };
  if (!mayBeOwn) return <Markdown text={text} settleEnd={settleEnd} {...drawing} />;
  const parts = splitOwnKnowledge(text);
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const markdown = <Markdown text={part.text} settleEnd={isLast ? settleEnd : undefined} {...drawing} />;
    // Without a passage there is nothing else it could rest on, whatever it forgot to say.
    if (!part.isOwn && sources.length > 0) return <div key={index}>{markdown}</div>;
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
      <div key={index} class="own-knowledge" role="group" aria-label={t('own_knowledge')}>
        <p class="soft small">{t('own_knowledge')}</p>
        {markdown}
      </div>
    );
  });
}
