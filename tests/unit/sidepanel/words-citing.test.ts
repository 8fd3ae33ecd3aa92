import { expect, it } from 'vitest';
import { wordsCiting } from '../../../src/sidepanel/ask/answer/words-citing';

it('takes what an answer says before the marks of a source', () => {
  expect(wordsCiting(2, 'Lit in 1851 [1]. Seen from far [1, 2]. Now dark.')).toBe('Lit in 1851 [1]. Seen from far ');
});
