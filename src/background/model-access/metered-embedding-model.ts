import type { CallPurpose } from '../../core/models/call-account';
import { estimateTokens } from '../../core/text/estimate-tokens';
import type { EmbeddingModel } from '../../models/embedding-model';
import { mayBeCharged } from './may-be-charged';
import type { Meter } from './meter';

/** Has each call of an embedding model priced and recorded. Its `embed` rejects with `spending-cap` too. */
export function meteredEmbeddingModel(model: EmbeddingModel, baseUrl: string, purpose: CallPurpose, meter: Meter): EmbeddingModel {
  return {
    ...model,
    async embed(texts, signal, onTokens) {
      const expected = { promptTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0), completionTokens: 0 };
      const call = await meter.open({ baseUrl, model: model.name, purpose, expected });
      let promptTokens: number | undefined;
      const embedded = await model
        .embed(texts, signal, (tokens) => {
          promptTokens = tokens;
          onTokens?.(tokens);
        })
        .catch(async (error: unknown) => {
          const isCharged = promptTokens !== undefined || mayBeCharged(error, signal);
          await call.settle({ promptTokens: isCharged ? (promptTokens ?? expected.promptTokens) : 0, completionTokens: 0 });
          throw error;
        });
      await call.settle({ promptTokens: promptTokens ?? expected.promptTokens, completionTokens: 0 });
      return embedded;
    },
  };
}
