export interface Person {
  readonly family: string;
  readonly given: string;
}
/** A name that is not that of a person, or not surely so, is kept as it is. */
export type Author = Person | { readonly literal: string };

const particles = /^(van|von|de|der|den|del|della|di|da|dos|du|la|le|ter|ten|zu|zum|al|bin|ibn|af|av)$/i;
const notPersonal =
  /\d|@|https?:|\b(staff|team|editors?|editorial|agency|news|press|reuters|university|institute|association|department|office|group|foundation|inc|ltd|gmbh|wiki|blog|desk|bureau|committee|ministry|council|society|magazine|times|post|journal)\b/i;

/** The authors that a page's byline names. */
export function splitAuthors(byline: string): Author[] {
  return byline
    .replace(/\s+/gu, ' ')
    .replace(/^\s*(written by|posted by|by|von|par|por|di|door|av|af)[:\s]+/i, '')
    .split(/\s*(?:;|\||•|·|、|，|\s&\s|\s(?:and|und|et|y|e|en|och|og)\s|,\s*(?:and|und|et)\s|,)\s*/iu)
    .map((name) => name.trim())
    .filter(Boolean)
    .map(authorOf);
}

function authorOf(name: string): Author {
  const words = name.split(' ');
  if (words.length < 2 || words.length > 5 || notPersonal.test(name) || !/^\p{Lu}/u.test(words[0] ?? '')) return { literal: name };
  let familyFrom = words.length - 1;
  if (/^(jr|sr|ii|iii|iv)\.?$/i.test(words[familyFrom] ?? '') && familyFrom > 1) familyFrom -= 1;
  while (familyFrom > 1 && particles.test(words[familyFrom - 1] ?? '')) familyFrom -= 1;
  return { given: words.slice(0, familyFrom).join(' '), family: words.slice(familyFrom).join(' ') };
}
