/** A list of endings, and how many letters of a word at least are no ending. */
interface Endings {
  readonly least: number;
  readonly endings: string;
}

/**
 * Endings of nouns and adjectives, and of Greek verbs: light stemmers (J. Savoy, "Light Stemming Approaches for the French, Portuguese, German and Hungarian
 * Languages", 2006). What longer forms have in common is found by parts of words, so that rules which make one term of words that are only akin lose more than
 * they gain: see docs/search-trials.md.
 */
const lists = {
  bg: { least: 3, endings: 'а ата е еве евете ето и ите ища ищата ия ият о ове овете ото та те то ът я ят ята' },
  el: {
    least: 3,
    endings: `α ας ε ες εις ει εων εως η ης ι ις ματα ματος ματων ο οι ον ος ου ους ουν υ υς ω ων μα
      εται ονται ηκαν ηκε θηκαν θηκε ησαν ησε ουσαν ουσε σαν σε
      μενα μενες μενη μενης μενο μενοι μενος μενου μενους μενων`,
  },
  it: { least: 3, endings: 'a e i o' },
  ro: { least: 4, endings: 'a e ea ei ele elor i ia iei ii iile iilor ile ilor le lor o u ul ului uri urilor' },
} as const satisfies Readonly<Record<string, Endings>>;

/** Accents of Latin and Greek move as endings come and go; «й» is a letter. */
const accents = /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu;

/** A stemmer that takes the longest ending of a language's list off a word, and the accents with it. */
export function withoutEndingIn(language: keyof typeof lists): (word: string) => string {
  const { least, endings } = lists[language];
  const longestFirst = endings.split(/\s+/).sort((one, other) => other.length - one.length);
  return (word) => {
    const bare = word.normalize('NFD').replace(accents, '').normalize('NFC');
    const ending = longestFirst.find((end) => bare.length - end.length >= least && bare.endsWith(end));
    return ending ? bare.slice(0, -ending.length) : bare;
  };
}
