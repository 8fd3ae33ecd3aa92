import * as orama from '@orama/orama';
import MiniSearch from 'minisearch';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Ranks documents by title and text: for each question [id, score], the best first. */
export type PeerRanking = (documents: readonly Text[], questions: readonly string[], depth: number) => [string, number][][];

/** Other searches without a model, as they come. */
export const peerRankings: Readonly<Record<string, PeerRanking>> = {
  minisearch(documents, questions, depth) {
    const index = new MiniSearch<Text>({ fields: ['title', 'text'] });
    index.addAll(documents);
    return questions.map((question) =>
      index
        .search(question)
        .slice(0, depth)
        .map(({ id, score }) => [String(id), score]),
    );
  },
  orama(documents, questions, depth) {
    const index = orama.create({ schema: { title: 'string', text: 'string' } as const });
    for (const document of documents) orama.insert(index, document);
    return questions.map((term) => {
      const { hits } = orama.search(index, { term, limit: depth }) as { hits: { id: string; score: number }[] };
      return hits.map(({ id, score }): [string, number] => [id, score]);
    });
  },
};
