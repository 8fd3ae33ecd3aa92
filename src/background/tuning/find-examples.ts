import { messagesOf, type TuningExample } from '../../core/tuning/example';
import type { ExampleId } from '../../core/tuning/stored-example';
import type { ExampleFilter, FoundExamples } from '../../protocol/example-requests';
import type { Library } from '../../storage/schema';
import { countExamples, eachExample, exampleIds, exampleTags } from '../../storage/tuning/examples';

/** The examples that a filter leaves, in order. Only words to be found have the examples read. */
export async function findExamples(library: Library, filter: ExampleFilter): Promise<FoundExamples> {
  const [ids, tags, total] = await Promise.all([findIds(library, filter), exampleTags(library), countExamples(library)]);
  return { ids, tags, total };
}

async function findIds(library: Library, { text, tag, split }: ExampleFilter): Promise<readonly ExampleId[]> {
  const words = text?.trim().toLowerCase();
  if (words) {
    const ids: ExampleId[] = [];
    for await (const examples of eachExample(library)) {
      for (const { id, example } of examples) {
        const isWanted = (tag === undefined || example.tags?.includes(tag)) && (split === undefined || example.split === split);
        if (isWanted && wordsOf(example).includes(words)) ids.push(id);
      }
    }
    return ids;
  }
  const [all, ofTag, ofSplit] = await Promise.all([
    tag === undefined && split === undefined ? exampleIds(library) : undefined,
    tag === undefined ? undefined : exampleIds(library, { byTag: tag }),
    split === undefined ? undefined : exampleIds(library, { bySplit: split }),
  ]);
  if (all) return all;
  const others = ofTag && ofSplit ? new Set(ofSplit) : undefined;
  const ids = (ofTag ?? ofSplit ?? []).filter((id) => !others || others.has(id));
  return ids.sort();
}

function wordsOf(example: TuningExample): string {
  const said = [...messagesOf(example), ...(example.rejected ? [example.rejected] : [])].map(({ content }) => content);
  return [...said, example.source ?? ''].join('\n').toLowerCase();
}
