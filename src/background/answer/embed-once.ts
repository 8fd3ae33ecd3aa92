import type { EmbeddingModel } from '../../models/embedding-model';

/** A model that is sent no text twice, for each is paid for: what it gave is remembered. To be held for one question. */
export function embedOnce(model: EmbeddingModel): EmbeddingModel {
  const known = new Map<string, Float32Array>();
  return {
    key: model.key,
    name: model.name,
    async embed(texts, signal, onTokens) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      const vectors = fresh.length > 0 ? await model.embed(fresh, signal, onTokens) : [];
      for (const [index, text] of fresh.entries()) known.set(text, vectors[index] as Float32Array);
      return texts.map((text) => known.get(text) as Float32Array);
    },
  };
}
