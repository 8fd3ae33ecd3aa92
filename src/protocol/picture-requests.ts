import type { MessageId } from '../core/conversation/conversation';
import type { PictureId, PictureType } from '../core/conversation/picture';

/** What may be asked of the worker about pictures; one is made as an answer to a question (see `AskChoices.picture`). */
export interface PictureRequests {
  'picture/read': { data: { pictureId: PictureId }; reply: { readonly type: PictureType; readonly base64: string } };
  /** Has the chat model describe a picture that shows what an answer is about. */
  'picture/condense': { data: { answerId: MessageId }; reply: { readonly prompt: string } };
}
