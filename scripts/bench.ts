import { parseArgs } from 'node:util';

import { runBackupBench } from './bench/backup';
import { runCitationsBench } from './bench/citations';
import { runExamplesBench } from './bench/examples';
import { runFindBench } from './bench/find';
import { runIngestBench } from './bench/ingest';
import { runListBench } from './bench/list';
import { runSearchBench } from './bench/search';
import { runStartupBench } from './bench/startup';
import { runStreamingBench } from './bench/streaming';
import { runTuningBench } from './bench/tuning';
import { runWatchingBench } from './bench/watching';

const usage = `Usage:
  npm run -s bench -- search [--passages N]    how long a search takes, cold and warm, beside MiniSearch, Orama and a float32 scan
      --plot [--sizes N,N,…]                   measures several sizes and draws them into docs/search-latency.svg
      --from FILE …                            draws what earlier runs kept instead of measuring
      --keep DIR                               keeps the library in DIR/N, or measures the one that lies there
  npm run -s bench -- ingest [--passages N]    how many passages are indexed a second, beside MiniSearch and Orama, and what one page more costs
  npm run -s bench -- find [--passages N]      how soon after each letter results are shown in the Library, beside MiniSearch in the panel's memory
  npm run -s bench -- list [--pages N]         how long a window of the Library's list takes, and how it is drawn while it is scrolled
  npm run -s bench -- startup                  how soon the worker, the panel and a saved page are ready, beside an extension that does nothing
  npm run -s bench -- streaming [--passages N] how soon after Enter the first source is shown, and how an answer streams into a long conversation, beside rendering it whole
  npm run -s bench -- watching                 what a page that is watched and not saved pays for it
  npm run -s bench -- backup [--pages N]       how long a library takes to be exported, backed up and restored, and the worker's memory meanwhile
  npm run -s bench -- tuning [--pairs N]       how long it takes to train the map of tuned search at 1,536 dimensions, and what it adds to a search
  npm run -s bench -- examples [--examples N] [--form csv|jsonl]
                                               how long a file of examples takes to be imported, checked and exported in the panel, and how the panel fares meanwhile
  npm run -s bench -- citations --data DIR     how long it takes to check an answer of 20 sentences against 8 passages (of eval -- citation-set)`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    passages: { type: 'string' },
    pages: { type: 'string' },
    pairs: { type: 'string' },
    examples: { type: 'string' },
    form: { type: 'string' },
    data: { type: 'string' },
    plot: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,30000,100000,300000,1000000' },
    from: { type: 'string', multiple: true, default: [] },
    keep: { type: 'string' },
  },
});
const [bench, ...files] = positionals;
const passages = Number(values.passages ?? 5_000);
const sizes = values.plot ? values.sizes.split(',').map(Number) : [passages];
const from = values.from.length > 0 ? [...values.from, ...files] : [];

if (![passages, ...sizes].every((size) => Number.isInteger(size) && size >= 100)) {
  console.error('--passages and --sizes take whole numbers from 100.');
  process.exitCode = 2;
} else if (bench === 'citations' && values.data) runCitationsBench(values.data);
else if (bench === 'search') await runSearchBench({ sizes, plot: values.plot, from, keptIn: values.keep });
else if (bench === 'ingest') await runIngestBench(passages);
else if (bench === 'find') await runFindBench(Number(values.passages ?? 10_000));
else if (bench === 'list') await runListBench(Number(values.pages ?? 10_000));
else if (bench === 'startup') await runStartupBench();
else if (bench === 'streaming') await runStreamingBench(Number(values.passages ?? 10_000));
else if (bench === 'backup') await runBackupBench(Number(values.pages ?? 1_000));
else if (bench === 'tuning') await runTuningBench(Number(values.pairs ?? 1_000));
else if (bench === 'examples') await runExamplesBench(Number(values.examples ?? 50_000), values.form === 'jsonl' ? 'jsonl' : 'csv');
else if (bench === 'watching') await runWatchingBench();
else {
  console.error(usage);
  process.exitCode = 2;
}
