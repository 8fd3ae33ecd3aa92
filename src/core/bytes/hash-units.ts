/**
 * FNV-1a over UTF-16 units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
 * @param units of which the first `length` count
 */
export function hashUnits(units: Uint16Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (units[at] as number), 0x01000193);
  return hash;
}
