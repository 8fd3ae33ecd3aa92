import { once } from '../once';

/** Cuts a text into words and what stands between them, in any script. Made for the first text: it has the browser read its dictionaries. */
export const wordSegmenter = once(() => new Intl.Segmenter(undefined, { granularity: 'word' }));
