import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../../../src/core/files/read-text-file';
import { maxCapturedCharacters } from '../../../../src/core/pages/page';

const read = (text: string, fileName = 'notes.md') =>
  readTextFile({ bytes: new TextEncoder().encode(text), contentType: '', fileName, url: 'file-sha256:00' }, 1_000);

describe('the title is', () => {
  it.each([
    ['that of the front matter', "---\ntitle: 'On lamps'\ntags: [a, b]\n---\n# Lamps", 'notes.md', 'On lamps'],
    ['else the first heading', 'Some words.\n\n# Lamps #\n', 'notes.md', 'Lamps'],
    ['else the name of the file', 'Some words.', 'oil_lamps-2.md', 'oil lamps-2'],
    ['in a plain text always the name of the file', '# define LAMP', 'Lamp list.txt', 'Lamp list'],
  ])('%s', (_name, text, fileName, title) => {
    expect(read(text, fileName).title).toBe(title);
  });
});

it('front matter is no part of the text, but rules and tables are', () => {
  expect(read('---\ntitle: A\ndate: 2024-02-03T10:00\n---\n\nText.').markdown).toBe('Text.');
  expect(read('---\ntitle: A\ndate: 2024-02-03T10:00\n---\n\nText.').published).toBe('2024-02-03');
  expect(read('---\n\nText.\n\n---\n\nMore.').markdown).toBe('---\n\nText.\n\n---\n\nMore.');
});

it('the text is as it was written, with one kind of line end', () => {
  expect(read('\uFEFFone *two*\r\n\tthree\rfour  \n').markdown).toBe('one *two*\n\tthree\nfour');
});

it('what is too long is cut at a line, and the share says so', () => {
  const page = read('A line of forty characters, or about it.\n'.repeat(100_000), 'long.txt');
  expect(page.markdown.length).toBeLessThanOrEqual(maxCapturedCharacters);
  expect(page.markdown.endsWith('or about it.')).toBe(true);
  expect(page.shareRead).toBeCloseTo(page.markdown.length / 4_099_999, 5);
});
