import { analyzeText } from '../../core/lexical/analyze-text';
import { holdsPhrase, wordsAsWritten } from '../../core/lexical/holds-words';
import type { PageId, Passage, PassageId } from '../../core/pages/page';
import { PassageReader, type PassageText } from '../pages/passage-reader';
import type { Library } from '../schema';

/** A passage as far as its words go. */
export interface PassageWords extends Pick<PassageText, 'title' | 'body' | 'language'> {
  readonly passage: Pick<Passage, 'headingPath'>;
}

/** What no phrase reaches out of: the title, a heading, a block of the text. */
export const fieldsOf = ({ title, passage, body }: PassageWords): string[] => [
  ...title.split('\n'),
  ...passage.headingPath,
  ...body.split('\n\n'),
];

/** Whether a passage holds one of these words or phrases. A word is excluded in all its forms, a phrase as it stands. */
export function holdsExcluded(text: PassageWords, excluded: readonly string[]): boolean {
  if (excluded.length === 0) return false;
  const fields = fieldsOf(text);
  const terms = new Set(fields.flatMap((field) => analyzeText(field, text.language)));
  return excluded.some((unwanted) => {
    const phrase = wordsAsWritten(unwanted);
    if (phrase.length === 0) return false;
    return phrase.length === 1
      ? analyzeText(unwanted, text.language).every((term) => terms.has(term))
      : fields.some((field) => holdsPhrase(wordsAsWritten(field), phrase));
  });
}

/** Whether any passage of a page holds one of these words or phrases. */
export async function pageHoldsExcluded(library: Library, pageId: PageId, excluded: readonly string[]): Promise<boolean> {
  const indexed = await library.get('indexedPages', pageId);
  if (!indexed) return false;
  const { firstPassageId, passageCount } = indexed;
  const ids = Array.from({ length: passageCount }, (_, place) => (firstPassageId + place) as PassageId);
  const texts = await new PassageReader(library).texts(ids);
  return texts.some((text) => text !== undefined && holdsExcluded(text, excluded));
}
