/** What a request asks of a model besides its messages. What is absent is left to the server. */
export interface ModelParameters {
  /** From 0, which always takes the likeliest token, to 2. */
  readonly temperature?: number;
  /** From 0 to 1: only the likeliest tokens that together have this probability are drawn from. */
  readonly topP?: number;
  /** From -2 to 2: how much a token counts less for each time that it has come already. */
  readonly frequencyPenalty?: number;
  /** From -2 to 2: how much a token counts less when it has come at all. */
  readonly presencePenalty?: number;
  /** At most four; the answer ends before the first of them. */
  readonly stop?: readonly string[];
  /** Of the answer, with what is thought and not shown. */
  readonly maximumTokens?: number;
  readonly seed?: number;
  readonly reasoningEffort?: string;
  readonly verbosity?: string;
}
