import { createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';
import type { AnswerCheck, Support } from '../../../core/citations/answer-check';
import type { Source } from '../../../core/conversation/conversation';
import { t } from '../../../view/translate';
import { TextCard } from '../cards/text-card';
import { useCard } from '../cards/use-card';
import { Flagged, NotFromPages } from './doubt';
import { Quotation } from './quotation';
import { quotedPlace, quotedWords } from './quoted-place';
import { type CitationPiece, splitCitations } from './split-citations';
import { wordsCiting } from './words-citing';

interface CitationContext {
  readonly sources: readonly Source[];
  readonly answer: string;
  readonly check?: AnswerCheck | undefined;
  /** Numbers of sources whose page was opened, and could not be looked at. */
  readonly unread: ReadonlySet<number>;
  readonly onOpenLive: (source: Source, quote: string) => void;
  readonly onOpenSaved: (source: Source) => void;
}

/** The sources that marks in the text may stand for. */
export const Citations = createContext<CitationContext>({
  sources: [],
  answer: '',
  unread: new Set(),
  onOpenLive: () => {},
  onOpenSaved: () => {},
});

/** Text with its `[n]` marks, and what `annotateAnswer` has put in, made into chips and notes. */
export function renderCitations(text: string) {
  const pieces = splitCitations(text);
  if (pieces.every(({ type }) => type === 'text')) return text;
  return pieces.map((piece, index) => <Piece key={index} piece={piece} />);
}

function Piece({ piece }: { readonly piece: CitationPiece }) {
  switch (piece.type) {
    case 'text':
      return <>{piece.text}</>;
    case 'flagged':
      return <Flagged words={piece.text} />;
    case 'mark':
      return <Marks numbers={piece.numbers} />;
    case 'citation':
      return <Marks numbers={[piece.number]} sentence={piece.sentence} />;
    case 'not-from-pages':
      return <Unsupported sentence={piece.sentence} />;
  }
}

interface MarksProps {
  readonly numbers: readonly number[];
  /** The checked sentence that they stand in, by place. */
  readonly sentence?: number;
}

/** A mark whose number no source has is left out. */
function Marks({ numbers, sentence }: MarksProps) {
  const { sources, check } = useContext(Citations);
  const support = sentence === undefined ? [] : (check?.sentences[sentence]?.support ?? []);
  const cited = numbers.flatMap((number) => sources.find((source) => source.number === number) ?? []);
  return (
    <>
      {cited.map((source) => (
        <Citation key={source.number} source={source} support={support.filter((each) => each.source === source.number)} />
      ))}
    </>
  );
}

function Unsupported({ sentence }: { readonly sentence: number }) {
  const { answer, check } = useContext(Citations);
  const { start, end } = check?.sentences[sentence] ?? { start: 0, end: 0 };
  const until = check?.sentences[sentence + 1]?.start ?? answer.length;
  return <NotFromPages wasCited={/\[\d+\]/.test(answer.slice(start, Math.max(end, until)))} />;
}

interface CitationProps {
  readonly source: Source;
  /** Its sentences that bear out the one that the chip stands in; none when that is not known. */
  readonly support: readonly Support[];
}

function Citation({ source, support }: CitationProps) {
  const { answer, unread, onOpenLive, onOpenSaved } = useContext(Citations);
  const { isOpen, frame } = useCard();
  const cardId = useId();
  return (
    <span class="citation" {...frame}>
      <button
        type="button"
        class="chip"
        aria-label={t('citation_name', source.number, source.title, source.site)}
        aria-describedby={isOpen ? cardId : undefined}
        onClick={() => onOpenLive(quotedPlace(source, support), quotedWords(source, support))}
      >
        {source.number}
      </button>
      {isOpen && (
        <TextCard id={cardId} label={t('source_number', source.number)}>
          <Quotation
            source={source}
            support={support}
            isUnread={unread.has(source.number)}
            about={wordsCiting(source.number, answer)}
            onOpenLive={onOpenLive}
            onOpenSaved={onOpenSaved}
          />
        </TextCard>
      )}
    </span>
  );
}
