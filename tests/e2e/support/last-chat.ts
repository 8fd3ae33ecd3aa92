import type { RecordedRequest } from '../../support/model-server/record-request';
import type { Stage } from './stage';

/** What the chat model was last asked, whatever else was asked of its server since, such as which models it has. */
export function lastChat({ models }: Stage): RecordedRequest | undefined {
  return models.requests.findLast(({ path }) => path === '/chat/completions');
}
