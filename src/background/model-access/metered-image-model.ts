import type { ConversationId } from '../../core/conversation';
import { estimateTokens } from '../../core/estimate-tokens';
import type { Cost } from '../../core/model-prices';
import type { ImageModel, ImageRequest, MadeImage } from '../../models/image-model';
import { mayBeCharged } from './may-be-charged';
import type { Meter } from './meter';

/** A model for pictures, each call of which is priced beforehand and recorded. */
export interface MeteredImageModel {
  readonly name: string;
  /** @throws ProblemError `spending-cap` too */
  make(request: ImageRequest, conversationId: ConversationId, signal: AbortSignal): Promise<MadeImage & { readonly cost: Cost }>;
}

export function meteredImageModel(model: ImageModel, baseUrl: string, meter: Meter): MeteredImageModel {
  return {
    name: model.name,
    async make(request, conversationId, signal) {
      const { quality, size } = request;
      const expected = { promptTokens: estimateTokens(request.prompt), completionTokens: 0, image: { quality, size } };
      const call = await meter.open({ baseUrl, model: model.name, purpose: 'picture', conversationId, expected });
      const made = await model.make(request, signal).catch(async (error: unknown) => {
        await call.settle(mayBeCharged(error, signal) ? expected : { promptTokens: 0, completionTokens: 0 });
        throw error;
      });
      const cost = await call.settle({ ...expected, ...made.used });
      return { ...made, cost };
    },
  };
}
