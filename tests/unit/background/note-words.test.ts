import { expect, it, vi } from 'vitest';
import { NoteWords } from '../../../src/background/find/note-words';
import { readNote } from '../../../src/core/search/matches-note';

const notes = (count: number, of = 'them') => Array.from({ length: count }, (_, number) => `Number ${number} of ${of}.`);

/** How many notes are read into words when all of some are gone through. */
function counting() {
  const read = vi.fn(readNote);
  const words = new NoteWords(read);
  const readOf = (all: readonly string[]) => {
    read.mockClear();
    for (const note of all) expect(words.of(note)).toEqual(readNote(note));
    return read.mock.calls.length;
  };
  return { words, readOf };
}

it('reads so many notes once, and of more only those for which there is no room', () => {
  const { readOf } = counting();
  const all = notes(1_021);
  expect([readOf(all), readOf(all), readOf(all)]).toEqual([1_021, 21, 21]);
});

it('has room again for others when notes are gone', () => {
  const { words, readOf } = counting();
  readOf(notes(1_000));
  const others = [...notes(979), ...notes(21, 'others')];
  expect(readOf(others)).toBe(21);
  words.keepOnly(new Set(others));
  expect([readOf(others), readOf(others)]).toEqual([21, 0]);
});

it('keeps no words of a very long note', () => {
  const { readOf } = counting();
  const long = ['A lamp. '.repeat(100)];
  expect([readOf(long), readOf(long)]).toEqual([1, 1]);
});
