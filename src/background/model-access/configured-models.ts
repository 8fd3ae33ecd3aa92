import { originPattern } from '../../core/origin-pattern';
import { ProblemError } from '../../core/problem';
import type { ChatModel } from '../../models/chat-model';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { ServerAddress } from '../../models/model-server';
import { openAiChatModel } from '../../models/openai-chat-model';
import { embeddingModelOfKey, openAiEmbeddingModel } from '../../models/openai-embedding-model';
import type { ModelAccess } from '../../storage/model-settings';
import { keyForOrigin } from './change-settings';
import { type MeteringTools, meteredChatModel } from './metered-chat-model';

export interface ModelTools {
  readonly readAccess: () => Promise<ModelAccess>;
  /** Whether the person allowed requests to this origin, as a match pattern. */
  readonly mayReach: (originPattern: string) => Promise<boolean>;
  /** Every call of these models is recorded with it. */
  readonly metering: MeteringTools;
}

/** The models that the person has set; `undefined` for those that aren't. Reject when the server may not be asked. */
export interface ConfiguredModels {
  chat(): Promise<ChatModel | undefined>;
  embedding(): Promise<EmbeddingModel | undefined>;
  /** The model that a key stands for, whether it is the chosen one or one before it; `undefined` while search goes by words by choice. */
  embeddingOfKey(modelKey: string): Promise<EmbeddingModel | undefined>;
}

export function configuredModels({ readAccess, mayReach, metering }: ModelTools): ConfiguredModels {
  const open = async <Model>(kind: 'chatModel' | 'embeddingModel', make: (address: ServerAddress, name: string) => Model) => {
    const { settings, apiKey } = await readAccess();
    const name = settings[kind];
    if (!settings.baseUrl || !name) return undefined;
    await assertAllowed(settings.baseUrl, mayReach);
    return make({ baseUrl: settings.baseUrl, apiKey }, name);
  };
  return {
    chat: () => open('chatModel', (address, name) => meteredChatModel(openAiChatModel(address, name), address.baseUrl, metering)),
    embedding: () => open('embeddingModel', openAiEmbeddingModel),
    async embeddingOfKey(modelKey) {
      const access = await readAccess();
      if (!access.settings.baseUrl || !access.settings.embeddingModel) return undefined;
      const { baseUrl, name } = embeddingModelOfKey(modelKey);
      await assertAllowed(baseUrl, mayReach);
      return openAiEmbeddingModel({ baseUrl, apiKey: keyForOrigin(access, baseUrl) }, name);
    },
  };
}

/** @throws ProblemError `model-permission-missing` or `model-address-invalid` */
export async function assertAllowed(baseUrl: string, mayReach: ModelTools['mayReach']): Promise<void> {
  const origin = originPattern(baseUrl);
  if (origin === undefined) throw new ProblemError({ code: 'model-address-invalid', detail: baseUrl });
  if (!(await mayReach(origin))) throw new ProblemError({ code: 'model-permission-missing', detail: new URL(baseUrl).host });
}

/** The origins of the servers that are set or answer questions, as match patterns. */
export function modelOrigins({ settings, keptKey }: ModelAccess, indexModel: string | undefined): string[] {
  const addresses = [settings.baseUrl, keptKey?.origin, indexModel === undefined ? undefined : embeddingModelOfKey(indexModel).baseUrl];
  return addresses.flatMap((address) => originPattern(address ?? '') ?? []);
}
