/**
 * Estimates cosines as `SignQuery.scan` of src/core/vectors/sign-query.ts does: one exclusive-or and a count of bits for sixteen bytes at a time.
 * @param signs the signs of `count` vectors, `words` words of 32 bits each
 * @param planes those of the query, as many words each
 * @param factors one a vector, 32 bits; `offsets` too
 * @param scores takes the estimates, 32 bits each
 */
export function scanSigns(
  signs: usize,
  count: i32,
  words: i32,
  planes: usize,
  planeCount: i32,
  factors: usize,
  offsets: usize,
  scores: usize,
  atCentre: f64,
  agreeing: f64,
  perBit: f64,
): void {
  const bytes = (<usize>words) << 2;
  for (let index: usize = 0; index < <usize>count; index++, signs += bytes) {
    let differing = 0;
    let plane = planes;
    for (let number = 0; number < planeCount; number++, plane += bytes) differing += countDiffering(signs, plane, bytes) << number;
    const place = index << 2;
    const offset = <f64>load<f32>(offsets + place);
    const factor = <f64>load<f32>(factors + place);
    store<f32>(scores + place, <f32>(atCentre + offset + factor * (agreeing - perBit * <f64>differing)));
  }
}

function countDiffering(left: usize, right: usize, bytes: usize): i32 {
  let sums = i32x4.splat(0);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const ones = i8x16.popcnt(v128.xor(v128.load(left + at), v128.load(right + at)));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(ones)));
  }
  let differing = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (; at < bytes; at += 4) differing += <i32>popcnt(load<u32>(left + at) ^ load<u32>(right + at));
  return differing;
}
