import { describe, expect, test } from 'vitest';
import { isOtherLanguage } from '../../../src/core/citations/is-other-language';

const english = 'The great lens of Skerrow Head was lit for the last time on 3 March 1974, and it has been dark ever since.';
const german = 'Die große Linse von Skerrow Head wurde am 3. März 1974 zum letzten Mal angezündet, und seither ist sie dunkel.';
const russian = 'Большая линза маяка в последний раз была зажжена третьего марта 1974 года, и с тех пор она тёмная.';

describe('An answer in another language', () => {
  test.each([
    ['When was the great lens lit for the last time?', german],
    ['When was the great lens lit for the last time?', russian],
    ['Wann wurde die große Linse zum letzten Mal angezündet?', english],
    ['Когда в последний раз зажгли большую линзу?', english],
  ])('is told: %s', (question, answer) => expect(isOtherLanguage(question, answer)).toBe(true));

  test.each([
    ['When was the great lens lit for the last time?', english],
    ['When was the great lens lit? Answer in German.', german],
    ['Translate what the page says of the lens', german],
    ['/translate the page', german],
    ['Skerrow Head?', german],
    ['When was it?', 'Am 3. März 1974.'],
    ['What does the line “die Linse wurde und die Nacht” mean?', german],
  ])('is not when it was asked for, or cannot be told: %s', (question, answer) => expect(isOtherLanguage(question, answer)).toBe(false));
});
