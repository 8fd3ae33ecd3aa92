import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Source } from '../../core/conversation';
import { t } from '../../view/translate';
import { wordsCiting } from './find-excerpt';
import { Quotation } from './quotation';
import { splitCitations } from './split-citations';

interface CitationContext {
  readonly sources: readonly Source[];
  readonly answer: string;
  readonly onOpenLive: (source: Source) => void;
  readonly onOpenSaved: (source: Source) => void;
}

/** The sources that marks in the text may stand for. */
export const Citations = createContext<CitationContext>({ sources: [], answer: '', onOpenLive: () => {}, onOpenSaved: () => {} });

/** Text with its `[n]` marks made into chips. */
export function renderCitations(text: string) {
  const pieces = splitCitations(text);
  if (pieces.every(({ type }) => type === 'text')) return text;
  return pieces.map((piece, index) => (piece.type === 'text' ? piece.text : <Marks key={index} numbers={piece.numbers} />));
}

/** A mark whose number no source has is left out. */
function Marks({ numbers }: { readonly numbers: readonly number[] }) {
  const { sources } = useContext(Citations);
  const cited = numbers.flatMap((number) => sources.find((source) => source.number === number) ?? []);
  return cited.map((source) => <Citation key={source.number} source={source} />);
}

/** Long enough for the pointer to travel from the chip to its card. */
const closeDelayMs = 200;

function Citation({ source }: { readonly source: Source }) {
  const { answer, onOpenLive, onOpenSaved } = useContext(Citations);
  const [isOpen, setOpen] = useState(false);
  const cardId = useId();
  const citation = useRef<HTMLSpanElement>(null);
  const closing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const open = () => {
    clearTimeout(closing.current);
    setOpen(true);
  };
  const closeSoon = () => {
    clearTimeout(closing.current);
    closing.current = setTimeout(() => setOpen(false), closeDelayMs);
  };
  useEffect(() => () => clearTimeout(closing.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      // A card that only the pointer has opened must not keep Escape from stopping the answer.
      if (citation.current?.contains(document.activeElement)) event.stopPropagation();
    };
    // On the way down, to come before what Escape means elsewhere.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the chip inside is what is operated; this only keeps its card open
    <span class="citation" ref={citation} onMouseEnter={open} onMouseLeave={closeSoon} onFocusIn={open} onFocusOut={closeSoon}>
      <button
        type="button"
        class="chip"
        aria-label={t('citation_name', source.number, source.title, source.site)}
        aria-describedby={isOpen ? cardId : undefined}
        onClick={() => onOpenLive(source)}
      >
        {source.number}
      </button>
      {isOpen && (
        <CitationCard id={cardId} number={source.number}>
          <Quotation source={source} about={wordsCiting(source.number, answer)} onOpenLive={onOpenLive} onOpenSaved={onOpenSaved} />
        </CitationCard>
      )}
    </span>
  );
}

interface CitationCardProps {
  readonly id: string;
  readonly number: number;
  readonly children: ComponentChildren;
}

/** Of an answer's text; the style sheet moves the card by as much. */
const lineHeightPx = 30;

/** Stands under the line of its chip, or over it where more of it can be seen there. */
function CitationCard({ id, number, children }: CitationCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const [isAbove, setAbove] = useState(false);
  useLayoutEffect(() => {
    const scroller = card.current?.closest('.conversation');
    if (!card.current || !scroller) return;
    const box = card.current.getBoundingClientRect();
    const room = scroller.getBoundingClientRect();
    const hiddenBelow = box.bottom - room.bottom;
    const hiddenAbove = room.top - (box.top - box.height - lineHeightPx);
    setAbove(hiddenBelow > 0 && hiddenBelow > hiddenAbove);
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div class={isAbove ? 'citation-card above' : 'citation-card'} id={id} ref={card} role="group" aria-label={t('source_number', number)}>
      {children}
    </div>
  );
}
