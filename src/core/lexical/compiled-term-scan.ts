import type { CompiledScans } from '../search/compiled-scans';
import type { TermScan } from './scan-terms';
import { maximumGrams, type SoughtTerm } from './sought-term';
import { TermRecords } from './term-records';

// How `assembly/scan-terms.ts` has a question laid out, in bytes.
const wordBytes = 1_712;
const editsAt = 24;
const passagesAt = 32;
const gramBytes = 8;
const useBytes = 12;
const filterAt = 0x2000;
const filterBits = 14;
const recordBytes = 32;
/** Places in the table of grams: a power of two, of which at most half are taken. */
const leastGramBits = 8;

/** The scan by the compiled module, for a quarter of the time. */
export class CompiledTermScan implements TermScan {
  /** The question as it lies in the memory from `questionAt` on, and the filter that lies before it. */
  readonly #question: { readonly bytes: Uint8Array<ArrayBuffer>; readonly filter: Uint8Array; ask(): void };

  constructor(
    readonly scans: CompiledScans,
    readonly words: readonly SoughtTerm[],
  ) {
    this.#question = layOut(scans, words);
  }

  scan(stretch: Uint8Array): TermRecords {
    const records = this.#run('scanTerms', stretch);
    const { bytes } = this.#question;
    const { buffer } = this.scans.exports.memory;
    // What it has counted goes on counting when another question has been put in its place meanwhile.
    bytes.set(new Uint8Array(buffer, this.scans.questionAt, this.words.length * wordBytes));
    return records;
  }

  passagesByGram(word: number): Float64Array {
    return new Float64Array(this.#question.bytes.buffer, word * wordBytes + passagesAt, maximumGrams);
  }

  scanForMisspellings(stretch: Uint8Array, words: readonly number[]): TermRecords {
    this.#put();
    const memory = new DataView(this.scans.exports.memory.buffer);
    this.words.forEach(({ edits }, index) => {
      memory.setUint32(this.scans.questionAt + index * wordBytes + editsAt, words.includes(index) ? edits : 0, true);
    });
    return this.#run('scanMisspellings', stretch);
  }

  /** Puts the question into the memory, if another lies there. */
  #put(): void {
    if (this.scans.asker === this) return;
    const { bytes, filter, ask } = this.#question;
    const memory = this.scans.bytes(this.scans.questionAt + bytes.length);
    memory.set(filter, filterAt);
    memory.set(bytes, this.scans.questionAt);
    ask();
    this.scans.asker = this;
  }

  #run(scan: 'scanTerms' | 'scanMisspellings', stretch: Uint8Array): TermRecords {
    this.#put();
    const from = this.scans.questionAt + this.#question.bytes.length;
    const to = from + stretch.length;
    const records = Math.ceil(to / 8) * 8;
    this.scans.bytes(records).set(stretch, from);
    const count = this.scans.exports[scan](from, to);
    if (count < 0) throw new RangeError('The bytes are cut short.');
    return new TermRecords(new Int32Array(this.scans.exports.memory.buffer, records, (count * recordBytes) / 4).slice());
  }
}

function layOut({ questionAt, exports }: CompiledScans, words: readonly SoughtTerm[]) {
  const uses = words.flatMap(({ grams }, word) => grams.map(({ gram, bit }) => ({ gram, bit, word })));
  const gramBits = Math.max(leastGramBits, Math.ceil(Math.log2(uses.length * 2 + 1)));
  const gramsAt = words.length * wordBytes;
  const usesAt = gramsAt + 2 ** gramBits * gramBytes;
  const textsAt = usesAt + uses.length * useBytes;
  const texts = words.flatMap(({ stems, beginning }) => [...stems, ...(beginning ? [beginning] : [])]);
  const bytes = new Uint8Array(Math.ceil((textsAt + texts.reduce((sum, { length }) => sum + 2 + 2 * length, 0)) / 8) * 8);
  const view = new DataView(bytes.buffer);
  const filter = new Uint8Array(1 << filterBits);

  let textAt = textsAt;
  const putText = (units: Uint16Array) => {
    const at = textAt;
    view.setUint16(at, units.length, true);
    for (const [place, unit] of units.entries()) view.setUint16(at + 2 + 2 * place, unit, true);
    textAt += 2 + 2 * units.length;
    return questionAt + at;
  };
  words.forEach(({ stems, all, hasMany, beginning }, index) => {
    const firstStem = questionAt + textAt;
    for (const stem of stems) putText(stem);
    const values = [0, all, hasMany ? 1 : 0, firstStem, stems.length, beginning ? putText(beginning) : 0, 0];
    for (const [place, value] of values.entries()) view.setUint32(index * wordBytes + 4 * place, value, true);
  });
  const last = 2 ** gramBits - 1;
  uses.forEach(({ gram, bit, word }, index) => {
    filter[gram >>> (32 - filterBits)] = 1;
    const at = usesAt + index * useBytes;
    let place = gram >>> (32 - gramBits);
    const slot = () => gramsAt + place * gramBytes;
    while (view.getUint32(slot() + 4, true) !== 0 && view.getInt32(slot(), true) !== gram) place = (place + 1) & last;
    view.setUint32(at, questionAt + word * wordBytes, true);
    view.setInt32(at + 4, bit, true);
    view.setUint32(at + 8, view.getUint32(slot() + 4, true), true);
    view.setInt32(slot(), gram, true);
    view.setUint32(slot() + 4, questionAt + at, true);
  });
  const unfinished = words.findIndex(({ beginning }) => beginning !== undefined);
  const ask = () => exports.ask(questionAt, words.length, questionAt + gramsAt, gramBits, unfinished < 0 ? words.length : unfinished);
  return { bytes, filter, ask };
}
