import type { ConversationId } from '../conversation/conversation';
import type { Page, PageId, PageVersion } from './page';

/**
 * A page that was read to be asked and is not in the library: it is listed and found nowhere, and goes with the conversation that it was read for. Its
 * text is kept, for citations point into it.
 */
export interface Reading {
  readonly id: PageId;
  readonly page: Page;
  readonly version: PageVersion;
  /** ISO 639-1, by whose rules its words are stemmed; absent when it is not known. */
  readonly language?: string;
  /** Absent until it is asked. */
  readonly conversationId?: ConversationId;
  /** In milliseconds since 1970. */
  readonly readAt: number;
}
