import type { AnswerMessage, MessageId, Source } from '../../core/conversation/conversation';
import type { PassageId } from '../../core/pages/page';
import { unpackAsked } from '../../core/retrieval-tuning/asked-vector';
import { type Judgement, judgedSources } from '../../core/retrieval-tuning/judged-sources';
import { PassageReader } from '../pages/passage-reader';
import type { Library } from '../schema';

/** A question with the sources that bear on it, whichever answers they are of. */
export interface QuestionWithSources {
  readonly text: string;
  /** Of length 1. */
  readonly vector: Float32Array;
  /** The surest first; at least one. */
  readonly sources: readonly Source[];
}

/** Messages read at a time. */
const readAtOnce = 200;
/** The newest are taken; more would take longer to learn from and change little. */
const mostQuestions = 3_000;

/**
 * The questions that something is known of, by what was opened and cited, the newest first. The same question asked again is one.
 * @param modelKey of these vectors only
 * @param judgementOf what the person made of an answer
 */
export async function readQuestionsWithSources(
  library: Library,
  modelKey: string,
  judgementOf: (answerId: MessageId) => Judgement | undefined,
): Promise<QuestionWithSources[]> {
  const answers: AnswerMessage[] = [];
  let after: MessageId | undefined;
  for (;;) {
    const read = await library.getAll('messages', after === undefined ? null : IDBKeyRange.lowerBound(after, true), readAtOnce);
    for (const message of read) if (message.role === 'answer' && message.asked?.modelKey === modelKey) answers.push(message);
    if (read.length < readAtOnce) break;
    after = read.at(-1)?.id;
  }
  const questions = new Map<string, QuestionWithSources>();
  for (const answer of answers.sort((one, other) => other.createdAt - one.createdAt)) {
    const { asked } = answer;
    const sources = judgedSources(answer, judgementOf(answer.id));
    if (!asked || sources.length === 0) continue;
    const known = questions.get(asked.text);
    if (!known && questions.size >= mostQuestions) continue;
    const vector = known?.vector ?? unpackAsked(asked);
    if (vector) questions.set(asked.text, { text: asked.text, vector, sources: [...(known?.sources ?? []), ...sources] });
  }
  return [...questions.values()];
}

/** Ids near that of a source's best passage which its stretch of text may reach. */
const nearIds = 4;

/** The passages of these sources as they are numbered now, in their order. Those of pages that are gone, or whose text has changed, have none. */
export async function passagesOfSources(library: Library, sources: readonly Source[]): Promise<PassageId[]> {
  const reader = new PassageReader(library);
  const found = new Set<PassageId>();
  for (const source of sources) {
    const near = Array.from({ length: 2 * nearIds + 1 }, (_, place) => (source.passageId + place - nearIds) as PassageId);
    const ids = await within(reader, near, source);
    // A page that came back from a backup has other numbers.
    for (const id of ids.length > 0 ? ids : await within(reader, await idsOfPage(library, source), source)) found.add(id);
  }
  return [...found];
}

/** The best first. */
async function within(reader: PassageReader, ids: readonly PassageId[], source: Source): Promise<PassageId[]> {
  const passages = (await reader.passages(ids)).flatMap((passage) => passage ?? []);
  const own = passages.filter(
    ({ pageId, version, start, end }) => pageId === source.pageId && version === source.version && start < source.end && end > source.start,
  );
  return own.map(({ id }) => id).sort((one, other) => Number(other === source.passageId) - Number(one === source.passageId));
}

async function idsOfPage(library: Library, { pageId, version }: Source): Promise<PassageId[]> {
  const [page, indexed] = await Promise.all([library.get('pages', pageId), library.get('indexedPages', pageId)]);
  if (page?.version !== version || !indexed) return [];
  return Array.from({ length: indexed.passageCount }, (_, place) => (indexed.firstPassageId + place) as PassageId);
}
