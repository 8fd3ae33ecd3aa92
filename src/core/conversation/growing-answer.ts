import type { ProblemCode } from '../problem';
import { findLoop } from './find-loop';

/** Some forty printed pages: nobody reads more for an answer, and a panel that draws more becomes slow. */
export const mostAnswerCharacters = 100_000;
/** How much must have come before a loop is looked for again. */
const lookEveryCharacters = 250;
const thinkingBegins = '<think>';
const thinkingEnds = '</think>';

/**
 * The words of one answer while they come. What a model thinks aloud before it begins is left out; a text that goes round in a loop, or that does not
 * end, is ended.
 */
export class GrowingAnswer {
  /** What there is to keep. */
  text = '';
  /** Why no more is taken. */
  problem: Extract<ProblemCode, 'model-looped' | 'model-answer-too-long'> | undefined;
  private beginning: string | undefined = '';
  private lookedAt = 0;

  /** @returns what of it is to be shown */
  add(words: string): string {
    if (this.problem) return '';
    const spoken = this.afterThinking(words);
    const taken = spoken.slice(0, mostAnswerCharacters - this.text.length);
    this.text += taken;
    if (taken.length < spoken.length) this.problem = 'model-answer-too-long';
    if (this.text.length - this.lookedAt >= lookEveryCharacters || this.problem) this.look();
    return taken;
  }

  /** To be called when nothing more comes. @returns what is still to be shown */
  end(): string {
    const held = this.beginning ?? '';
    this.beginning = undefined;
    if (held.startsWith(thinkingBegins)) return '';
    this.text += held;
    return held;
  }

  private look(): void {
    this.lookedAt = this.text.length;
    const end = findLoop(this.text);
    if (end === undefined) return;
    this.text = this.text.slice(0, end);
    this.problem = 'model-looped';
  }

  /** Local servers give what a model thinks as the beginning of its answer, between tags. */
  private afterThinking(words: string): string {
    if (this.beginning === undefined) return words;
    const begun = (this.beginning + words).trimStart();
    this.beginning = begun;
    if (begun.length < thinkingBegins.length && thinkingBegins.startsWith(begun)) return '';
    if (begun.startsWith(thinkingBegins)) {
      const end = begun.indexOf(thinkingEnds);
      // All that is needed to find the end of it; nobody reads the rest.
      this.beginning = end < 0 ? thinkingBegins + begun.slice(thinkingBegins.length).slice(1 - thinkingEnds.length) : '';
      return end < 0 ? '' : this.afterThinking(begun.slice(end + thinkingEnds.length));
    }
    this.beginning = undefined;
    return begun;
  }
}
