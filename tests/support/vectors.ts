/** A source of vectors whose components are normally distributed, the same ones for the same seed. */
export function gaussians(seed: number): (dimensions: number) => Float32Array {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  return (dimensions) =>
    Float32Array.from({ length: dimensions }, () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
}

export function cosine(left: Float32Array, right: Float32Array): number {
  const product = left.reduce((sum, component, place) => sum + component * (right[place] ?? 0), 0);
  const length = Math.hypot(...left) * Math.hypot(...right);
  return length > 0 ? product / length : 0;
}
