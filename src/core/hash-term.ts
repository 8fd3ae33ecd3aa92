/** FNV-1a over the UTF-16 code units of a term, 32 bits, never negative (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index++) {
    hash ^= term.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
