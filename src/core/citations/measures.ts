/** What a score is made of, each from 0 to 1 unless said otherwise. */
export interface Measures {
  /** Share of the claim's weight that the chosen sentences have. */
  readonly covered: number;
  /** The same with what stands around them, which counts for less. */
  readonly coveredInContext: number;
  /** Share of the words that stand in the chosen sentences in the same order, two by two. */
  readonly inOrder: number;
  /** Numbers that are not in the chosen sentences: how many. */
  readonly numbersMissing: number;
  /** Names that are nowhere in the passages: how many. */
  readonly namesMissing: number;
  /** Names that are in the passages, but not in the chosen sentences: how many. */
  readonly namesElsewhere: number;
  /** Weight that is covered: a long claim is not covered by chance. */
  readonly weightCovered: number;
  /** One says no where the other does not. */
  readonly negationDiffers: boolean;
  readonly sentences: number;
}
