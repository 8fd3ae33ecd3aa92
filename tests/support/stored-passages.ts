import type { Passage } from '../../src/core/pages/page';
import { passagesOf } from '../../src/storage/pages/passage-runs';
import type { Library } from '../../src/storage/schema';

/** All passages of a library, in order. */
export async function storedPassages(library: Library): Promise<Passage[]> {
  return (await library.getAll('passageRuns')).flatMap(passagesOf);
}
