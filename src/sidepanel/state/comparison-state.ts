import { batch, computed, signal } from '@preact/signals';
import type { Conversation, ConversationId, MessageId, SearchReport, Source } from '../../core/conversation/conversation';
import { type Problem, problemOf } from '../../core/problem';
import type { AskChoices } from '../../core/prompt/ask-choices';
import { type Candidate, type CandidateEstimate, type ComparisonPart, candidateLimits } from '../../protocol/comparison-stream';
import type { Client, ComparisonStream } from '../client';
import type { ConversationState } from './conversation-state';
import { blankAnswer, type ShownAnswer } from './exchange';
import type { VerdictState } from './verdict-state';

export type ComparisonState = ReturnType<typeof createComparisonState>;

/** What has come of one candidate. */
export interface CandidateAnswer {
  readonly text: string;
  /** Present when it has ended. */
  readonly answer?: ShownAnswer;
  /** Absent when it is not known what was stored of it. */
  readonly answerId?: MessageId;
  readonly firstWordMs?: number;
}

/**
 * - `choosing`: the question, and which models it is asked of.
 * - `preparing`: passages are being found.
 * - `prepared`: what it would cost is known; nothing has been asked of any model that writes.
 * - `asking`, `done`: see `answers`.
 */
export type ComparisonStep = 'choosing' | 'preparing' | 'prepared' | 'asking' | 'done';

export interface Prepared {
  readonly sources: readonly Source[];
  readonly report: SearchReport;
  /** Whether there is anything to ask about: pages, or what models know themselves. */
  readonly canAsk: boolean;
  readonly estimates: readonly CandidateEstimate[];
}

interface ComparisonParts {
  readonly client: Pick<Client, 'send' | 'compare'>;
  /** Keeps that one of two answers is the better one. */
  readonly judge: VerdictState['judge'];
  readonly conversation: Pick<ConversationState, 'current' | 'answering' | 'nextParentId' | 'open' | 'refreshList'>;
  /** How the next question is asked; `undefined` when it cannot be, of which the person is told. */
  readonly prepareChoices: (question: string) => Promise<AskChoices | undefined>;
  /** Why it cannot be. */
  readonly choicesProblem: () => Problem | undefined;
  /** Is told that a question is stored, and need not be kept as it was written. */
  readonly questionStored: (question: string, askedIn: ConversationId | undefined) => void;
  /** Is told that what is set about models was changed. */
  readonly settingsChanged: () => void;
}

/** One question, asked of several models or in several ways at once. */
export function createComparisonState({
  client,
  conversation,
  judge,
  prepareChoices,
  choicesProblem,
  questionStored,
  settingsChanged,
}: ComparisonParts) {
  const isOpen = signal(false);
  const question = signal('');
  const candidates = signal<readonly Candidate[]>([]);
  const step = signal<ComparisonStep>('choosing');
  const prepared = signal<Prepared | undefined>();
  const answers = signal<readonly CandidateAnswer[]>([]);
  const stored = signal<Conversation | undefined>();
  const problem = signal<Problem | undefined>();
  let stream: ComparisonStream | undefined;
  /** What was stored is not in the open conversation yet. */
  let unread: Conversation | undefined;
  /** It was left for something else, which stays in view. */
  let isDismissed = false;
  /** The conversation that was open when it was asked. */
  let askedIn: ConversationId | undefined;

  const changeAnswer = (index: number, change: (answer: CandidateAnswer) => CandidateAnswer) => {
    answers.value = answers.value.map((answer, place) => (place === index ? change(answer) : answer));
  };

  const receive = (part: ComparisonPart) => {
    switch (part.type) {
      case 'prepared':
        return batch(() => {
          prepared.value = part;
          step.value = 'prepared';
        });
      case 'question-stored':
        stored.value = part.conversation;
        unread = part.conversation;
        return questionStored(part.question.text, askedIn);
      case 'candidate-text':
        return changeAnswer(part.candidate, (answer) => ({ ...answer, text: answer.text + part.text }));
      case 'candidate-end': {
        const { answer, firstWordMs } = part;
        return changeAnswer(part.candidate, () => ({
          text: answer.text,
          answer,
          answerId: answer.id,
          ...(firstWordMs === undefined ? {} : { firstWordMs }),
        }));
      }
      case 'comparison-end':
        return end();
      case 'comparison-failed':
        return fail(part.problem);
    }
  };

  /** @param why an answer that has not ended by then came to nothing */
  const end = (why: Problem = { code: 'interrupted' }) => {
    stream = undefined;
    const sources = prepared.value?.sources ?? [];
    batch(() => {
      answers.value = answers.value.map((answer) =>
        answer.answer ? answer : { ...answer, answer: { ...blankAnswer, text: answer.text, sources, status: 'failed', problem: why } },
      );
      if (step.value === 'asking') step.value = 'done';
      else if (prepared.value === undefined || prepared.value.canAsk) step.value = 'choosing';
    });
    if (!isOpen.value) leave();
    else if (stored.value) void conversation.refreshList();
  };

  const fail = (what: Problem) => {
    problem.value = what;
    end(what);
  };

  const reset = () => {
    stream?.abandon();
    stream = undefined;
    batch(() => {
      step.value = 'choosing';
      prepared.value = undefined;
      answers.value = [];
      stored.value = undefined;
      problem.value = undefined;
    });
  };

  /** Shows what was stored where the conversation is shown, unless it has gone on there, and in the list. */
  const leave = () => {
    const compared = unread;
    unread = undefined;
    reset();
    if (!compared) return;
    void conversation.refreshList();
    const isWhereItWas = conversation.current.value?.id === askedIn && !conversation.answering.value;
    if (isWhereItWas && !isDismissed) void conversation.open(compared);
  };

  const leaveFor = (other: 'its conversation' | 'something else') => {
    isDismissed = other === 'something else';
    isOpen.value = false;
    // What is still being written is read when it has been stored.
    if (step.value === 'asking') stream?.stop();
    else leave();
  };

  return {
    isOpen,
    question,
    candidates,
    step,
    prepared,
    answers,
    problem,
    canPrepare: computed(
      () => question.value.trim() !== '' && candidates.value.every(({ model }) => model !== '') && step.value !== 'preparing',
    ),

    /** @param draft what has been typed as the next question */
    async open(draft: string) {
      reset();
      batch(() => {
        isOpen.value = true;
        question.value = draft;
      });
      if (candidates.value.length > 0) return;
      try {
        const { chatModel, parameters = {} } = await client.send('settings/read', null);
        candidates.value = Array.from({ length: candidateLimits.min }, () => ({ model: chatModel, parameters }));
      } catch (error) {
        problem.value = problemOf(error);
      }
    },

    close: () => leaveFor('its conversation'),
    /** Closes it where something else comes into view, and stays there. */
    dismiss: () => leaveFor('something else'),

    /** Back to the question and the models. */
    reset,

    change(index: number, change: Partial<Candidate>) {
      candidates.value = candidates.value.map((candidate, place) => (place === index ? { ...candidate, ...change } : candidate));
    },
    add() {
      const last = candidates.value.at(-1);
      if (last && candidates.value.length < candidateLimits.max) candidates.value = [...candidates.value, last];
    },
    remove(index: number) {
      if (candidates.value.length > candidateLimits.min) candidates.value = candidates.value.filter((_, place) => place !== index);
    },

    /** Finds the passages and what asking would cost. */
    async prepare() {
      const asked = question.value.trim();
      const choices = await prepareChoices(asked);
      if (!choices) {
        problem.value = choicesProblem();
        return;
      }
      reset();
      step.value = 'preparing';
      const conversationId = conversation.current.value?.id;
      askedIn = conversationId;
      stream = client.compare(
        {
          question: asked,
          candidates: candidates.value,
          choices,
          parentId: conversation.nextParentId(),
          ...(conversationId ? { conversationId } : {}),
        },
        { onPart: receive, onLost: () => fail({ code: 'interrupted' }) },
      );
    },

    ask() {
      if (step.value !== 'prepared' || !stream) return;
      batch(() => {
        answers.value = candidates.value.map(() => ({ text: '' }));
        step.value = 'asking';
      });
      stream.ask();
    },

    stop() {
      if (step.value === 'preparing') reset();
      else if (step.value === 'asking') stream?.stop();
    },

    /** Sets the model and how it is asked for questions to come, and goes on with this answer in the conversation. */
    async use(index: number) {
      const candidate = candidates.value[index];
      const answerId = answers.value[index]?.answerId;
      const compared = stored.value;
      if (!candidate || !answerId || !compared) return;
      try {
        const { hasKey: _, ...settings } = await client.send('settings/read', null);
        const { model, parameters } = candidate;
        await client.send('settings/write', { settings: { ...settings, chatModel: model, parameters } });
        await client.send('conversation/show', { conversationId: compared.id, messageId: answerId });
        const worse = answers.value.find((other, place) => place !== index && other.answerId !== undefined && other.answer?.text);
        // An answer that is used is used, whether or not that could be noted.
        if (worse?.answerId) void judge(answerId, 'chosen', { rejectedId: worse.answerId });
        settingsChanged();
        await conversation.open({ ...compared, shownId: answerId });
        unread = undefined;
        batch(() => {
          reset();
          question.value = '';
          isOpen.value = false;
        });
      } catch (error) {
        problem.value = problemOf(error);
      }
    },
  };
}
