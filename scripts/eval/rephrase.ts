/** Gives shares, from 0 to below 1. */
export type SeededRandom = () => number;

/** Other words for common ones; on purpose not the list that the checker goes by. */
const otherWords: Readonly<Record<string, string>> = {
  began: 'started',
  started: 'began',
  used: 'employed',
  important: 'significant',
  large: 'big',
  many: 'numerous',
  several: 'various',
  built: 'constructed',
  near: 'close to',
  often: 'frequently',
  main: 'principal',
  increased: 'rose',
  about: 'roughly',
  approximately: 'about',
  created: 'made',
  became: 'turned into',
  including: 'such as',
  because: 'since',
  however: 'yet',
  also: 'too',
  called: 'named',
  known: 'recognised',
  shows: 'demonstrates',
  small: 'little',
  begin: 'start',
  located: 'situated',
  allowed: 'permitted',
  required: 'demanded',
  received: 'got',
  established: 'set up',
  founded: 'established',
  ended: 'concluded',
  majority: 'most',
  commonly: 'usually',
  major: 'leading',
  found: 'discovered',
  caused: 'brought about',
  different: 'distinct',
  led: 'guided',
  wrote: 'penned',
  developed: 'worked out',
  died: 'passed away',
  people: 'inhabitants',
  help: 'aid',
  area: 'region',
  primarily: 'mainly',
  generally: 'mostly',
  entire: 'whole',
};

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

const isNameOrNumber = (word: string) => /\p{Lu}|\p{N}/u.test(word);
const isSmallWord = (word: string) =>
  /^(?:a|an|the|and|or|of|in|on|at|to|by|for|with|as|is|are|was|were|that|which|it|its|from|not|no|be|been|has|had|have)$/i.test(word);

/** Ways to say a sentence otherwise; nothing where one does not apply. */
export const rephrasings: Readonly<Record<string, (sentence: string, random: SeededRandom) => string | undefined>> = {
  verbatim: (sentence) => sentence,
  reordered(sentence) {
    const body = sentence.replace(/\.$/, '');
    const comma = body.indexOf(', ', 15);
    if (comma < 0 || body.length - comma < 25 || /[,:;()"]/.test(body.slice(comma + 2))) return undefined;
    return `${capital(body.slice(comma + 2))}, ${body.slice(0, comma)}.`;
  },
  synonyms(sentence) {
    let changed = 0;
    const other = sentence.replace(/\p{L}+/gu, (word) => {
      const replacement = otherWords[word.toLowerCase()];
      if (replacement === undefined) return word;
      changed += 1;
      return /^\p{Lu}/u.test(word) ? capital(replacement) : replacement;
    });
    return changed >= 2 ? other : undefined;
  },
  shortened(sentence, random) {
    const words = sentence.replace(/\s*\([^)]*\)/g, '').split(' ');
    if (words.length < 10) return undefined;
    return words
      .filter((word, index) => index === 0 || index === words.length - 1 || isNameOrNumber(word) || isSmallWord(word) || random() > 0.3)
      .join(' ');
  },
  clause(sentence) {
    const [first = ''] = sentence.replace(/\s*\([^)]*\)/g, '').split(/, (?:which|who|where|and|but|while|although|with)\b|; /);
    const words = first.split(' ').length;
    return words >= 7 && first.length < sentence.length - 15 && !/["“”]/.test(first) ? `${first.replace(/[.,]$/, '')}.` : undefined;
  },
  numbers(sentence) {
    const other = sentence
      .replace(/(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])/g, '$1$2')
      .replace(
        /(?<![\d.,%$£€-])\b([2-9]|1[0-2])\b(?![\d.,%:/-]|\s(?:million|billion|percent))/g,
        (digits) => small[Number(digits)] ?? digits,
      )
      .replace(/(?<!\p{L}[- ])\b(two|three|four|five|six|seven|eight|nine|ten)\b(?![- ](?:hundred|thousand|million|or))/giu, (word) =>
        String(small.indexOf(word.toLowerCase())),
      )
      .replace(/\b(\d+(?:\.\d+)?) percent\b/g, '$1%');
    return other === sentence ? undefined : other;
  },
  passive(sentence) {
    const parts = /^((?:The |A |In \d{4}, )?[\p{L} -]{4,60}?) (?:was|were) (\p{L}+ed) by ((?:the )?[\p{L} -]{4,50})\.$/u.exec(sentence);
    return parts ? `${capital(parts[3] ?? '')} ${parts[2]} ${lowerArticle(parts[1] ?? '')}.` : undefined;
  },
};

/** Ways to make a sentence wrong; nothing where one does not apply. `names` are such as stand in no passage at hand. */
export const falsifications: Readonly<
  Record<string, (sentence: string, random: SeededRandom, names: readonly string[]) => string | undefined>
> = {
  'other number'(sentence, random) {
    const found = [...sentence.matchAll(/(?<![\d.,-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d,-]|\.\d)/g)];
    const one = found[Math.floor(random() * found.length)];
    if (!one) return undefined;
    const value = Number(one[0].replaceAll(',', ''));
    const wrong =
      value >= 1_000 && value < 2_100 && !one[0].includes(',')
        ? value + (random() < 0.5 ? -1 : 1) * (1 + Math.floor(random() * 40))
        : Math.round(value * (1.3 + random())) + 1;
    return sentence.slice(0, one.index) + String(wrong) + sentence.slice(one.index + one[0].length);
  },
  'other name'(sentence, random, names) {
    const found = [...sentence.matchAll(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})*/gu)];
    const one = found[Math.floor(random() * found.length)];
    const name = names[Math.floor(random() * names.length)];
    return one && name ? sentence.slice(0, one.index) + name + sentence.slice(one.index + one[0].length) : undefined;
  },
};

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerArticle(text: string): string {
  return text.replace(/^(?:The|A|In)\b/, (word) => word.toLowerCase());
}
