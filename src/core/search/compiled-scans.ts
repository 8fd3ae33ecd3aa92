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

/**
 * The compiled scans, with the one memory that they have. Nothing stays there: who asks puts in what is looked for, and with
 * it what is looked through, a piece at a time.
 */
export class CompiledScans {
  constructor(readonly exports: Exports) {}

  /** Where a question is put. */
  get questionAt(): number {
    return this.exports.questionAt.value;
  }

  /** The memory's bytes, at least so many. No longer valid when there is more memory: after each call of this. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const { memory } = this.exports;
    const missing = length - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    return new Uint8Array(memory.buffer);
  }
}

let known: CompiledScans | null | undefined;

/** @returns `null` where there is no WebAssembly, as with a browser that may not compile anything */
export function compiledScans(): CompiledScans | null {
  if (known === undefined) known = compile();
  return known;
}

function compile(): CompiledScans | null {
  try {
    const module = new WebAssembly.Module(bytesOfBase64(scansModule));
    return new CompiledScans(new WebAssembly.Instance(module, {}).exports as unknown as Exports);
  } catch {
    return null;
  }
}
