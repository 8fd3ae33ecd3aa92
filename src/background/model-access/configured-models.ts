import { originPattern } from '../../core/capture/origin-pattern';
import type { CallPurpose } from '../../core/models/call-account';
import type { Refusal } from '../../core/models/refusals';
import { ProblemError } from '../../core/problem';
import type { ChatModel } from '../../models/chat-model';
import type { EmbeddingModel } from '../../models/embedding-model';
import { openAiChatModel } from '../../models/openai-chat-model';
import { embeddingModelKey, embeddingModelOfKey, openAiEmbeddingModel } from '../../models/openai-embedding-model';
import { openAiImageModel } from '../../models/openai-image-model';
import type { ModelAccess } from '../../storage/settings/model-settings';
import { keyForOrigin } from './change-settings';
import { knownRefusals } from './known-refusals';
import { type MeteringTools, meteredChatModel } from './metered-chat-model';
import { meteredEmbeddingModel } from './metered-embedding-model';
import { type MeteredImageModel, meteredImageModel } from './metered-image-model';

export interface ModelTools {
  readonly readAccess: () => Promise<ModelAccess>;
  /** Whether the person allowed requests to this origin, as a match pattern. */
  readonly mayReach: (originPattern: string) => Promise<boolean>;
  /** Every call of these models is recorded with it. */
  readonly metering: MeteringTools;
  /** What models turned out not to take, by the key of each. */
  readonly refusals: {
    readonly read: (modelKey: string) => Promise<readonly Refusal[]>;
    readonly add: (modelKey: string, refusals: readonly Refusal[]) => Promise<void>;
  };
}

/** The models that the person has set; `undefined` for those that aren't. Reject when the server may not be asked. */
export interface ConfiguredModels {
  chat(): Promise<ChatModel | undefined>;
  /** Another model of the same server that writes answers. */
  chatOfName(name: string): Promise<ChatModel | undefined>;
  /** A model of the same server that makes pictures. */
  imageOfName(name: string): Promise<MeteredImageModel | undefined>;
  embedding(): Promise<EmbeddingModel | undefined>;
  /** The model that a key stands for, whether it is the chosen one or one before it; `undefined` while search goes by words by choice. */
  embeddingOfKey(modelKey: string): Promise<EmbeddingModel | undefined>;
}

export function configuredModels({ readAccess, mayReach, metering, refusals }: ModelTools): ConfiguredModels {
  const openChat = async (chosen?: string) => {
    const { settings, apiKey } = await readAccess();
    const { baseUrl, chatEndpoint } = settings;
    const name = chosen ?? settings.chatModel;
    if (!baseUrl || !name) return undefined;
    await assertAllowed(baseUrl, mayReach);
    const key = embeddingModelKey(baseUrl, name);
    const model = openAiChatModel({ baseUrl, apiKey }, name, {
      refusals: knownRefusals(name, await refusals.read(key), name === settings.chatModel ? chatEndpoint : undefined),
      // What could not be kept is learned again.
      learn: (learned) => void refusals.add(key, learned).catch(() => {}),
    });
    return meteredChatModel(model, baseUrl, metering);
  };
  const metered = (model: EmbeddingModel, baseUrl: string, purpose: CallPurpose) =>
    meteredEmbeddingModel(model, baseUrl, purpose, metering.meter);
  return {
    chat: () => openChat(),
    chatOfName: openChat,
    async imageOfName(name) {
      const { settings, apiKey } = await readAccess();
      const { baseUrl } = settings;
      if (!baseUrl) return undefined;
      await assertAllowed(baseUrl, mayReach);
      return meteredImageModel(openAiImageModel({ baseUrl, apiKey }, name), baseUrl, metering.meter);
    },
    async embedding() {
      const { settings, apiKey } = await readAccess();
      const { baseUrl, embeddingModel } = settings;
      if (!baseUrl || !embeddingModel) return undefined;
      await assertAllowed(baseUrl, mayReach);
      return metered(openAiEmbeddingModel({ baseUrl, apiKey }, embeddingModel), baseUrl, 'page-embedding');
    },
    async embeddingOfKey(modelKey) {
      const access = await readAccess();
      if (!access.settings.baseUrl || !access.settings.embeddingModel) return undefined;
      const { baseUrl, name } = embeddingModelOfKey(modelKey);
      await assertAllowed(baseUrl, mayReach);
      return metered(openAiEmbeddingModel({ baseUrl, apiKey: keyForOrigin(access, baseUrl) }, name), baseUrl, 'question-embedding');
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
