import { buildExtensionIfStale } from './build-extension';
import { photographForReadme } from './screenshots/photograph-for-readme';
import { photographViews } from './screenshots/photograph-views';

// Every view and its main states, in light and dark, into artifacts/screenshots/. With `readme`: the picture in the README, and nothing else.
// With the beginnings of names (`ask`, `settings-models`): those views only.

const names = process.argv.slice(2);

buildExtensionIfStale();
if (names.includes('readme')) await photographForReadme();
else await photographViews(names);
