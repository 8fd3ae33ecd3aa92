import { BookOpenText, SquareArrowOutUpRight } from 'lucide';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Support } from '../../../core/citations/answer-check';
import type { Source } from '../../../core/conversation/conversation';
import { hasLivePage } from '../../../core/files/file-address';
import { formatDate } from '../../../view/format-date';
import { Icon } from '../../../view/icon';
import { MarkedText } from '../../../view/marked-text';
import { placeWords } from '../../../view/place-words';
import { t, tCount } from '../../../view/translate';
import { useLoaded } from '../../../view/use-loaded';
import { highlightsIn, quotedPlace, quotedWords } from './quoted-place';

interface QuotationProps {
  readonly source: Source;
  /** What it is quoted for: a long one is begun where this is found. */
  readonly about: string;
  /** Its sentences that bear out what it is quoted for, if that is known: they are marked, and opened at. */
  readonly support?: readonly Support[];
  /** Shown when the quotation stands in a list that the text's marks refer to. */
  readonly isNumbered?: boolean;
  /** Its page was opened, and could not be looked at. */
  readonly isUnread?: boolean;
  readonly onOpenLive: (source: Source, quote: string) => void;
  readonly onOpenSaved: (source: Source) => void;
}

/** A passage in its own words, whose page it is from, and the two ways to it. */
export function Quotation({ source, about, support = [], isNumbered = false, isUnread = false, onOpenLive, onOpenSaved }: QuotationProps) {
  const place = placeWords(source);
  const opened = quotedPlace(source, support);
  return (
    <figure class="quotation">
      <QuotedText text={source.quotation} about={about} support={support} />
      <figcaption>
        <p class="quotation-source">
          {isNumbered && <span class="quotation-number">{source.number}</span>}
          <cite dir="auto">{source.title}</cite>
          <span class="soft">
            {source.site} · {place && `${place} · `}
            {source.published ? formatDate(source.published) : t(source.isUnsaved ? 'read_on' : 'saved_on', formatDate(source.capturedAt))}
            {source.otherPages !== undefined && ` · ${tCount('also_on_pages', source.otherPages)}`}
          </span>
        </p>
        <div class="actions">
          {hasLivePage(source.url) && (
            <button type="button" class="button quiet small" onClick={() => onOpenLive(opened, quotedWords(source, support))}>
              <Icon node={SquareArrowOutUpRight} />
              {source.locator?.page === undefined ? t('open_at_passage') : t('open_at_page', source.locator.page)}
            </button>
          )}
          <button type="button" class="button quiet small" onClick={() => onOpenSaved(opened)}>
            <Icon node={BookOpenText} />
            {t(source.isUnsaved ? 'text_read' : 'saved_copy')}
          </button>
        </div>
        {isUnread && (
          <p class="small soft" role="status">
            {t('live_unread')}
          </p>
        )}
      </figcaption>
    </figure>
  );
}

interface QuotedTextProps {
  readonly text: string;
  readonly about: string;
  readonly support: readonly Pick<Support, 'quote'>[];
}

/** Compares words by their stems. The panel begins without the stemmers, which are a quarter of its scripts, and loads them ahead of the first answer. */
export const loadExcerpts = () => import('./find-excerpt');

/** How much of a passage is shown before its marked sentence, so that it is seen without a click. */
const leadCharacters = 160;

/** The part of a passage that matters; the whole of it on request. */
export function QuotedText({ text, about, support }: QuotedTextProps) {
  const quote = useRef<HTMLQuoteElement>(null);
  const [isCut, setCut] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const highlights = useMemo(() => highlightsIn(text, support), [text, support]);
  const [first] = highlights;
  const { module: excerpts } = useLoaded(loadExcerpts);
  const start = useMemo(
    () => (first ? (first.start > leadCharacters ? first.start : 0) : (excerpts?.findExcerptStart(text, about) ?? 0)),
    [text, about, first, excerpts],
  );
  useLayoutEffect(() => {
    const box = quote.current;
    if (box) setCut(start > 0 || box.scrollHeight > box.clientHeight + 1);
  }, [text, start]);
  return (
    <>
      <blockquote ref={quote} dir="auto" class={isWhole ? 'whole' : undefined}>
        {isWhole || start === 0 ? (
          <MarkedText text={text} highlights={highlights} />
        ) : (
          <>
            {'… '}
            <MarkedText
              text={text.slice(start)}
              highlights={highlights.map((span) => ({ start: span.start - start, end: span.end - start }))}
            />
          </>
        )}
      </blockquote>
      {isCut && (
        <button type="button" class="text-button small" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('show_less') : t('show_all')}
        </button>
      )}
    </>
  );
}
