import type { SentenceTerm } from './sentence-terms';

/** How well a word stands for another one: the same stem, the same meaning, or nearly the same word, such as «Norman» for «Normandy». */
const strengthOf = { same: 1, meaning: 0.75, akin: 0.75 } as const;

/** Words whose beginnings are as long as this share of the longer one are taken for forms of one word. */
const akinShare = 0.62;
const shortestAkin = 4;
const filedUnder = 3;

/** For each sentence, by its place, how well it has a word: 0 to 1. What is absent it has not. */
export type TermMatches = ReadonlyMap<number, number>;

/** Finds in which of many sentences a word stands, in this or another form. */
export class CitationTermIndex {
  readonly #sentencesOf = new Map<string, Set<number>>();
  readonly #byValue = new Map<number, Set<number>>();
  readonly #byMeaning = new Map<number, Set<number>>();
  readonly #byBeginning = new Map<string, Set<string>>();
  readonly #found = new Map<string, TermMatches>();

  add(sentence: number, terms: readonly SentenceTerm[]): void {
    let names: string[] = [];
    // «European Union» is found by «EU» too.
    const noteInitials = () => {
      if (names.length >= 2) addTo(this.#sentencesOf, names.join(''), sentence);
      names = [];
    };
    for (const { kind, term, word, values, meanings } of terms) {
      addTo(this.#sentencesOf, term, sentence);
      for (const value of values ?? []) addTo(this.#byValue, value, sentence);
      for (const meaning of meanings ?? []) addTo(this.#byMeaning, meaning, sentence);
      if (kind === 'name' && values === undefined) names.push(word[0] ?? '');
      else if (kind !== 'function') noteInitials();
      if (kind !== 'number' && term.length >= shortestAkin) addTo(this.#byBeginning, term.slice(0, filedUnder), term);
    }
    noteInitials();
  }

  matchesOf(sought: SentenceTerm): TermMatches {
    const key = `${sought.kind} ${sought.term} ${sought.word}`;
    const known = this.#found.get(key);
    if (known) return known;
    const matches = new Map<number, number>();
    const note = (sentences: ReadonlySet<number> | undefined, strength: number) => {
      for (const sentence of sentences ?? []) if ((matches.get(sentence) ?? 0) < strength) matches.set(sentence, strength);
    };
    if (sought.values) for (const value of sought.values) note(this.#byValue.get(value), strengthOf.same);
    else {
      note(this.#sentencesOf.get(sought.term), strengthOf.same);
      for (const meaning of sought.meanings ?? []) note(this.#byMeaning.get(meaning), strengthOf.meaning);
      if (sought.kind !== 'function' && sought.kind !== 'number' && sought.term.length >= shortestAkin) {
        for (const other of this.#byBeginning.get(sought.term.slice(0, filedUnder)) ?? []) {
          if (other !== sought.term && areAkin(other, sought.term)) note(this.#sentencesOf.get(other), strengthOf.akin);
        }
      }
    }
    this.#found.set(key, matches);
    return matches;
  }
}

function areAkin(one: string, other: string): boolean {
  let common = 0;
  const shortest = Math.min(one.length, other.length);
  while (common < shortest && one[common] === other[common]) common++;
  return common >= shortestAkin && common >= Math.max(one.length, other.length) * akinShare;
}

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
