import { expect, it } from 'vitest';
import { joinBlocks } from '../../../../src/content/markdown/join-blocks';

const block = (text: string, isTight = false) => ({ text, isTight });

it('parts blocks by an empty line, and items of a list by none', () => {
  const joined = joinBlocks([block('Lamps'), block('- oil'), block('- gas', true), block('End')], 100);
  expect(joined).toEqual({ markdown: 'Lamps\n\n- oil\n- gas\n\nEnd', shareKept: 1 });
});

it('cuts at the end of a block, and says what share is left', () => {
  const joined = joinBlocks([block('12345'), block('12345678'), block('x')], 14);
  expect(joined).toEqual({ markdown: '12345', shareKept: 5 / 18 });
});

it('cuts a block that is longer than the limit by itself, between two characters', () => {
  expect(joinBlocks([block('🪔🪔🪔')], 5)).toEqual({ markdown: '🪔🪔', shareKept: 4 / 6 });
});

it('makes nothing of nothing', () => {
  expect(joinBlocks([], 5)).toEqual({ markdown: '', shareKept: 1 });
});
