import { base64Of, bytesOfBase64 } from '../bytes/base64';
import { normalizeVector, quantizeVector, restoreVector } from '../vectors/quantize-vector';

/** What the library was searched for, with its vector as the model gave it: to have it embedded again would cost money. */
export interface AskedVector {
  readonly text: string;
  readonly modelKey: string;
  /** 8-bit codes in base64, and their factor; see `quantizeVector`. */
  readonly codes: string;
  readonly factor: number;
}

export function packAsked(text: string, modelKey: string, vector: Float32Array): AskedVector {
  const codes = new Int8Array(vector.length);
  const factor = quantizeVector(vector, codes);
  return { text, modelKey, codes: base64Of(new Uint8Array(codes.buffer)), factor };
}

/** @returns a vector of length 1; nothing when what is stored is no vector */
export function unpackAsked({ codes, factor }: AskedVector): Float32Array | undefined {
  try {
    const bytes = bytesOfBase64(codes);
    const vector = new Float32Array(bytes.length);
    restoreVector(new Int8Array(bytes.buffer), 0, factor, vector);
    return factor > 0 && Number.isFinite(factor) ? normalizeVector(vector) : undefined;
  } catch {
    return undefined;
  }
}
