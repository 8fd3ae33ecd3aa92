import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsvRows } from '../../../../src/core/import/read-csv-rows';

const rowsOf = (text: string) => [...readCsvRows(text)].flatMap(([rows]) => rows);
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

it('gives back what was written, with the line that each row begins on', () => {
  // A lone carriage return at the end of a cell is taken for a part of the line's end.
  const cell = fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', ';', '\n', ' ', '😀', '=') });
  const row = fc.array(cell, { minLength: 2, maxLength: 5 }).filter((cells) => cells.some((one) => one.trim() !== ''));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), (rows, newline) => {
      const text = ['first,second', ...rows.map((cells) => cells.map(quoted).join(','))].join(newline);
      const read = rowsOf(text).slice(1);
      expect(read.map(({ cells }) => cells)).toEqual(rows);
      let line = 2;
      for (const [index, cells] of rows.entries()) {
        expect(read[index]?.line).toBe(line);
        line += 1 + cells.join('').split('\n').length - 1;
      }
    }),
  );
});

it('reads as many rows as there are, however many', () => {
  const text = Array.from({ length: 5_003 }, (_, index) => `${index},"x ${index}"`).join('\n');
  const rows = rowsOf(text);
  expect(rows.map(({ cells }) => Number(cells[0]))).toEqual(Array.from({ length: 5_003 }, (_, index) => index));
  expect(rows.at(-1)?.line).toBe(5_003);
});

it('says of a row with a quotation mark that is never closed that it is malformed', () => {
  const rows = rowsOf('url,title\nhttps://a.example/,A\n"https://b.example/,B\nhttps://c.example/,C\n');
  expect(rows.map(({ line, isMalformed }) => [line, isMalformed])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
});

it.each([';', '\t'])('takes %j for the separator when the header does', (separator) => {
  expect(rowsOf(`url${separator}title\na${separator}b, c\n`)[1]?.cells).toEqual(['a', 'b, c']);
});

it('never fails, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '\0') }), (text) => {
      rowsOf(text);
    }),
  );
});
