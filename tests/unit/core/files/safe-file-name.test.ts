import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFileName, uniqueNames } from '../../../../src/core/files/safe-file-name';

describe('a file name', () => {
  it('stays as near to the title as every system allows', () => {
    expect(safeFileName('What is “C/C++”? A: two languages…')).toBe('What is “C C++” A two languages…');
    expect(safeFileName('雪の下の紙')).toBe('雪の下の紙');
    expect(safeFileName('.htaccess explained. ')).toBe('htaccess explained');
    expect(safeFileName('[[link]] #tag ^block')).toBe('link tag block');
    expect(safeFileName('NUL')).toBe('NUL_');
    expect(safeFileName('con.notes')).toBe('con_.notes');
    expect(safeFileName('../../etc/passwd')).toBe('etc passwd');
    expect(safeFileName('???')).toBe('');
  });

  it('is safe and short whatever the title is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const name = safeFileName(title);
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cs}]|[. ]$|^[. ]/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(181);
      }),
    );
  });

  it('is given once, also where upper and lower case or the writing of an accent make no difference', () => {
    const unique = uniqueNames();
    expect(['Tea', 'tea', 'Tea', 'Tea (2)', 'Caf\u00e9', 'cafe\u0301'].map(unique)).toEqual([
      'Tea',
      'tea (2)',
      'Tea (3)',
      'Tea (2) (2)',
      'Caf\u00e9',
      'cafe\u0301 (2)',
    ]);
  });

  it('differs from all others however they are chosen', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'A', 'a (2)', 'A (2)', 'a (3)', 'b'), { maxLength: 40 }), (wanted) => {
        const unique = uniqueNames();
        const given = wanted.map((name) => unique(name).toLowerCase());
        expect(new Set(given).size).toBe(wanted.length);
      }),
    );
  });
});
