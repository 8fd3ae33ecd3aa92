import type { QuantizedVector } from './quantize-vector';

/** Where the vectors of a page's passages lie among those of a part of a backup. */
export interface VectorPlace {
  readonly modelKey: string;
  readonly dimensions: number;
  /** In bytes. */
  readonly at: number;
}

const factorBytes = 4;

/** Bytes that the vectors take: a factor of 4 bytes each, little-endian, then all codes. */
export const packedVectorBytes = (count: number, dimensions: number) => count * (factorBytes + dimensions);

/** @param vectors at least one, all of one length */
export function packVectors(vectors: readonly QuantizedVector[]): Uint8Array<ArrayBuffer> {
  const dimensions = vectors[0]?.codes.length ?? 0;
  const bytes = new Uint8Array(packedVectorBytes(vectors.length, dimensions));
  const view = new DataView(bytes.buffer);
  vectors.forEach(({ codes, factor }, index) => {
    view.setFloat32(index * factorBytes, factor, true);
    bytes.set(new Uint8Array(codes.buffer, codes.byteOffset, dimensions), vectors.length * factorBytes + index * dimensions);
  });
  return bytes;
}

/** @returns `undefined` when the bytes do not reach so far */
export function unpackVectors(bytes: Uint8Array, { at, dimensions }: VectorPlace, count: number): QuantizedVector[] | undefined {
  if (at + packedVectorBytes(count, dimensions) > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => {
    const from = at + count * factorBytes + index * dimensions;
    return { codes: Int8Array.from(bytes.subarray(from, from + dimensions)), factor: view.getFloat32(at + index * factorBytes, true) };
  });
}
