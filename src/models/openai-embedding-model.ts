import { ProblemError } from '../core/problem';
import type { EmbeddingModel } from './embedding-model';
import { modelProblem } from './model-problem';
import { openModelServer, type ServerAddress, serverUrl } from './model-server';

/** A model behind the embeddings endpoint of an OpenAI-compatible server. */
export function openAiEmbeddingModel(address: ServerAddress, name: string): EmbeddingModel {
  return {
    key: embeddingModelKey(address.baseUrl, name),
    name,
    embed: (texts, signal, onTokens) => embedTexts(address, name, texts, signal, onTokens),
  };
}

export function embeddingModelKey(baseUrl: string, name: string): string {
  return `${serverUrl(baseUrl)} ${name}`;
}

/** The server and the model that a key stands for; an address has no white space. */
export function embeddingModelOfKey(key: string): { baseUrl: string; name: string } {
  const [baseUrl = '', ...name] = key.split(' ');
  return { baseUrl, name: name.join(' ') };
}

async function embedTexts(
  address: ServerAddress,
  name: string,
  texts: readonly string[],
  signal?: AbortSignal,
  onTokens?: (tokens: number) => void,
): Promise<Float32Array[]> {
  try {
    const reply = await openModelServer(address).embeddings.create(
      // Floats, though base64 is smaller: not every compatible server knows base64.
      { model: name, input: [...texts], encoding_format: 'float' },
      signal ? { signal } : {},
    );
    const vectors = [...(reply.data ?? [])].sort((a, b) => a.index - b.index).map((item) => Float32Array.from(item.embedding));
    const dimensions = vectors[0]?.length ?? 0;
    if (vectors.length !== texts.length || dimensions === 0 || vectors.some((vector) => vector.length !== dimensions)) {
      throw new ProblemError({ code: 'model-malformed', detail: `${vectors.length} vectors for ${texts.length} texts` });
    }
    if (!vectors.every((vector) => vector.every(Number.isFinite))) {
      throw new ProblemError({ code: 'model-malformed', detail: 'a vector with a component that is no finite number' });
    }
    const tokens = reply.usage?.total_tokens;
    if (Number.isFinite(tokens)) onTokens?.(tokens);
    return vectors;
  } catch (error) {
    throw modelProblem(error, address.apiKey);
  }
}
