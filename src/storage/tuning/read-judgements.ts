import type { MessageId } from '../../core/conversation/conversation';
import type { Judgement } from '../../core/retrieval-tuning/judged-sources';
import type { Verdict } from '../../core/tuning/stored-example';
import type { Library } from '../schema';
import { eachExample } from './examples';

/** An answer that was put into other words may have been about the right passages. */
const judgements: Readonly<Record<Verdict, Judgement | undefined>> = { good: 'good', chosen: 'good', bad: 'bad', edited: undefined };

/** What the person made of answers, as far as they said. */
export async function readJudgements(library: Library): Promise<(answerId: MessageId) => Judgement | undefined> {
  const known = new Map<MessageId, Judgement>();
  for await (const examples of eachExample(library)) {
    for (const { answerId, verdict } of examples) {
      const judgement = verdict && judgements[verdict];
      if (answerId !== undefined && judgement) known.set(answerId, judgement);
    }
  }
  return (answerId) => known.get(answerId);
}
