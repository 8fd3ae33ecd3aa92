import { findBlocks } from '../text/markdown-blocks';
import { plainText } from '../text/plain-text';
import { segmentWords } from '../text/segment-words';

/** A question as a page puts it, or a part of the page that can be asked about. */
export type SuggestedQuestion = { readonly kind: 'asked'; readonly text: string } | { readonly kind: 'about'; readonly text: string };

const longestCharacters = 90;
const endsInQuestionMark = /[?？؟]\s*$/;
/** Parts that most pages have, and that say nothing of what this one is about. */
const everywhere =
  /^(?:references|see also|notes|footnotes|external links|further reading|bibliography|contents|comments?|related.*|conclusions?|summary|introduction|overview|abstract|acknowledge?ments|sources|share.*|subscribe.*|similar.*|more (?:from|in|like|on) .*|you (?:may|might).*|read next|read more|recommended.*|popular.*|trending.*|latest.*|replies|answers|discussion|tags|newsletter|about.*|author.*|weblinks|einzelnachweise|literatur|siehe auch|fazit|notes et références|voir aussi|liens externes|referencias|véase también|enlaces externos|примечания|ссылки|литература|см\. также|脚注|関連項目|外部リンク|参考文献|参见|参考资料|外部链接)$/iu;

/**
 * What could be asked of a page, from its headings alone: those that are questions as they stand, then those that name what a part is about. No model
 * is asked, and nothing is sent anywhere.
 */
export function suggestQuestions(markdown: string, most = 3): SuggestedQuestion[] {
  const headings = findBlocks(markdown)
    .filter(({ kind, level }) => kind === 'heading' && level > 1)
    .map(({ start, end }) => tidy(plainText(markdown.slice(start, end))));
  const fitting = [...new Set(headings)].filter((text) => text !== '' && text.length <= longestCharacters && !everywhere.test(text));
  const asked = fitting.filter((text) => endsInQuestionMark.test(text));
  const about = fitting.filter((text) => !endsInQuestionMark.test(text) && segmentWords(text).length >= 2);
  return [
    ...asked.map((text): SuggestedQuestion => ({ kind: 'asked', text })),
    ...about.map((text): SuggestedQuestion => ({ kind: 'about', text })),
  ].slice(0, most);
}

/** Without its number: «2.1 Fog signals». */
function tidy(heading: string): string {
  return heading
    .replace(/\s+/g, ' ')
    .replace(/^[\dIVX]+(?:\.\d+)*[.)]?\s+(?=\p{L})/u, '')
    .trim();
}
