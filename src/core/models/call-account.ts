import type { ConversationId } from '../conversation/conversation';

/** What models are called for. */
export const callPurposes = [
  'answer',
  'rewrite',
  'condense',
  'question-embedding',
  'page-embedding',
  'picture',
  'suggest',
  'draft',
  'training',
  'judging',
] as const;
export type CallPurpose = (typeof callPurposes)[number];

/** What a call is for: by this, what it costs is summed. */
export interface CallAccount {
  readonly purpose: CallPurpose;
  readonly conversationId?: ConversationId;
}
