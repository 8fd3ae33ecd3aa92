import { askStops } from './ask-stops';
import { draftsStops } from './drafts-stops';
import { emptyStops } from './empty-stops';
import { judgeStops } from './judge-stops';
import { libraryStops } from './library-stops';
import { readerStops } from './reader-stops';
import { settingsStops } from './settings-stops';
import type { Stop } from './stop';
import { trainStops } from './train-stops';
import { troubleStops } from './trouble-stops';

/** Every view and its main states, in the order in which a person comes to them. */
export const allStops: readonly Stop[] = [
  ...emptyStops,
  ...askStops,
  ...libraryStops,
  ...judgeStops,
  ...draftsStops,
  ...trainStops,
  ...settingsStops,
  ...readerStops,
  ...troubleStops,
];
