import { BookOpenText, SquareArrowOutUpRight } from 'lucide';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Source } from '../../core/conversation';
import { hasLivePage } from '../../core/file-address';
import { formatDate } from '../../view/format-date';
import { Icon } from '../../view/icon';
import { placeWords } from '../../view/place-words';
import { t, tCount } from '../../view/translate';
import { findExcerptStart } from './find-excerpt';

interface QuotationProps {
  readonly source: Source;
  /** What it is quoted for: a long one is begun where this is found. */
  readonly about: string;
  /** Shown when the quotation stands in a list that the text's marks refer to. */
  readonly isNumbered?: boolean;
  readonly onOpenLive: (source: Source) => void;
  readonly onOpenSaved: (source: Source) => void;
}

/** A passage in its own words, whose page it is from, and the two ways to it. */
export function Quotation({ source, about, isNumbered = false, onOpenLive, onOpenSaved }: QuotationProps) {
  const place = placeWords(source);
  return (
    <figure class="quotation">
      <QuotedText text={source.quotation} about={about} />
      <figcaption>
        <p class="quotation-source">
          {isNumbered && <span class="quotation-number">{source.number}</span>}
          <cite dir="auto">{source.title}</cite>
          <span class="soft">
            {source.site} · {place && `${place} · `}
            {source.published ? formatDate(source.published) : t('saved_on', formatDate(source.capturedAt))}
            {source.otherPages !== undefined && ` · ${tCount('also_on_pages', source.otherPages)}`}
          </span>
        </p>
        <div class="actions">
          {hasLivePage(source.url) && (
            <button type="button" class="button quiet small" onClick={() => onOpenLive(source)}>
              <Icon node={SquareArrowOutUpRight} />
              {source.locator?.page === undefined ? t('open_at_passage') : t('open_at_page', source.locator.page)}
            </button>
          )}
          <button type="button" class="button quiet small" onClick={() => onOpenSaved(source)}>
            <Icon node={BookOpenText} />
            {t('saved_copy')}
          </button>
        </div>
      </figcaption>
    </figure>
  );
}

interface QuotedTextProps {
  readonly text: string;
  readonly about: string;
}

/** The part of a passage that matters; the whole of it on request. */
function QuotedText({ text, about }: QuotedTextProps) {
  const quote = useRef<HTMLQuoteElement>(null);
  const [isCut, setCut] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const start = useMemo(() => findExcerptStart(text, about), [text, about]);
  useLayoutEffect(() => {
    const box = quote.current;
    if (box) setCut(start > 0 || box.scrollHeight > box.clientHeight + 1);
  }, [text, start]);
  return (
    <>
      <blockquote ref={quote} dir="auto" class={isWhole ? 'whole' : undefined}>
        {isWhole || start === 0 ? text : `… ${text.slice(start)}`}
      </blockquote>
      {isCut && (
        <button type="button" class="text-button small" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('show_less') : t('show_all')}
        </button>
      )}
    </>
  );
}
