import { type ReadNote, readNote } from '../../core/search/matches-note';

/** Notes that are not read into words again at the next letter: as many as most people write, and of the usual length. A few megabytes, and ten at most. */
const [mostRemembered, longestRemembered] = [1_000, 500];

/** The words of notes, by their text. Not of those read last, for all are gone through at each letter: of a few more than there is room for, none would be left. */
export class NoteWords {
  readonly #words = new Map<string, ReadNote>();
  readonly #read: typeof readNote;

  constructor(read = readNote) {
    this.#read = read;
  }

  of(note: string): ReadNote {
    const known = this.#words.get(note);
    if (known) return known;
    const words = this.#read(note);
    if (note.length <= longestRemembered && this.#words.size < mostRemembered) this.#words.set(note, words);
    return words;
  }

  /** Forgets those of notes that are gone, which makes room. */
  keepOnly(notes: ReadonlySet<string>): void {
    for (const note of this.#words.keys()) if (!notes.has(note)) this.#words.delete(note);
  }
}
