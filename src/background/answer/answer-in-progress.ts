import type { AnswerMessage, AnswerStatus, QuestionMessage } from '../../core/conversation';
import { checkOfPages } from '../../core/own-knowledge';
import type { Problem } from '../../core/problem';
import { updateMessage } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';
import type { SourceWithText } from './describe-sources';
import { settleText } from './settle-text';
import type { StoredQuestion } from './store-question';

/** An answer while it comes about: as far as it is, and what it is compared with at its end. */
export class AnswerInProgress {
  answer: AnswerMessage;
  /** What the model was given to read, or the person to see. */
  read: readonly SourceWithText[] = [];
  /** Further answers, when several were asked for. */
  others: readonly string[] = [];
  readonly #startedAt: number;

  constructor(
    place: StoredQuestion['place'],
    readonly question: QuestionMessage,
    readonly tools: AnswerTools,
  ) {
    this.#startedAt = tools.now();
    this.answer = {
      ...place,
      role: 'answer',
      kind: 'nothing-found',
      status: 'streaming',
      text: '',
      sources: [],
      report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
      durationMs: 0,
    };
  }

  /** Whether the model may say what it knows itself. */
  get mayBeOwn(): boolean {
    return this.question.choices?.knowledge === 'pages-and-model';
  }

  change(part: Partial<AnswerMessage>): void {
    this.answer = { ...this.answer, ...part };
  }

  /** A text as it is kept when it has ended, with its check. */
  async settle(text: string, status: AnswerStatus): Promise<Pick<AnswerMessage, 'text' | 'check'>> {
    const settled = await settleText(text, this.read, this.question.text, status !== 'complete', this.tools);
    return this.mayBeOwn && settled.check ? { ...settled, check: checkOfPages(settled.check, settled.text) } : settled;
  }

  /** Ends it, and stores it as it is. */
  async finish(status: AnswerStatus, problem?: Problem): Promise<AnswerMessage> {
    const settled = await this.settle(this.answer.text, status);
    const durationMs = this.tools.now() - this.#startedAt;
    this.change({ status, ...settled, durationMs, ...(problem ? { problem } : {}) });
    await updateMessage(this.tools.library, this.answer);
    return this.answer;
  }
}
