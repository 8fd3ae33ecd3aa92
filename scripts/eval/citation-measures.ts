/** A line of what the checker gave. */
export interface SupportLine {
  readonly id: string;
  readonly support: readonly { readonly answerSentence: string; readonly passage: string; readonly quote: string }[];
}

/** What is known of an item's answer, sentence by sentence. */
export interface GoldLine {
  readonly id: string;
  readonly isHeldOut: boolean;
  readonly sentences: readonly {
    readonly answerSentence: string;
    /** How it was made. */
    readonly kind: string;
    /** Each must be found; where there are several quotes, one of them. Empty: nothing bears the sentence out. */
    readonly support: readonly { readonly passage: string; readonly quotes: readonly string[] }[];
  }[];
}

export interface CitationFigures {
  /** Of the quotations given, the share that bear out the sentence they are given for. */
  readonly precision: number;
  /** Of the quotations known to bear sentences out, the share that was given. */
  readonly recall: number;
  /** Of the sentences given a quotation at all, the share that has one that bears it out. */
  readonly sentencePrecision: number;
  /** Of the sentences that something bears out, the share with a right quotation. */
  readonly sentenceRecall: number;
  readonly sentences: number;
  /** By how a sentence was made: the share that was dealt with rightly. */
  readonly right: Readonly<Record<string, number>>;
}

/** Compares what was given with what is known. A quotation is right when it and the known one are the same or one holds the other, or most of it. */
export function measureCitations(given: readonly SupportLine[], gold: readonly GoldLine[]): CitationFigures {
  const lines = new Map(given.map((line) => [line.id, line]));
  let [quotes, rightQuotes, known, found, cited, citedRightly, supported, supportedFound, sentences] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const byKind = new Map<string, boolean[]>();
  for (const item of gold) {
    const support = lines.get(item.id)?.support ?? [];
    for (const sentence of item.sentences) {
      const own = support.filter((each) => each.answerSentence === sentence.answerSentence);
      const isRight = (each: (typeof own)[number]) =>
        sentence.support.some(
          ({ passage, quotes: any }) => passage === each.passage && any.some((quote) => isMostlySame(quote, each.quote)),
        );
      const right = own.filter(isRight).length;
      const got = sentence.support.filter(({ passage, quotes: any }) =>
        own.some((each) => each.passage === passage && any.some((quote) => isMostlySame(quote, each.quote))),
      ).length;
      quotes += own.length;
      rightQuotes += right;
      known += sentence.support.length;
      found += got;
      if (own.length > 0) cited += 1;
      if (right > 0) citedRightly += 1;
      if (sentence.support.length > 0) supported += 1;
      if (sentence.support.length > 0 && got > 0) supportedFound += 1;
      sentences += 1;
      const isDealtWith = sentence.support.length === 0 ? own.length === 0 : got === sentence.support.length && right === own.length;
      byKind.set(sentence.kind, [...(byKind.get(sentence.kind) ?? []), isDealtWith]);
    }
  }
  return {
    precision: share(rightQuotes, quotes),
    recall: share(found, known),
    sentencePrecision: share(citedRightly, cited),
    sentenceRecall: share(supportedFound, supported),
    sentences,
    right: Object.fromEntries(
      [...byKind]
        .sort()
        .map(([kind, outcomes]) => [`${kind} (${outcomes.length})`, share(outcomes.filter(Boolean).length, outcomes.length)]),
    ),
  };
}

function isMostlySame(one: string, other: string): boolean {
  return one.includes(other) ? other.length > one.length / 2 : other.includes(one) && one.length > other.length / 2;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
}
