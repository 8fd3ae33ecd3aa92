/** Pages that look, to an index, like what people save: words by Zipf's law, sentences of real length, passages in clusters of meaning. */
export interface SyntheticPassage {
  readonly title: string;
  readonly text: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

const vocabularySize = 50_000;
const wordsPerPassage = 180;
const clusters = 200;
/** How far a passage lies from the middle of its cluster, against 1 for the middle's own length. */
const spread = 0.5;

/** A generator of numbers from 0 to 1 that gives the same ones each time: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class SyntheticLibrary {
  readonly #random: () => number;
  readonly #cumulative: Float64Array;
  readonly #middles: Float32Array[];

  constructor(
    readonly dimensions: number,
    seed = 1,
  ) {
    this.#random = seededRandom(seed);
    this.#cumulative = new Float64Array(vocabularySize);
    let sum = 0;
    for (let rank = 0; rank < vocabularySize; rank++) {
      sum += 1 / (rank + 1.5);
      this.#cumulative[rank] = sum;
    }
    this.#middles = Array.from({ length: clusters }, () => this.#gaussian(1));
  }

  passage(index: number): SyntheticPassage {
    const cluster = index % clusters;
    return { title: `${this.#word()} ${this.#word()}`, text: this.#sentences(cluster), vector: this.#near(cluster) };
  }

  /** A question about some passage: words of middling rarity, and a vector near its cluster. */
  question(): { text: string; vector: Float32Array } {
    const cluster = Math.floor(this.#random() * clusters);
    const words = Array.from({ length: 6 }, (_, place) => (place < 3 ? topicWord(cluster, Math.floor(this.#random() * 40)) : this.#word()));
    return { text: words.join(' '), vector: this.#near(cluster) };
  }

  #sentences(cluster: number): string {
    const sentences: string[] = [];
    for (let left = wordsPerPassage; left > 0; ) {
      const length = 6 + Math.floor(this.#random() * 24);
      const words = Array.from({ length }, () =>
        this.#random() < 0.15 ? topicWord(cluster, Math.floor(this.#random() * 40)) : this.#word(),
      );
      sentences.push(`${words.join(' ')}.`);
      left -= length;
    }
    return sentences.join(' ');
  }

  #word(): string {
    const at = this.#random() * (this.#cumulative[vocabularySize - 1] ?? 1);
    let low = 0;
    let high = vocabularySize - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulative[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return spell(low);
  }

  #near(cluster: number): Float32Array {
    const middle = this.#middles[cluster] as Float32Array;
    const noise = this.#gaussian(spread);
    const vector = middle.map((component, place) => component + (noise[place] ?? 0));
    const length = Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0));
    return vector.map((component) => component / length);
  }

  /** A vector in a random direction, of about this length. */
  #gaussian(length: number): Float32Array {
    const scale = length / Math.sqrt(this.dimensions);
    return Float32Array.from({ length: this.dimensions }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - this.#random()));
      return scale * radius * Math.cos(2 * Math.PI * this.#random());
    });
  }
}

function topicWord(cluster: number, place: number): string {
  return spell(2_000 + ((cluster * 613 + place * 97) % 20_000));
}

const syllables = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'la',
  'me',
  'ni',
  'po',
  'ru',
  'sa',
  'te',
  'vi',
  'zo',
  'kra',
  'ste',
  'pli',
  'tro',
  'shu',
  'qua',
];

/** A pronounceable word for each rank; rarer words are longer. */
function spell(rank: number): string {
  let word = '';
  for (let rest = rank + 20; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length];
  return word;
}
