declare module '@mozilla/readability/Readability.js' {
  /** The library's class with what `readability-vote.ts` uses of it; its types name only the whole of it, `parse`. */
  export default class Readability {
    constructor(document: Document);
    _articleTitle: string | null;
    _prepDocument(): void;
    _grabArticle(): Element | null;
  }
}
