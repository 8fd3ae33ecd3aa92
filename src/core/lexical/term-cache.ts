type Generation = Map<string, Map<string, string>>;

/**
 * Remembers the terms of words, those of all languages together within one bound: a worker that indexes pages in thirty languages holds no more than
 * one that indexes pages in one. There are two generations. When the younger has half of what is allowed, the older is forgotten and the younger takes
 * its place, so that a word in use is never far from memory, and finding one costs no more than two looks.
 */
export class TermCache {
  #younger: Generation = new Map();
  #older: Generation = new Map();
  #count = 0;

  /**
   * @param maximumWords of all languages
   * @param termOf makes the term of a word that is not remembered
   */
  constructor(
    readonly maximumWords: number,
    readonly termOf: (word: string, language: string) => string,
  ) {}

  get(language: string, word: string): string {
    const known = this.#younger.get(language)?.get(word);
    if (known !== undefined) return known;
    const term = this.#older.get(language)?.get(word) ?? this.termOf(word, language);
    this.#remember(language, word, term);
    return term;
  }

  #remember(language: string, word: string, term: string): void {
    if (this.#count >= this.maximumWords / 2) {
      this.#older = this.#younger;
      this.#younger = new Map();
      this.#count = 0;
    }
    const words = this.#younger.get(language) ?? new Map<string, string>();
    this.#younger.set(language, words.set(word, term));
    this.#count += 1;
  }
}
