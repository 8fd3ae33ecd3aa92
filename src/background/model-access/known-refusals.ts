import { refusedByFamily } from '../../core/models/model-families';
import type { Refusal } from '../../core/models/refusals';
import type { ChatEndpoint } from '../../core/models/settings';

/**
 * What is known of a model that it does not take.
 * @param learned from its own refusals
 * @param endpoint how the person has it asked, whatever is known
 */
export function knownRefusals(model: string, learned: readonly Refusal[], endpoint: ChatEndpoint | undefined): Refusal[] {
  const known = [...refusedByFamily(model), ...learned];
  if (endpoint === undefined) return known;
  const others = known.filter(({ part }) => part !== 'chat');
  return endpoint === 'chat' ? others : [...others, { part: 'chat' }];
}
