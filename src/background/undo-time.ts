/** How long a deletion can be taken back. */
export const undoMs = 10_000;
