import type { AnswerMessage, QuestionMessage } from '../../core/conversation/conversation';
import { type PictureChoices, type PictureId, promptOf } from '../../core/conversation/picture';
import { ProblemError } from '../../core/problem';
import { putPicture } from '../../storage/conversations/pictures';
import type { Library } from '../../storage/schema';
import type { MeteredImageModel } from '../model-access/metered-image-model';

export interface PictureTools {
  readonly library: Library;
  readonly imageModel: (name: string) => Promise<MeteredImageModel | undefined>;
  readonly newId: () => string;
}

/**
 * Has a picture made of what a question says, and keeps it.
 * @throws ProblemError any `model-…`; `spending-cap`, `picture-elsewhere`, `picture-unreadable`, `storage-full`
 */
export async function makePicture(
  question: QuestionMessage,
  choices: PictureChoices,
  { library, imageModel, newId }: PictureTools,
  signal: AbortSignal,
): Promise<Required<Pick<AnswerMessage, 'picture' | 'usage'>>> {
  const model = await imageModel(choices.model);
  if (!model) throw new ProblemError({ code: 'model-address-invalid' });
  const { size, quality } = choices;
  const { bytes, type, used, cost } = await model.make(
    { prompt: promptOf(question.text, choices), size, quality },
    question.conversationId,
    signal,
  );
  const id = newId() as PictureId;
  await putPicture(library, { id, conversationId: question.conversationId, type, bytes });
  return {
    picture: { id, type, prompt: question.text },
    usage: {
      model: model.name,
      promptTokens: used?.promptTokens ?? 0,
      completionTokens: used?.completionTokens ?? 0,
      counted: !used,
      cost,
    },
  };
}
