import type { ConversationId } from '../../core/conversation/conversation';
import type { Cost, TokensUsed } from '../../core/models/model-prices';
import { estimateTokens } from '../../core/text/estimate-tokens';
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
      let reported: TokensUsed | undefined;
      const noteUsed = (used: TokensUsed) => {
        reported = used;
      };
      const made = await model.make(request, signal, noteUsed).catch(async (error: unknown) => {
        const isCharged = reported !== undefined || mayBeCharged(error, signal);
        await call.settle(isCharged ? { ...expected, ...reported } : { promptTokens: 0, completionTokens: 0 });
        throw error;
      });
      const cost = await call.settle({ ...expected, ...made.used });
      return { ...made, cost };
    },
  };
}
