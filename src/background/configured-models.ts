import { ProblemError } from '../core/problem';
import type { ModelSettings } from '../core/settings';
import type { ChatModel } from '../models/chat-model';
import type { EmbeddingModel } from '../models/embedding-model';
import type { ServerAddress } from '../models/model-server';
import { openAiChatModel } from '../models/openai-chat-model';
import { openAiEmbeddingModel } from '../models/openai-embedding-model';

export interface ModelTools {
  readonly readAccess: () => Promise<{ settings: ModelSettings; apiKey: string }>;
  /** Whether the person allowed requests to this origin, as a match pattern. */
  readonly mayReach: (originPattern: string) => Promise<boolean>;
}

/** The models that the person has set; `undefined` for those that aren't. Reject when the server may not be asked. */
export interface ConfiguredModels {
  chat(): Promise<ChatModel | undefined>;
  embedding(): Promise<EmbeddingModel | undefined>;
}

export function configuredModels({ readAccess, mayReach }: ModelTools): ConfiguredModels {
  const open = async <Model>(kind: 'chatModel' | 'embeddingModel', make: (address: ServerAddress, name: string) => Model) => {
    const { settings, apiKey } = await readAccess();
    const name = settings[kind];
    if (!settings.baseUrl || !name) return undefined;
    await assertAllowed(settings.baseUrl, mayReach);
    return make({ baseUrl: settings.baseUrl, apiKey }, name);
  };
  return {
    chat: () => open('chatModel', (address, name) => openAiChatModel(address, name)),
    embedding: () => open('embeddingModel', openAiEmbeddingModel),
  };
}

/** @throws ProblemError `model-permission-missing` or `model-address-invalid` */
export async function assertAllowed(baseUrl: string, mayReach: ModelTools['mayReach']): Promise<void> {
  if (!URL.canParse(baseUrl)) throw new ProblemError({ code: 'model-address-invalid', detail: baseUrl });
  const { protocol, hostname, host } = new URL(baseUrl);
  // Match patterns know no ports.
  if (!(await mayReach(`${protocol}//${hostname}/*`))) throw new ProblemError({ code: 'model-permission-missing', detail: host });
}
