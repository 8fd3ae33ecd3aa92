import { beforeEach, describe, expect, it } from 'vitest';
import { TermMatcher } from '../../../../src/core/lexical/match-terms';
import { type QueryWord, queryWords } from '../../../../src/core/lexical/query-words';
import { giveDictionary, type Terms, writeDictionary } from '../../../support/term-dictionaries';

const rarity = (passages: number) => Math.log(1 + (1_000 - passages + 0.5) / (passages + 0.5));

/** Each test goes through both: what is looked through from one end to the other, and what has an index of its grams. */
let hasGrams = false;

/** The terms that answer to each word, told by how many passages they stand in: every term of a test has a number of its own. */
function matchesOf(words: readonly QueryWord[], segments: readonly Terms[]) {
  const matcher = new TermMatcher(words);
  for (const [segment, terms] of segments.entries()) giveDictionary(matcher, writeDictionary(terms, hasGrams), segment);
  return matcher.matches(rarity).map(({ terms }) =>
    terms.map((term) => {
      const named = Object.entries(segments[term.segment] ?? {}).find(([, passages]) => passages === term.passages);
      return { term: named?.[0], segment: term.segment, isExact: term.isExact, similarity: term.similarity };
    }),
  );
}

function find(question: string, terms: Terms, { languages = ['en'], isUnfinished = false } = {}) {
  return matchesOf(queryWords(question, languages, isUnfinished), [terms]).map((found) =>
    found.sort((a, b) => b.similarity - a.similarity).map(({ term }) => term),
  );
}

const kinds = [
  ['without an index', false],
  ['with an index of its grams', true],
] as const;

describe.each(kinds)('the terms that answer to a word, in a dictionary %s', (_, withGrams) => {
  beforeEach(() => {
    hasGrams = withGrams;
  });

  it('are the word itself in every segment that has it', () => {
    const [found] = matchesOf(queryWords('lamps', ['en']), [{ lamp: 3, oil: 2 }, { oil: 1 }, { lamp: 4 }]);
    expect(found).toEqual([
      { term: 'lamp', segment: 0, isExact: true, similarity: 1 },
      { term: 'lamp', segment: 2, isExact: true, similarity: 1 },
    ]);
  });

  it('are its stems in all languages of the library', () => {
    const words = queryWords('Lampen', ['en', 'de']);
    expect(words[0]?.stems).toEqual(['lampen', 'lamp']);
    const [found] = matchesOf(words, [{ lamp: 2, lampen: 3, garden: 4 }]);
    expect(found?.filter(({ isExact }) => isExact).map(({ term }) => term)).toEqual(expect.arrayContaining(['lamp', 'lampen']));
  });

  it('are those like it, the more of its rare parts they hold the more alike', () => {
    const [found = []] = matchesOf(queryWords('lighthouse', ['en']), [
      { lighthous: 1, houseboat: 2, lighthousekeep: 3, lightship: 4, oil: 5 },
    ]);
    const by = new Map(found.map(({ term, similarity }) => [term, similarity]));
    expect(by.get('lighthous')).toBe(1);
    expect(by.get('lighthousekeep')).toBeGreaterThan(by.get('lightship') ?? 1);
    expect(by.get('lightship')).toBeGreaterThan(0.2);
    expect(by.has('oil')).toBe(false);
  });

  it('are as alike in a segment as they are in any other', () => {
    const [found = []] = matchesOf(queryWords('lighthouse', ['en']), [{ lightship: 1, lighthous: 2 }, { lightship: 5 }]);
    const ships = found.filter(({ term }) => term === 'lightship').map(({ similarity }) => similarity);
    expect(ships).toHaveLength(2);
    expect(ships[0]).toBe(ships[1]);
  });

  it('count a part that a word repeats once', () => {
    const [found = []] = matchesOf(queryWords('hahahahaha', ['en']), [{ hahahahaha: 1, xhahax: 2 }]);
    const [half] = found.filter(({ isExact }) => !isExact);
    // ' hah', 'haha', 'ahah' and 'aha ': one of four, though it fills half of the word. It is the commonest, so it weighs less than its share.
    expect(half?.similarity ?? 0).toBeLessThan(0.25);
  });

  it('are ten others at most', () => {
    const terms = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`lighthous${String.fromCharCode(97 + (index % 26))}${index}`, index + 1]),
    );
    expect(find('lighthouse', terms)[0]).toHaveLength(10);
  });

  it('are none for a question without words', () => {
    expect(queryWords('?! … 😀', ['en'])).toEqual([]);
    expect(matchesOf([], [{ lamp: 1 }])).toEqual([]);
    expect(find('ـ', { lamp: 1 })).toEqual([[]]);
  });

  it('tell words of scripts without spaces by pairs of characters, and less surely by single Chinese ones', () => {
    expect(find('灯台', { 灯台: 1, 灯台守: 2, 台風: 3 })[0]).toEqual(['灯台', '灯台守', '台風']);
  });
});

describe.each(kinds)('a word that is not typed to its end, in a dictionary %s', (_, withGrams) => {
  beforeEach(() => {
    hasGrams = withGrams;
  });

  const terms = { lamp: 9, lampshad: 4, lamprey: 7, clamp: 3, oil: 2 };

  it('stands for all that it may become', () => {
    expect(find('oil lam', terms, { isUnfinished: true })[1]).toEqual(expect.arrayContaining(['lamp', 'lampshad', 'lamprey']));
    expect(find('oil la', terms, { isUnfinished: true })[1]?.sort()).toEqual(['lamp', 'lamprey', 'lampshad']);
    expect(find('oil la', terms)[1]).toEqual([]);
  });

  it('stands for the most frequent when there are too many', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`qu${String(index).padStart(2, '0')}`, index + 1]));
    const found = find('qu', many, { isUnfinished: true })[0];
    expect(found).toHaveLength(32);
    expect(found).toContain('qu49');
    expect(found).not.toContain('qu17');
  });

  it('begins as the terms do: without the accents that they lost', () => {
    expect(find('Mün', { munch: 2, mut: 3 }, { languages: ['de'], isUnfinished: true })).toEqual([['munch']]);
    expect(find('l’hôp', { hopital: 2 }, { languages: ['fr'], isUnfinished: true })).toEqual([['hopital']]);
    expect(find('bà', { bàn: 2, bán: 3 }, { languages: ['vi'], isUnfinished: true })).toEqual([['bàn']]);
  });

  it('is one even when the word it has become so far stood in the question before', () => {
    expect(find('lamp oil lamp', terms, { isUnfinished: true })[2]).toContain('lampshad');
  });

  it('of one letter, after others, is a word by itself that no passage has to hold; alone, or of a script of signs, it stands for what it may become', () => {
    expect(queryWords('oil l', ['en'], true)).toEqual([{ stems: ['oil'] }, { stems: ['l'], isOptional: true }]);
    expect(queryWords('oil ж', ['en'], true)[1]).toEqual({ stems: ['ж'], isOptional: true });
    expect(queryWords('a lamp a', ['en'], true)).toEqual([{ stems: ['a'] }, { stems: ['lamp'] }]);
    expect(queryWords('oil l', ['en'])).toEqual([{ stems: ['oil'] }, { stems: ['l'] }]);
    expect(queryWords('l', ['en'], true)).toEqual([{ stems: ['l'], beginning: 'l' }]);
    expect(queryWords('oil 灯', ['en'], true)[1]?.beginning).toBe('灯');
    expect(queryWords('oil 2', ['en'], true)[1]?.beginning).toBe('2');
  });
});

describe.each(kinds)('a misspelled word, in a dictionary %s', (_, withGrams) => {
  beforeEach(() => {
    hasGrams = withGrams;
  });

  it('is found by what it may have been meant for', () => {
    expect(find('keper', { keeper: 1, oil: 2 })).toEqual([['keeper']]);
    expect(find('lightouse', { lighthous: 1, oil: 2 })[0]).toContain('lighthous');
  });

  it('is looked for in all of a long dictionary', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const others = letters.flatMap((first, at) =>
      Array.from({ length: 1_000 }, (_, number) => [`${first}${first}${at}x${number}`, 1] as const),
    );
    const named = ['aaron', 'keeper', 'mnemon', 'zygot'].map((term, at) => [term, at + 2] as const);
    const terms = Object.fromEntries([...others, ...named]);
    expect(writeDictionary(terms, hasGrams).stretches.length).toBeGreaterThan(1);
    expect(find('aron keper mnmeon zigot', terms)).toEqual([['aaron'], ['keeper'], ['mnemon'], ['zygot']]);
  });

  it('may have one letter wrong, from eight letters on two', () => {
    expect(find('kexpor', { keeper: 1 })).toEqual([[]]);
    expect(find('lyghthauz', { lighthous: 1 })).toEqual([[]]);
    expect(find('lyghthaus', { lighthaus: 1 })[0]).toEqual(['lighthaus']);
    expect(find('mexsurement', { measur: 1, meassur: 2, oil: 3 })[0]).toContain('measur');
  });

  it('is none when it is a word somewhere in the library', () => {
    const [found] = matchesOf(queryWords('trial', ['en']), [{ trail: 2 }, { trial: 1 }]);
    expect(found?.map(({ term }) => term)).toEqual(['trial']);
    expect(find('trial', { trail: 2 })).toEqual([['trail']]);
  });

  it('has at least four letters', () => {
    expect(find('oik', { oil: 1 })).toEqual([[]]);
    expect(find('olis', { oils: 1 })).toEqual([[]]);
  });

  it('is counted once where it is like the right word too', () => {
    const found = find('lighthouze', { lighthous: 1 })[0];
    expect(found).toEqual(['lighthous']);
  });
});

describe('the words of a question', () => {
  it('are each there once, whatever their form', () => {
    expect(queryWords('Lamps, a lamp and LAMP’s oil', ['en']).map(({ stems }) => stems[0])).toEqual(['lamp', 'a', 'and', 'oil']);
  });

  it('are taken for the same when they are in one of the languages', () => {
    expect(queryWords('Lampen Lampe', ['en']).length).toBe(2);
    expect(queryWords('Lampen Lampe', ['en', 'de']).length).toBe(1);
  });

  it('are the first of a pasted text, of which none is unfinished', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `word${index}`).join(' ');
    const words = queryWords(text, ['en', 'de'], true);
    expect(words).toHaveLength(64);
    expect(words.some(({ beginning }) => beginning !== undefined)).toBe(false);
  });
});
