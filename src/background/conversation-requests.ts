import type { Runtime } from 'webextension-polyfill';
import { ProblemError } from '../core/problem';
import type { Handlers } from '../protocol/handle';
import type { WorkerRequests } from '../protocol/worker-requests';
import {
  endConversationDeletion,
  listDeletedConversations,
  markConversationDeleted,
  takeBackConversation,
} from '../storage/conversations/conversation-deletions';
import { keepShownBranch, listConversations, renameConversation } from '../storage/conversations/conversations';
import type { Library } from '../storage/schema';
import { settledMessages } from './answer/settled-messages';
import { findConversations } from './find/find-conversations';
import type { ReadFoldedMessages } from './find/folded-messages';
import { undoMs } from './undo-time';

export interface ConversationRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly readFolded: ReadFoldedMessages;
  /** Whether an answer to it is being written. */
  readonly isLive: Parameters<typeof settledMessages>[2];
  readonly runJobs: () => void;
  /** Has the queue run at a time, or soon after if the worker dies before. */
  readonly wakeAt: (time: number) => void;
  readonly now: () => number;
}

type ConversationRequest = Extract<keyof WorkerRequests, `conversation/${string}` | `conversations/${string}`>;

/** What the worker answers where conversations are listed, found, named and deleted. */
export function conversationHandlers({
  openLibrary,
  readFolded,
  isLive,
  runJobs,
  wakeAt,
  now,
}: ConversationRequestTools): Handlers<Pick<WorkerRequests, ConversationRequest>, Runtime.MessageSender> {
  return {
    'conversations/find': async ({ text, limit }) => findConversations(text, limit, { library: await openLibrary(), readFolded }),
    'conversations/list': async () => listConversations(await openLibrary()),
    'conversations/deleted': async () => listDeletedConversations(await openLibrary(), now()),
    'conversation/read': async ({ conversationId }) => settledMessages(await openLibrary(), conversationId, isLive),
    async 'conversation/show'({ conversationId, messageId }) {
      await keepShownBranch(await openLibrary(), conversationId, messageId);
      return null;
    },
    async 'conversation/rename'({ conversationId, title }) {
      await renameConversation(await openLibrary(), conversationId, title);
      return null;
    },
    async 'conversation/delete'({ conversationId }) {
      const deleteAt = now() + undoMs;
      await markConversationDeleted(await openLibrary(), conversationId, deleteAt);
      wakeAt(deleteAt);
      return null;
    },
    async 'conversation/undelete'({ conversationId }) {
      if (!(await takeBackConversation(await openLibrary(), conversationId, now()))) throw new ProblemError({ code: 'not-found' });
      return null;
    },
    async 'conversation/delete-now'({ conversationId }) {
      await endConversationDeletion(await openLibrary(), conversationId, now());
      runJobs();
      return null;
    },
  };
}
