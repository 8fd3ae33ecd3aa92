/** A run of characters as a PDF places it. Lengths in points; `y` is the baseline's height over the page's lower edge. */
export interface PdfRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the font. */
  readonly size: number;
  readonly isRightToLeft: boolean;
}

export interface PdfPage {
  /** Counted from 1. */
  readonly number: number;
  readonly height: number;
  /** In the order in which the file has them. */
  readonly runs: readonly PdfRun[];
}

/** Runs that stand beside each other on one baseline. */
export interface PdfLine {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Of most of its characters. */
  readonly size: number;
}
