import type { Handlers } from '../../protocol/handle';
import type { TunedSearchRequests } from '../../protocol/tuned-search-requests';
import { changeAnswer } from '../../storage/conversations/conversations';
import type { Library } from '../../storage/schema';
import type { SearchTuner } from './search-tuner';

export interface TunedSearchRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly searchTuner: SearchTuner;
}

/** What the worker answers to requests about search that is tuned to its user. */
export function tunedSearchRequestHandlers({ openLibrary, searchTuner }: TunedSearchRequestTools): Handlers<TunedSearchRequests, unknown> {
  return {
    'tuned-search/status': () => searchTuner.status(),
    async 'tuned-search/train'() {
      searchTuner.train();
      return null;
    },
    async 'tuned-search/stop'() {
      searchTuner.stop();
      return null;
    },
    async 'tuned-search/undo'() {
      await searchTuner.undo();
      return searchTuner.status();
    },
    async 'answer/opened'({ answerId, source }) {
      await changeAnswer(await openLibrary(), answerId, (answer) => {
        const { opened = [], sources, status } = answer;
        const isKnown = sources.some(({ number }) => number === source);
        // One that is being written would be written over.
        return !isKnown || opened.includes(source) || status === 'streaming' ? undefined : { ...answer, opened: [...opened, source] };
      });
      return null;
    },
  };
}
