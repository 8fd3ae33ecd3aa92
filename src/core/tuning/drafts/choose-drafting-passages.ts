/**
 * Chooses what of a page a model is given to draft from: all of it where it fits, else stretches spread evenly over it, so that a long page is not known by its
 * beginning alone.
 * @param tokens of each passage, in the page's order
 * @param stretches at most so many
 * @returns the places of those chosen, in order; at least one where there is any
 */
export function chooseDraftingPassages(tokens: readonly number[], mostTokens: number, stretches: number): number[] {
  const all = tokens.reduce((sum, of) => sum + of, 0);
  if (all <= mostTokens) return tokens.map((_, place) => place);
  const chosen = new Set<number>();
  const share = mostTokens / stretches;
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    let left = share;
    for (let place = Math.floor((stretch * tokens.length) / stretches); place < tokens.length; place += 1) {
      left -= tokens[place] ?? 0;
      if (left < 0 && chosen.size > 0) break;
      chosen.add(place);
      if (left < 0) break;
    }
  }
  return [...chosen].sort((one, other) => one - other);
}
