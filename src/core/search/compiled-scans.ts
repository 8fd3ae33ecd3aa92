import { bytesOfBase64 } from '../bytes/base64';
import { scansModule } from './scans-module';

/** What `assembly/index.ts` exports; addresses and lengths are in bytes. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly questionAt: { readonly value: number };
  scanSigns(
    signs: number,
    count: number,
    words: number,
    planes: number,
    planeCount: number,
    factors: number,
    offsets: number,
    scores: number,
    atCentre: number,
    agreeing: number,
    perBit: number,
  ): void;
}

const pageBytes = 2 ** 16;

/** The compiled scans, with a memory of their own: in its first page is put what is looked for, and behind it lies what is looked through. */
export class CompiledScans {
  /** Where what is looked through begins. */
  static readonly libraryAt = pageBytes;

  #words = new Int32Array(0);
  #floats = new Float32Array(0);

  /** @throws RangeError when there is no more room */
  constructor(
    readonly exports: Exports,
    bytes: number,
  ) {
    this.reserve(bytes);
  }

  /** Where a question is put. */
  get questionAt(): number {
    return this.exports.questionAt.value;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** The memory as 32-bit numbers. */
  get words(): Int32Array {
    return this.#words;
  }

  /** The same as 32-bit floats. */
  get floats(): Float32Array {
    return this.#floats;
  }

  /**
   * Sees to it that there are so many bytes. When there were fewer, nothing that was taken of the memory before is valid any longer.
   * @throws RangeError when there is no more room
   */
  reserve(bytes: number): void {
    const { memory } = this.exports;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    if (this.#words.buffer === memory.buffer) return;
    this.#words = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
  }
}

let compiled: WebAssembly.Module | null | undefined;
let shared: CompiledScans | null | undefined;

/**
 * Scans with at least so many bytes of memory, which goes with the last that holds them or a part of it.
 * @returns `null` where there is no WebAssembly, as with a browser that may not compile anything, or no room
 */
export function newScans(bytes: number): CompiledScans | null {
  if (compiled === undefined) compiled = attempt(() => new WebAssembly.Module(bytesOfBase64(scansModule)));
  const module = compiled;
  return module && attempt(() => new CompiledScans(new WebAssembly.Instance(module, {}).exports as unknown as Exports, bytes));
}

/** Those that anyone may use for a moment: nothing stays in their memory. @returns `null` where there is no WebAssembly */
export function compiledScans(): CompiledScans | null {
  if (shared === undefined) shared = newScans(0);
  return shared;
}

function attempt<Result>(make: () => Result): Result | null {
  try {
    return make();
  } catch {
    return null;
  }
}
