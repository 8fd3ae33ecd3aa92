import { expect, it } from 'vitest';
import { queryWords } from '../../../../src/core/lexical/query-words';
import { questionEmphases } from '../../../../src/core/lexical/question-words';
import { compatibilityForm } from '../../../../src/core/text/compatibility-form';
import { segmentWords } from '../../../../src/core/text/segment-words';

const emphasesOf = (question: string, languages: readonly string[]) => {
  const words = segmentWords(compatibilityForm(question));
  const emphases = questionEmphases(words, languages);
  return Object.fromEntries(words.map((word, index) => [word, emphases[index]]));
};

it('the words that ask count for little, other small words for more, and what is asked about in full', () => {
  const { Who, the, lighthouse } = emphasesOf('Who built the lighthouse?', ['en']);
  expect(Who).toBeLessThan(the ?? 0);
  expect(the).toBeLessThan(1);
  expect(lighthouse).toBe(1);
});

it.each([
  ['ar', 'متى بنيت المنارة', 'متى'],
  ['de', 'Welchen Turm baute er?', 'Welchen'],
  ['es', '¿Cuántos faros hay?', 'Cuántos'],
  ['hi', 'जहाज किसने देखा', 'किसने'],
  ['ja', '灯台を建てたのは誰', '誰'],
  ['ko', '등대는 무엇인가요', '무엇인가요'],
  ['th', 'ใครสร้างประภาคาร', 'ใคร'],
  ['th', 'ทำไมเรือจม', 'ทำไม'],
  ['th', 'เรือจมเมื่อไหร่', 'ไหร่'],
  ['ro', 'Câţi marinari erau?', 'Câţi'],
  ['ko', '몇년에 지었나', '몇년에'],
  ['tr', 'Fener neredeydi?', 'neredeydi'],
  ['zh', '什么灯塔最高', '什么'],
  ['zh', '是否有灯塔', '是否'],
])('knows the words that ask in %s', (language, question, asking) => {
  expect(emphasesOf(question, [language])[asking]).toBeLessThan(0.5);
});

it('where nothing asks, every word counts in full: it may be a title', () => {
  expect(Object.values(emphasesOf('The Lord of the Rings', ['en']))).toEqual([1, 1, 1, 1, 1]);
});

it('goes by the language that most of the small words are of', () => {
  // «Kim» asks in Turkish, «was» in German.
  expect(emphasesOf('Who is Kim?', ['tr', 'en']).Kim).toBe(1);
  expect(emphasesOf('What was the storm of 1953?', ['de', 'en']).was).toBe(emphasesOf('What was the storm of 1953?', ['en']).was);
  expect(emphasesOf('Was ist ein Sturm?', ['en', 'de']).Was).toBeLessThan(0.5);
});

it('a word that may go on counts in full', () => {
  expect(queryWords('how who', ['en'], true).map(({ emphasis = 1 }) => emphasis < 1)).toEqual([true, false]);
});
