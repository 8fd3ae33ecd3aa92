import { expect, it } from 'vitest';
import { structureStarts } from '../../../../src/core/pages/structure-start';

/** Where the structure begins that these words are in the middle of, as the words that stand there. */
function startOf(text: string, words: string): string {
  const place = structureStarts(text)(text.indexOf(words));
  return text.slice(place, place + 12);
}

const recipe = `A loaf takes a day. Begin in the morning:

- Mix flour and water.
- Wait an hour,
  or two.

- Add the salt.

That is all. It needs no kneading at all.

| Hour | Dough |
| --- | --- |
| 1 | slack |
| 4 | domed |

\`\`\`sh
bake --hot
bake --dark
\`\`\``;

it('finds the beginning of a list, with the words that lead to it', () => {
  expect(startOf(recipe, '- Add the salt')).toBe('A loaf takes');
  expect(startOf(recipe, '- Mix')).toBe('A loaf takes');
});

it('finds the head of a table', () => {
  expect(startOf(recipe, '| 4 |')).toBe('| Hour | Dou');
});

it('finds the beginning of a block of code, and of a paragraph', () => {
  expect(startOf(recipe, 'bake --dark')).toBe('```sh\nbake -');
  expect(startOf(recipe, 'It needs no')).toBe('That is all.');
});

it('leaves what begins by itself', () => {
  expect(startOf(recipe, 'That is all')).toBe('That is all.');
  expect(startOf(recipe, 'A loaf')).toBe('A loaf takes');
  expect(startOf(`Dear all:\n\n${'# Heading here'}`, '# Heading')).toBe('# Heading he');
});

it('stays where it is behind the end and in white space', () => {
  const starts = structureStarts('A lamp.\n\nAn oil.');
  expect([starts(7), starts(8), starts(16), starts(99)]).toEqual([7, 8, 16, 99]);
});

it('tells two tables or lists apart that only a blank line parts', () => {
  const pair = (row: (number: number, word: string) => string) => `${row(1, 'a')}\n${row(2, 'b')}\n\n${row(1, 'c')}\n${row(2, 'd')}`;
  expect(
    startOf(
      pair((number, word) => `| ${number} | ${word} |`),
      '| 2 | d',
    ),
  ).toBe('| 1 | c |\n| ');
  expect(
    startOf(
      pair((number, word) => `${number}. Step ${word}`),
      '2. Step d',
    ),
  ).toBe('1. Step c\n2.');
  expect(
    startOf(
      pair((number, word) => `- Item ${number} ${word}`),
      '- Item 2 d',
    ),
  ).toBe('- Item 1 c\n-');
});

it('takes a list with a blank line between all its items for one', () => {
  expect(startOf('You need:\n\n- a\n\n- b\n\n- c', '- c')).toBe('You need:\n\n-');
});
