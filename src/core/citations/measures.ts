/** What a score is made of. */
export interface Measures {
  /** Share of the claim's weight that the chosen sentences have, 0 to 1; a name may stand in what is read before them. */
  readonly covered: number;
  /** The same with what else stands in their passages, which counts for less. */
  readonly coveredInContext: number;
  /** Numbers and months that are not in the chosen sentences: how many. */
  readonly numbersMissing: number;
  /** Names that are nowhere in their passages: how many. */
  readonly namesMissing: number;
  /** One says no where the other does not. */
  readonly negationDiffers: boolean;
  /** How many were chosen. */
  readonly sentences: number;
}
