import { ProblemError } from '../core/problem';
import type { ModelSettings } from '../core/settings';
import type { ChatModel } from '../models/chat-model';
import type { EmbeddingModel } from '../models/embedding-model';
import type { ServerAddress } from '../models/model-server';
import { openAiChatModel } from '../models/openai-chat-model';
import { openAiEmbeddingModel } from '../models/openai-embedding-model';

export interface ModelTools {
  readonly readSettings: () => Promise<ModelSettings>;
  readonly readApiKey: () => Promise<string>;
  /** Whether the person allowed requests to this origin, as a match pattern. */
  readonly mayReach: (originPattern: string) => Promise<boolean>;
}

/** The models that the person has set; `undefined` for those that aren't. */
export interface ConfiguredModels {
  chat(): Promise<ChatModel | undefined>;
  embedding(): Promise<EmbeddingModel | undefined>;
}

export function configuredModels({ readSettings, readApiKey, mayReach }: ModelTools): ConfiguredModels {
  const addressFor = async (baseUrl: string): Promise<ServerAddress> => {
    await assertAllowed(baseUrl, mayReach);
    return { baseUrl, apiKey: await readApiKey() };
  };
  return {
    async chat() {
      const { baseUrl, chatModel } = await readSettings();
      return baseUrl && chatModel ? openAiChatModel(await addressFor(baseUrl), chatModel) : undefined;
    },
    async embedding() {
      const { baseUrl, embeddingModel } = await readSettings();
      return baseUrl && embeddingModel ? openAiEmbeddingModel(await addressFor(baseUrl), embeddingModel) : undefined;
    },
  };
}

/** @throws ProblemError `model-permission-missing` or `model-address-invalid` */
export async function assertAllowed(baseUrl: string, mayReach: ModelTools['mayReach']): Promise<void> {
  if (!URL.canParse(baseUrl)) throw new ProblemError({ code: 'model-address-invalid', detail: baseUrl });
  const { protocol, hostname, host } = new URL(baseUrl);
  // Match patterns know no ports.
  if (!(await mayReach(`${protocol}//${hostname}/*`))) throw new ProblemError({ code: 'model-permission-missing', detail: host });
}
