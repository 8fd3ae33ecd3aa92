import { expect, it } from 'vitest';
import { splitCitations } from '../../../src/sidepanel/ask/answer/split-citations';

it('takes the space before a mark away with it', () => {
  expect(splitCitations('So it is [1]. And so [2, 3] too')).toEqual([
    { type: 'text', text: 'So it is' },
    { type: 'mark', numbers: [1] },
    { type: 'text', text: '. And so' },
    { type: 'mark', numbers: [2, 3] },
    { type: 'text', text: ' too' },
  ]);
});

it('leaves text without marks whole', () => {
  expect(splitCitations('an array[i] and [sic]')).toEqual([{ type: 'text', text: 'an array[i] and [sic]' }]);
});
