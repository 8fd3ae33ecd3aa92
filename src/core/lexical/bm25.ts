/**
 * BM25F with one length norm: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.6.
 * Counts of the fields are weighted and added first, then saturated together, so that a word in the title can't count twice over.
 */
export const bm25 = {
  /** How fast more of the same word stops helping. */
  k1: 1.2,
  /** How much long passages are held back; 0 not at all, 1 in full. */
  b: 0.75,
  /** What a word in a field counts against one in the body. A title is chosen to say what the page is about. */
  weights: { body: 1, heading: 0.8, title: 1.2 },
} as const;

/** The rarity of a term, never negative: ln(1 + (N − n + ½) / (n + ½)). */
export function inverseDocumentFrequency(passages: number, passagesWithTerm: number): number {
  return Math.log(1 + (passages - passagesWithTerm + 0.5) / (passagesWithTerm + 0.5));
}

export function weightedFrequency(body: number, heading: number, title: number): number {
  return bm25.weights.body * body + bm25.weights.heading * heading + bm25.weights.title * title;
}

/**
 * What so many occurrences count, once for the first and ever less for more.
 * @param length the passage's length in terms
 * @param averageLength of all passages, in terms
 */
export function saturate(frequency: number, length: number, averageLength: number): number {
  const norm = bm25.k1 * (1 - bm25.b + bm25.b * (length / averageLength));
  return (frequency * (bm25.k1 + 1)) / (frequency + norm);
}
