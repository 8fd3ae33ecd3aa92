import { bestSupported, citationSupport } from '../../core/citations/citation-support';
import { isOtherLanguage } from '../../core/citations/is-other-language';
import type { AnswerMessage, AnswerStatus, MessageId, QuestionMessage } from '../../core/conversation/conversation';
import { checkOfPages } from '../../core/conversation/own-knowledge';
import { type Problem, problemOf } from '../../core/problem';
import { keepShownBranch, updateMessages } from '../../storage/conversations/conversations';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import type { ChosenSources } from './choose-sources';
import type { SourceWithText } from './describe-sources';
import { settleText } from './settle-text';
import type { StoredQuestion } from './store-question';

type ProgressTools = Pick<AnswerTools, 'library' | 'now' | 'newId'>;

/** What an answer came to, and those beside it, when several were asked for. */
export interface EndedAnswers {
  /** The one that is shown. */
  readonly answer: AnswerMessage;
  readonly others: readonly AnswerMessage[];
}

/** An answer while it comes about: as far as it is, what it is compared with at its end, and further answers that are written with it. */
export class AnswerInProgress {
  answer: AnswerMessage;
  /** Further answers, when several were asked for. */
  readonly others: AnswerInProgress[] = [];
  /** Of several answers, the one is shown that the pages bear out best, and not the first. */
  takesBest = false;
  /** What the model was given to read, or the person to see. */
  #read: readonly SourceWithText[] = [];
  readonly #startedAt: number;

  constructor(
    place: StoredQuestion['place'],
    readonly question: QuestionMessage,
    readonly tools: ProgressTools,
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

  /** Since it was begun. */
  get elapsedMs(): number {
    return this.tools.now() - this.#startedAt;
  }

  change(part: Partial<AnswerMessage>): void {
    this.answer = { ...this.answer, ...part };
  }

  use({ read, noted }: ChosenSources): void {
    this.#read = read;
    this.change(noted);
  }

  /** Begins a further answer from the same sources. What all of them take is told with this one. */
  addOther(): AnswerInProgress {
    const { usage: _, ...shared } = this.answer;
    const other = new AnswerInProgress(shared, this.question, this.tools);
    other.#read = this.#read;
    this.others.push(other);
    other.answer = {
      ...shared,
      id: this.tools.newId() as MessageId,
      createdAt: shared.createdAt + this.others.length,
      parentId: this.question.id,
      text: '',
    };
    return other;
  }

  /** This one, and of the others those of which there is a word. */
  get #begun(): readonly AnswerInProgress[] {
    return [this, ...this.others.filter(({ answer }) => answer.text !== '')];
  }

  /** Stores what there is by now. */
  store(): Promise<void> {
    return updateMessages(
      this.tools.library,
      this.#begun.map(({ answer }) => answer),
    );
  }

  /** Ends what has been begun, and stores it. What cannot be stored is given back all the same, with the reason. */
  async finish(status: AnswerStatus, problem?: Problem): Promise<EndedAnswers> {
    const all = this.#begun;
    await Promise.all(all.map((one) => one.#settle(status, problem)));
    const shown = this.#choose(all);
    if (shown !== this && this.answer.usage) {
      const { usage, ...rest } = this.answer;
      shown.change({ usage });
      this.answer = rest;
    }
    try {
      await this.store();
      // Nothing is lost when this is: the others stand beside the first.
      if (shown !== this) await attempt(() => keepShownBranch(this.tools.library, shown.answer.conversationId, shown.answer.id));
    } catch (error) {
      shown.change({ status: 'failed', problem: problemOf(error) });
    }
    return { answer: shown.answer, others: all.filter((one) => one !== shown).map(({ answer }) => answer) };
  }

  /** The text as it is kept, with its check and with what is wrong with it. */
  async #settle(status: AnswerStatus, why: Problem | undefined): Promise<void> {
    const problem = this.answer.problem ?? why;
    const ended = problem ? 'failed' : status;
    const settled = await settleText(this.answer.text, this.#read, this.question.text, ended !== 'complete', this.tools);
    const { text } = settled;
    const check = settled.check && this.answer.report.mayBeOwn ? checkOfPages(settled.check, text) : settled.check;
    const isForeign = ended === 'complete' && isOtherLanguage(this.question.text, text);
    this.change({
      status: ended,
      durationMs: this.elapsedMs,
      text,
      ...(check ? { check } : {}),
      ...(problem ? { problem } : isForeign ? { problem: { code: 'model-other-language' } } : {}),
    });
  }

  /** The first that is well, or of those that are the one that the pages bear out best. */
  #choose(all: readonly AnswerInProgress[]): AnswerInProgress {
    const well = all.filter(({ answer }) => answer.status === 'complete');
    const best = this.takesBest ? bestSupported(well.map(({ answer }) => citationSupport(answer.check))) : 0;
    return well[best] ?? this;
  }
}
