import { expect, it } from 'vitest';
import { fileKind } from '../../../../src/core/files/file-kind';

const head = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

it.each([
  ['a PDF under any name', 'letter.txt', '', '%PDF-1.7\n%\xe2\xe3', 'pdf'],
  ['a PDF behind some junk', 'letter', '', '\n\njunk %PDF-1.4', 'pdf'],
  ['HTML by its name', 'a.HTM', '', '<p>hello', 'html'],
  ['HTML by what the server says', 'a', 'text/html; charset=utf-8', 'hello', 'html'],
  ['HTML by its beginning', 'saved', '', '\xef\xbb\xbf<!-- saved from -->\n<!DOCTYPE html><p>', 'html'],
  ['Markdown that begins with HTML', 'a.md', '', '<html> is an element', 'text'],
  ['any text', 'a.log', '', 'one\ttwo\r\n', 'text'],
  ['text in UTF-16', 'a.txt', '', 'h\0e\0l\0l\0o\0', 'text'],
  ['a PDF that a server does not know', 'report', 'application/octet-stream', '%PDF-1.7\n%\xe2\xe3', 'pdf'],
  ['a page that speaks of PDFs', 'a', 'text/html', '<!doctype html><title>What %PDF-1.7 means</title>', 'html'],
  ['a text that a server does not know', 'notes.md', 'application/octet-stream', '# Notes', 'text'],
  ['a text with a stray control', 'a.csv', '', `${'one,two\n'.repeat(20)}\x02`, 'text'],
  ['a drawing', 'a.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
  ['a program that a system takes for a film', 'a.ts', 'video/mp2t', 'const lamp = 1;', 'text'],
  ['a picture', 'a.txt', 'text/plain', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', undefined],
  ['an archive', 'a.docx', '', 'PK\x03\x04\x14\0\x06\0', undefined],
])('tells %s', (_name, fileName, contentType, bytes, kind) => {
  expect(fileKind(fileName, contentType, head(bytes))).toBe(kind);
});

it('is told without pause of a file that is all comments', () => {
  expect(fileKind('saved', '', head('<!-- -->'.repeat(400)))).toBe('text');
});
