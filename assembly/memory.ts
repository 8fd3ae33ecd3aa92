// Where things lie in the module's memory. What is of a question's size comes behind `questionAt`, put there by whoever asks.

/** The units of the current term, UTF-16. There is room for an edge before and behind them. */
export const unitsAt: usize = 0x404;
/** The hashes of its grams. */
export const hashesAt: usize = 0x800;
/** Which of its grams may be a word's: their places, 16 bits each. */
export const hitsAt: usize = 0xe00;
/** Three rows of the table of edit distances. */
export const rowsAt: usize = 0x1100;
/** A byte for each value of a gram's upper bits: whether any word has such a gram. */
export const filterAt: usize = 0x2000;
/** A byte for each unit: 0 where it is not known whether it is of a dense script, 1 where it is not, 2 where it is. */
export const denseAt: usize = 0x6000;
export const questionAt: usize = 0x16000;
