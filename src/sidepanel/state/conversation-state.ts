import { batch, computed, signal } from '@preact/signals';
import type {
  AnswerMessage,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  QuestionMessage,
} from '../../core/conversation/conversation';
import type { PictureChoices } from '../../core/conversation/picture';
import { type Problem, problemOf } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import type { AnswerPart, Asked } from '../../protocol/answer-stream';
import type { DeletedConversation } from '../../protocol/worker-requests';
import type { AnswerStream, Client } from '../client';
import { compareBranches } from './branch-comparison';
import { createConversationFindState } from './conversation-find-state';
import { type BranchPlace, blankAnswer, type Exchange, exchangesOf, type ShownAnswer, shownBranch } from './exchange';

/** A question that was asked, with what stood before it, as it is shown until all of it is stored. */
interface Attempt {
  readonly asked: Asked;
  readonly before: readonly Exchange[];
  readonly exchange: Exchange;
}

/** A picture that was asked for, to be asked for again. */
export interface AskedPicture {
  readonly questionId: MessageId;
  readonly prompt: string;
  readonly choices: PictureChoices;
}

interface ConversationStateParts {
  readonly client: Pick<Client, 'send' | 'ask'>;
  /** Keeps which conversation is open, over closing the panel. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Runs something before the next picture is drawn: text that streams in is shown at most once in each. */
  readonly beforeNextFrame: (run: () => void) => void;
}

export type ConversationState = ReturnType<typeof createConversationState>;

const memoryKey = 'open-conversation';
const noChoices: AskChoices = {};

export function createConversationState({ client, memory, beforeNextFrame }: ConversationStateParts) {
  const conversations = signal<readonly Conversation[]>([]);
  /** Those that were deleted a moment ago. */
  const deleted = signal<readonly DeletedConversation[]>([]);
  /** Which of them was open when it was deleted. */
  let deletedFromView: ConversationId | undefined;
  const current = signal<Conversation | undefined>();
  const keptIds = signal<ReadonlySet<ConversationId> | undefined>();
  /** The conversation that was open when the panel was closed, until it is open again. */
  const resumedId = signal(memory.getItem(memoryKey) as ConversationId | null);
  /** All of the open conversation that is stored, whatever branch is shown. */
  const messages = signal<readonly Message[]>([]);
  const live = signal<Attempt | undefined>();
  /** The last attempt, if what is stored of it could not be had. */
  const lost = signal<Attempt | undefined>();
  const stopping = signal(false);
  /** The message that comes first into view, else the last exchange; another object each time something does. */
  const beginsAt = signal<{ readonly messageId?: MessageId | undefined }>({});
  /** A request about conversations that failed. */
  const problem = signal<Problem | undefined>();
  /** An answer from which the next question goes on, while others followed it: what did is out of view. */
  const continuesAfter = signal<MessageId | undefined>();
  const branch = computed(() => shownBranch(messages.value, current.value?.shownId, continuesAfter.value));
  const compared = signal<readonly [MessageId, MessageId] | undefined>();
  let known: readonly Exchange[] = [];
  const stored = computed(() => {
    known = exchangesOf(branch.value, messages.value, known);
    return known;
  });
  const exchanges = computed(() => {
    const attempt = live.value ?? lost.value;
    return attempt ? [...attempt.before, attempt.exchange] : stored.value;
  });

  let question: QuestionMessage | undefined;
  let stream: AnswerStream | undefined;
  /** Counts what took the view: a conversation that took long to read does not take it from what came after. */
  let shownCount = 0;
  /** Counts questions that were stored: a list that was read before may lack their conversations. */
  let storedCount = 0;

  const attempt = async <Result>(work: Promise<Result>): Promise<Result | undefined> => {
    try {
      const result = await work;
      problem.value = undefined;
      return result;
    } catch (error) {
      problem.value = problemOf(error);
      return undefined;
    }
  };

  const listNow = () => client.send('conversations/list', null);

  const refreshList = async (): Promise<void> => {
    const storedBefore = storedCount;
    const read = await attempt(Promise.all([listNow(), client.send('conversations/deleted', null)]));
    if (!read) return;
    if (storedCount !== storedBefore) return refreshList();
    const [list, removed] = read;
    const shown = current.value;
    batch(() => {
      [conversations.value, deleted.value] = read;
      const known = [...list, ...removed.map((one) => one.conversation), ...(shown ? [shown] : [])];
      keptIds.value = new Set(known.map(({ id }) => id));
    });
    if (!shown) return;
    const listed = list.find(({ id }) => id === shown.id) ?? shown;
    // Which branch is shown is decided here, and may not have been stored yet.
    current.value = shown.shownId ? { ...listed, shownId: shown.shownId } : listed;
  };

  const openConversation = (conversation: Conversation | undefined) => {
    current.value = conversation;
    if (conversation) memory.setItem(memoryKey, conversation.id);
    else memory.removeItem(memoryKey);
  };

  const changeLive = (change: Partial<ShownAnswer>) => {
    if (!live.value) return;
    const { exchange } = live.value;
    live.value = { ...live.value, exchange: { ...exchange, answer: { ...exchange.answer, ...change } } };
  };

  const end = () => {
    live.value = undefined;
    stopping.value = false;
    stream = undefined;
    question = undefined;
  };

  /** Makes the live exchange one of those that are stored. */
  const settle = (answer: AnswerMessage, others: readonly AnswerMessage[] = []) => {
    batch(() => {
      const added = [...(question ? [question] : []), answer, ...others];
      messages.value = [...messages.value.filter(({ id }) => !added.some((message) => message.id === id)), ...added];
      if (current.value) current.value = { ...current.value, shownId: answer.id };
      end();
    });
    void refreshList();
  };

  /** What is stored of it cannot be had: it is kept in view. */
  const lose = (problem: Problem) => {
    changeLive({ status: 'failed', problem });
    batch(() => {
      const attempt = live.value;
      lost.value = attempt && question ? { ...attempt, asked: { ...attempt.asked, againId: question.id } } : attempt;
      end();
    });
    void refreshList();
  };

  const receiveText = createTextBuffer(beforeNextFrame, (text) => {
    if (live.value) changeLive({ text: live.value.exchange.answer.text + text });
  });

  const receive = (part: AnswerPart) => {
    if (part.type === 'text-delta') return receiveText.add(part.text);
    receiveText.flush();
    switch (part.type) {
      case 'question-stored':
        question = part.question;
        storedCount += 1;
        return batch(() => {
          conversations.value = [part.conversation, ...conversations.value.filter(({ id }) => id !== part.conversation.id)];
          openConversation(part.conversation);
        });
      case 'sources':
        return changeLive({ sources: part.sources, report: part.report });
      case 'answer-end':
      case 'answer-stopped':
        return settle(part.answer, part.others);
      case 'answer-failed':
        return part.answer ? settle(part.answer, part.others) : lose(part.problem);
    }
  };

  /** The worker has died. What it stored is true; failing that, what was shown is kept. */
  const recover = async () => {
    const broken = stream;
    receiveText.flush();
    const conversation = current.value;
    const questionId = question?.id;
    const reading = conversation && Promise.all([client.send('conversation/read', { conversationId: conversation.id }), listNow()]);
    const [read, list] = (await reading?.catch(() => undefined)) ?? [];
    if (stream !== broken || live.value === undefined) return;
    if (!conversation || !read?.some(({ id }) => id === questionId)) return lose({ code: 'interrupted' });
    batch(() => {
      messages.value = read;
      current.value = list?.find(({ id }) => id === conversation.id) ?? conversation;
      end();
    });
    void refreshList();
  };

  const leaveAnswer = () => {
    stream?.abandon();
    receiveText.flush();
    batch(() => {
      lost.value = undefined;
      continuesAfter.value = undefined;
      compared.value = undefined;
      end();
    });
  };

  const startNew = () => {
    shownCount += 1;
    leaveAnswer();
    batch(() => {
      openConversation(undefined);
      messages.value = [];
    });
  };

  /**
   * Unless something else has come into view by the time that it has been read.
   * @param messageId of a message to begin at, whatever branch it is on
   */
  const open = async (conversation: Conversation, messageId?: MessageId) => {
    shownCount += 1;
    const count = shownCount;
    leaveAnswer();
    const read = await attempt(client.send('conversation/read', { conversationId: conversation.id }));
    if (!read || count !== shownCount) return;
    const isShown = !messageId || shownBranch(read, conversation.shownId).some(({ id }) => id === messageId);
    batch(() => {
      openConversation(isShown ? conversation : { ...conversation, shownId: messageId });
      messages.value = read;
      beginsAt.value = { messageId };
    });
    if (!isShown) await attempt(client.send('conversation/show', { conversationId: conversation.id, messageId }));
  };

  /**
   * @param before what stays in view above it
   * @returns whether it has begun: not while another answer is written
   */
  const begin = (asked: Asked, before: readonly Exchange[], place?: BranchPlace): boolean => {
    if (live.value) return false;
    shownCount += 1;
    const exchange: Exchange = {
      question: asked.question,
      answer: asked.choices?.picture ? { ...blankAnswer, kind: 'picture' } : blankAnswer,
      ...(place ? { asked: place } : {}),
    };
    batch(() => {
      lost.value = undefined;
      continuesAfter.value = undefined;
      compared.value = undefined;
      live.value = { asked, before, exchange };
      beginsAt.value = {};
    });
    const conversationId = current.value?.id;
    stream = client.ask({ ...asked, ...(conversationId ? { conversationId } : {}) }, { onPart: receive, onLost: () => void recover() });
    return true;
  };

  /** What the next question follows. */
  const nextParentId = (): MessageId | null => {
    const last = stored.value.at(-1);
    return last?.answered?.id ?? last?.asked?.id ?? null;
  };

  /** What stands above a question of the branch that is shown. */
  const above = (questionId: MessageId) => {
    const shown = stored.value;
    return shown.slice(
      0,
      shown.findIndex(({ asked }) => asked?.id === questionId),
    );
  };

  return {
    conversations,
    deleted,
    current,
    /** Which conversation is open, or is about to be; nothing for a new one. */
    openId: computed(() => current.value?.id ?? resumedId.value ?? undefined),
    /** All conversations that there were when that was last read: those that another window has begun since are not among them. */
    keptIds,
    beginsAt,
    find: createConversationFindState(client),
    exchanges,
    /** How the last question in view was asked, pictures left out: pages have no part in them. */
    lastChoices: computed((): AskChoices => {
      const attempt = live.value ?? lost.value;
      const isNew = attempt !== undefined && attempt.asked.againId === undefined;
      const now = attempt?.asked.choices ?? (isNew ? noChoices : undefined);
      if (now && !now.picture) return now;
      const ids = [...(attempt?.before ?? stored.value).map(({ asked }) => asked?.id), attempt?.asked.againId];
      const questions = messages.value.filter((message) => message.role === 'question' && !message.choices?.picture);
      const known = new Map(questions.map(({ id, choices }) => [id, choices ?? noChoices]));
      const last = ids.findLast((id) => id !== undefined && known.has(id));
      return (last && known.get(last)) ?? noChoices;
    }),
    nextParentId,
    isEmpty: computed(() => exchanges.value.length === 0),
    /** True from the question until the answer has ended in any way. */
    answering: computed(() => live.value !== undefined),
    stopping,
    problem,
    /** What is stored of the branch that is shown. */
    branch,
    refreshList,
    startNew,
    open,

    /** Opens the conversation that was open when the panel was last closed, if there was one and it is still there. */
    async resume() {
      await refreshList();
      const remembered = conversations.value.find(({ id }) => id === memory.getItem(memoryKey));
      if (remembered && !current.value && !live.value) await open(remembered);
      resumedId.value = null;
    },

    async rename(id: ConversationId, title: string) {
      await attempt(client.send('conversation/rename', { conversationId: id, title }));
      await refreshList();
    },

    async remove(id: ConversationId) {
      const removed = await attempt(client.send('conversation/delete', { conversationId: id }));
      if (removed === undefined) return;
      if (current.value?.id === id) {
        startNew();
        deletedFromView = id;
      }
      await refreshList();
    },

    /** Takes a deletion back, and shows what was in view again. */
    async undelete({ conversation }: DeletedConversation) {
      const isBack = (await attempt(client.send('conversation/undelete', { conversationId: conversation.id }))) !== undefined;
      if (isBack && deletedFromView === conversation.id && !current.value && !live.value) await open(conversation);
      const failure = problem.value;
      await refreshList();
      // Why it could not be had back outlives the reading of the list.
      if (!isBack) problem.value = failure;
    },

    /** Ends the time in which a deletion can be taken back. */
    async deleteNow({ conversation }: DeletedConversation) {
      await attempt(client.send('conversation/delete-now', { conversationId: conversation.id }));
      await refreshList();
    },

    /** @returns whether it is asked: not while another answer is written */
    ask: (question: string, choices?: AskChoices): boolean =>
      begin({ question, parentId: nextParentId(), ...(choices ? { choices } : {}) }, exchanges.value),

    /**
     * Asks in other words, in a branch beside that of the question as it was.
     * @param choices in the place of those that it was asked with
     * @returns whether it is asked: not while another answer is written
     */
    edit(questionId: MessageId, text: string, choices?: AskChoices): boolean {
      const at = branch.value.findIndex(({ id }) => id === questionId);
      const asked = branch.value[at];
      if (asked?.role !== 'question') return false;
      const parentId = branch.value[at - 1]?.id ?? null;
      const kept = choices ?? asked.choices;
      return begin({ question: text, parentId, ...(kept ? { choices: kept } : {}) }, above(questionId));
    },

    /**
     * Has a question of the shown branch answered once more, beside the answers that it has.
     * @param choices in the place of those that it was asked with
     */
    answerAgain(questionId: MessageId, choices?: AskChoices) {
      const exchange = stored.value.find(({ asked }) => asked?.id === questionId);
      if (!exchange) return;
      const message = messages.value.find(({ id }) => id === questionId);
      const kept = choices ?? (message?.choices?.picture ? message.choices : undefined);
      const asked = { question: exchange.question, againId: questionId, ...(kept ? { choices: kept } : {}) };
      begin(asked, above(questionId), exchange.asked);
    },

    /** A picture of the shown branch: its prompt and how it is made; `undefined` when the question is none. */
    pictureAsked(questionId: MessageId): AskedPicture | undefined {
      const question = branch.value.find(({ id }) => id === questionId);
      if (question?.role !== 'question' || !question.choices?.picture) return undefined;
      const answer = branch.value.find(({ parentId }) => parentId === questionId);
      return { questionId, prompt: question.text, choices: answer?.choices?.picture ?? question.choices.picture };
    },

    /** Asks again what could not be stored. */
    tryAgain() {
      if (lost.value) begin(lost.value.asked, lost.value.before);
    },

    continuesAfter,

    /** Lets the next question follow an answer that others have followed; nothing told: the last one again. */
    continueAfter(answerId?: MessageId) {
      if (live.value) return;
      batch(() => {
        lost.value = undefined;
        continuesAfter.value = answerId;
      });
    },

    /** Two branches that are looked at beside each other. */
    branchComparison: computed(() => compared.value && compareBranches(messages.value, compared.value)),

    /** Sets branches beside each other; nothing told: shows the conversation again. */
    compare(ids: readonly [MessageId, MessageId] | undefined) {
      if (!live.value) compared.value = ids;
    },

    /** Shows the branch through a message. */
    show(messageId: MessageId) {
      const conversation = current.value;
      if (!conversation || live.value) return;
      batch(() => {
        lost.value = undefined;
        continuesAfter.value = undefined;
        compared.value = undefined;
        current.value = { ...conversation, shownId: messageId };
      });
      void attempt(client.send('conversation/show', { conversationId: conversation.id, messageId }));
    },

    stop() {
      if (!stream || stopping.value) return;
      stopping.value = true;
      stream.stop();
    },
  };
}

/** Gathers pieces of text and hands them on together, at most once a frame. */
function createTextBuffer(beforeNextFrame: (run: () => void) => void, onText: (text: string) => void) {
  let waiting = '';
  const flush = () => {
    const text = waiting;
    waiting = '';
    if (text) onText(text);
  };
  return {
    add(text: string) {
      if (!waiting) beforeNextFrame(flush);
      waiting += text;
    },
    flush,
  };
}
