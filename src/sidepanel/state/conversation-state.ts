import { batch, computed, signal } from '@preact/signals';
import type { AnswerMessage, Conversation, ConversationId, Message } from '../../core/conversation';
import { type Problem, problemOf } from '../../core/problem';
import type { AnswerPart } from '../../protocol/answer-stream';
import type { AnswerStream, Client } from '../client';

/** An answer as it is shown: one that is stored, or one being written. */
export type ShownAnswer = Pick<AnswerMessage, 'status' | 'kind' | 'text' | 'sources' | 'report' | 'problem' | 'usage' | 'durationMs'>;

/** A question and what came of it. */
export interface Exchange {
  readonly question: string;
  readonly answer: ShownAnswer;
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

const blankAnswer: ShownAnswer = {
  status: 'streaming',
  kind: 'written',
  text: '',
  sources: [],
  report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
  durationMs: 0,
};

export function createConversationState({ client, memory, beforeNextFrame }: ConversationStateParts) {
  const conversations = signal<readonly Conversation[]>([]);
  const current = signal<Conversation | undefined>();
  const past = signal<readonly Exchange[]>([]);
  const live = signal<Exchange | undefined>();
  const stopping = signal(false);
  /** A request about conversations that failed. */
  const problem = signal<Problem | undefined>();
  const exchanges = computed(() => (live.value ? [...past.value, live.value] : past.value));

  let stream: AnswerStream | undefined;

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

  const refreshList = async () => {
    const list = await attempt(client.send('conversations/list', null));
    if (!list) return;
    conversations.value = list;
    const shown = current.value;
    if (shown) current.value = list.find(({ id }) => id === shown.id) ?? shown;
  };

  const openConversation = (conversation: Conversation | undefined) => {
    current.value = conversation;
    if (conversation) memory.setItem(memoryKey, conversation.id);
    else memory.removeItem(memoryKey);
  };

  const changeLive = (change: Partial<ShownAnswer>) => {
    if (live.value) live.value = { ...live.value, answer: { ...live.value.answer, ...change } };
  };

  /** Turns the live exchange into a past one. */
  const settle = (answer: ShownAnswer) => {
    batch(() => {
      if (live.value) past.value = [...past.value, { ...live.value, answer }];
      live.value = undefined;
      stopping.value = false;
    });
    stream = undefined;
    void refreshList();
  };

  const receiveText = createTextBuffer(beforeNextFrame, (text) => {
    if (live.value) changeLive({ text: live.value.answer.text + text });
  });

  const receive = (part: AnswerPart) => {
    if (part.type === 'text-delta') return receiveText.add(part.text);
    receiveText.flush();
    switch (part.type) {
      case 'question-stored':
        return openConversation(part.conversation);
      case 'sources':
        return changeLive({ sources: part.sources, report: part.report });
      case 'answer-end':
      case 'answer-stopped':
        return settle(part.answer);
      case 'answer-failed':
        return settle({ ...(part.answer ?? live.value?.answer ?? blankAnswer), status: 'failed', problem: part.problem });
    }
  };

  /** The worker has died. What it stored is true; failing that, what was shown is kept. */
  const recover = async () => {
    const lost = stream;
    receiveText.flush();
    const shown = live.value?.answer ?? blankAnswer;
    const asked = current.value;
    const stored = asked && (await client.send('conversation/read', { conversationId: asked.id }).catch(() => undefined));
    const last = stored && toExchanges(stored).at(-1);
    if (stream !== lost || live.value === undefined) return;
    settle(last && last.question === live.value.question ? last.answer : { ...shown, status: 'failed', problem: { code: 'interrupted' } });
  };

  const leaveAnswer = () => {
    stream?.abandon();
    stream = undefined;
    receiveText.flush();
    batch(() => {
      live.value = undefined;
      stopping.value = false;
    });
  };

  const startNew = () => {
    leaveAnswer();
    batch(() => {
      openConversation(undefined);
      past.value = [];
    });
  };

  const open = async (conversation: Conversation) => {
    leaveAnswer();
    const messages = await attempt(client.send('conversation/read', { conversationId: conversation.id }));
    if (!messages) return;
    batch(() => {
      openConversation(conversation);
      past.value = toExchanges(messages);
    });
  };

  return {
    conversations,
    current,
    exchanges,
    isEmpty: computed(() => exchanges.value.length === 0),
    /** True from the question until the answer has ended in any way. */
    answering: computed(() => live.value !== undefined),
    stopping,
    problem,
    refreshList,
    startNew,
    open,

    /** Opens the conversation that was open when the panel was last closed, if there was one and it is still there. */
    async resume() {
      await refreshList();
      const remembered = conversations.value.find(({ id }) => id === memory.getItem(memoryKey));
      if (remembered && !current.value && !live.value) await open(remembered);
    },

    async rename(id: ConversationId, title: string) {
      await attempt(client.send('conversation/rename', { conversationId: id, title }));
      await refreshList();
    },

    async remove(id: ConversationId) {
      const removed = await attempt(client.send('conversation/delete', { conversationId: id }));
      if (removed === undefined) return;
      if (current.value?.id === id) startNew();
      await refreshList();
    },

    ask(question: string) {
      if (live.value) return;
      live.value = { question, answer: blankAnswer };
      const conversationId = current.value?.id;
      stream = client.ask({ question, ...(conversationId ? { conversationId } : {}) }, { onPart: receive, onLost: () => void recover() });
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

/** Pairs each question with the answer that follows it. A question left without one was interrupted. */
function toExchanges(messages: readonly Message[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    if (message.role === 'question') {
      exchanges.push({ question: message.text, answer: { ...blankAnswer, status: 'failed', problem: { code: 'interrupted' } } });
    } else {
      const asked = exchanges.pop();
      if (asked) exchanges.push({ question: asked.question, answer: message });
    }
  }
  return exchanges;
}
