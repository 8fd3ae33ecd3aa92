import { useId } from 'preact/hooks';
import { t } from '../../../view/translate';
import { TextCard } from '../cards/text-card';
import { useCard } from '../cards/use-card';

interface DoubtProps {
  readonly class: string;
  readonly words: string;
  /** What it is called, where its words alone do not say. */
  readonly label?: string;
  readonly why: string;
}

/** Words in an answer that want an explanation, which the focus or the pointer brings up. */
function Doubt({ class: kind, words, label, why }: DoubtProps) {
  const { isOpen, frame } = useCard();
  const cardId = useId();
  return (
    <span class="citation" {...frame}>
      <button type="button" class={kind} aria-label={label} aria-describedby={isOpen ? cardId : undefined}>
        {words}
      </button>
      {isOpen && (
        <TextCard id={cardId}>
          <span class="small">{why}</span>
        </TextCard>
      )}
    </span>
  );
}

/** Stands behind a sentence that no source bears out. */
export function NotFromPages({ wasCited }: { readonly wasCited: boolean }) {
  return <Doubt class="not-from-pages" words={t('not_from_pages')} why={t(wasCited ? 'not_from_pages_why_cited' : 'not_from_pages_why')} />;
}

/** A number, name or date that stands in none of the sources cited for it. */
export function Flagged({ words }: { readonly words: string }) {
  return <Doubt class="flagged" words={words} label={t('flagged_name', words)} why={t('flagged_why')} />;
}
