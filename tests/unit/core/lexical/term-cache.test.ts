import { expect, it } from 'vitest';
import { TermCache } from '../../../../src/core/lexical/term-cache';

function setUp(maximumWords: number) {
  const made: string[] = [];
  const cache = new TermCache(maximumWords, (word, language) => {
    made.push(`${language} ${word}`);
    return `${word}-${language}`;
  });
  return { cache, made };
}

it('makes the term of a word once in each language', () => {
  const { cache, made } = setUp(10);
  expect(['en', 'de', 'en'].map((language) => cache.get(language, 'lamp'))).toEqual(['lamp-en', 'lamp-de', 'lamp-en']);
  expect(made).toEqual(['en lamp', 'de lamp']);
});

it('holds no more words for many languages than for one', () => {
  const { cache, made } = setUp(100);
  const ask = () => {
    for (let language = 0; language < 200; language++) cache.get(`l${language}`, 'lamp');
  };
  ask();
  made.length = 0;
  for (let language = 199; language >= 0; language--) cache.get(`l${language}`, 'lamp');
  expect(200 - made.length).toBeLessThanOrEqual(100);
  expect(made.length).toBeLessThan(200);
});

it('keeps the words in use while others come and go', () => {
  const { cache, made } = setUp(100);
  for (let number = 0; number < 1_000; number++) {
    cache.get('en', 'lamp');
    cache.get('en', `word${number}`);
  }
  expect(made.filter((word) => word === 'en lamp')).toHaveLength(1);
});
