import type { PeerFigures, SearchFigures } from './search-figures';

const nameWidth = 36;

/** Figures of a search bench, for a person to read. */
export function searchTable({ passages, dimensions, ours, peers, ratios, ...sizes }: SearchFigures): string {
  const row = (name: string, ...values: readonly string[]) => name.padEnd(nameWidth) + values.map((value) => value.padStart(12)).join('');
  const peerRow = (name: string, figures: Partial<PeerFigures> | null) =>
    row(name, ...[figures?.coldMs, figures?.loadMs, figures?.warmP50Ms].map((ms) => (ms === undefined ? '–' : String(ms))), '–');
  const stores = Object.entries(sizes.bytesPerPassageByStore).sort((a, b) => b[1] - a[1]);
  return [
    `${passages} passages, ${dimensions} dimensions`,
    row('milliseconds', 'cold', 'of it, load', 'warm p50', 'warm p95'),
    row('Commonplace, words and vectors', String(ours.coldMs), '–', String(ours.warmP50Ms), String(ours.warmP95Ms)),
    row('a worker that only answers', String(ours.startMs), '–', '–', '–'),
    peerRow('MiniSearch, words', peers.minisearch),
    peerRow('Orama, words', peers.orama),
    peerRow('float32 scan, vectors', peers.exactScan),
    peerRow('MiniSearch and float32 scan', peers.minisearchWithScan),
    `Cold, MiniSearch and a float32 scan take ${ratios.coldMiniSearchWithScan ?? '–'} times as long; warm, the scan alone ${ratios.warmExactScan ?? '–'} times.`,
    `Memory above an empty worker: ${ours.memoryMb} MB alive while searching, ${ours.memoryWithGarbageMb} MB with garbage, ${ours.memoryHeldMb} MB held.`,
    `recall@10 of the vectors: ${ours.recallAt10}.`,
    `Bytes a passage, apart from the text: ${ours.bytesPerPassage}. By store: ${stores.map(([store, bytes]) => `${store} ${bytes}`).join(', ')}.`,
    `On disk, all of it: ${sizes.diskBytesPerPassage ?? '–'} bytes a passage, of which the text has ${sizes.textCharactersPerPassage} characters.`,
    `Built at ${sizes.buildPassagesPerSecond} passages a second, made up by another thread meanwhile.`,
  ].join('\n');
}
