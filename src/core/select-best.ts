/**
 * The places of the highest scores, by rising place; of equal scores the lower places. Those of minus infinity are none. Looks at each once and keeps
 * the best in a heap whose root is the worst of them.
 */
export function selectBest(scores: Float32Array, count: number): number[] {
  if (count < 1) return [];
  const heap: number[] = [];
  const isWorse = (a: number, b: number) => {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference < 0 || (difference === 0 && a > b);
  };
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place] as number;
    if (score === Number.NEGATIVE_INFINITY) continue;
    if (heap.length < count) {
      heap.push(place);
      siftUp(heap, isWorse);
    } else if (score > (scores[heap[0] as number] as number)) {
      heap[0] = place;
      siftDown(heap, isWorse);
    }
  }
  return heap.sort((a, b) => a - b);
}

type IsWorse = (a: number, b: number) => boolean;

function siftUp(heap: number[], isWorse: IsWorse): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isWorse(heap[child] as number, heap[parent] as number)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function siftDown(heap: number[], isWorse: IsWorse): void {
  for (let parent = 0; ; ) {
    let worst = parent;
    for (const child of [parent * 2 + 1, parent * 2 + 2]) {
      if (child < heap.length && isWorse(heap[child] as number, heap[worst] as number)) worst = child;
    }
    if (worst === parent) return;
    swap(heap, parent, worst);
    parent = worst;
  }
}

function swap(heap: number[], one: number, other: number): void {
  const kept = heap[one] as number;
  heap[one] = heap[other] as number;
  heap[other] = kept;
}
