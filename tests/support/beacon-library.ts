import type { Library } from '../../src/storage/schema';
import { addPage } from './add-page';
import { temporaryLibrary } from './temporary-library';

/** A library of so many pages, `page0` and on, each of one passage: all have the lamp, and each a beacon of its own number. */
export async function beaconLibrary(pages: number): Promise<Library> {
  const library = await temporaryLibrary();
  for (let page = 0; page < pages; page++) await addPage(library, `page${page}`, { text: `The lamp burns. Beacon${page}.` });
  return library;
}
