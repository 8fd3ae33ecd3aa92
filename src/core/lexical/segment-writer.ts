import { ByteWriter } from '../bytes/byte-stream';
import { GramIndexWriter } from './gram-index-writer';
import { PostingsPacker } from './pack-postings';
import { cutTerm, DictionaryWriter } from './term-dictionary';

/** Postings are read in blocks of about this size: small enough to be read fast, large enough that the forms of a word stand together. */
const blockBytes = 8_192;
/**
 * All of a dictionary is read by each search that finds it not in memory; so large a stretch costs little more than its bytes. Chromium keeps a value of more
 * than 64 kB in a file of its own, and then it takes twice the time. Where each run begins comes on top of it.
 */
const stretchBytes = 56_000;

/** What a segment is stored as. Numbers count from 0 within the segment. */
export interface SegmentParts {
  readonly dictionary: Uint8Array<ArrayBuffer>[];
  readonly blocks: Uint8Array<ArrayBuffer>[];
}

/** Writes the terms of a segment, in the order of their UTF-16 code units, with their postings. */
export class SegmentWriter {
  readonly #dictionary: DictionaryWriter;
  readonly #grams: GramIndexWriter | undefined;
  readonly #block = new ByteWriter();
  readonly #postings = new PostingsPacker(new ByteWriter());
  #blockNumber = 0;
  #finished: SegmentParts = { dictionary: [], blocks: [] };

  /** @param hasGrams whether terms are to be found by their grams: worth it where there are so many that to look at all takes a while */
  constructor(hasGrams = false) {
    this.#dictionary = new DictionaryWriter(hasGrams);
    this.#grams = hasGrams ? new GramIndexWriter() : undefined;
  }

  /** A term without postings is left out. */
  add(term: string, give: (postings: PostingsPacker) => void): void {
    this.#postings.begin();
    give(this.#postings);
    const { count: passages, writer } = this.#postings;
    if (passages === 0) return;
    const bytes = writer.length;
    const startsBlock = this.#block.length === 0;
    this.#dictionary.add(term, { passages, block: this.#blockNumber, offset: this.#block.length, bytes }, startsBlock);
    this.#grams?.add(cutTerm(term), this.#dictionary.run, passages);
    this.#block.append(writer);
    // A stretch has to begin with a block.
    if (this.#block.length >= blockBytes || this.#dictionary.length >= stretchBytes) this.#endBlock();
  }

  /** The parts that are complete and were not taken before, in order. */
  take(): SegmentParts {
    const taken = this.#finished;
    this.#finished = { dictionary: [], blocks: [] };
    return taken;
  }

  /** Completes what is left. */
  finish(): SegmentParts {
    if (this.#block.length > 0) this.#endBlock();
    if (this.#dictionary.length > 0) this.#finished.dictionary.push(this.#dictionary.take());
    return this.take();
  }

  /** In which runs each gram stands, when all terms were added; none where they are not found by their grams. See `GramIndex`. */
  grams(): Uint8Array<ArrayBuffer>[] {
    return this.#grams?.finish() ?? [];
  }

  #endBlock(): void {
    this.#finished.blocks.push(this.#block.finish());
    this.#block.clear();
    this.#blockNumber += 1;
    if (this.#dictionary.length >= stretchBytes) this.#finished.dictionary.push(this.#dictionary.take());
  }
}
