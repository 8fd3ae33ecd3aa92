import type { Page } from 'playwright-core';
import type { Stage } from '../../e2e/support/stage';

/** What is on its way through all views. */
export interface Tour {
  readonly stage: Stage;
  /** The side panel. */
  panel: Page;
  /** The tab of the reader, at the stops that show it. */
  reader?: Page;
}

/** One state of one view. Stops are made in order, for each goes on from where the one before ended. */
export interface Stop {
  /** As a file may be called. */
  readonly name: string;
  /** Goes there. @returns the page to look at, unless it is the panel */
  readonly go: (tour: Tour) => Promise<Page | undefined>;
  /** Leaves what would be in the way of the next. */
  readonly leave?: (tour: Tour) => Promise<unknown>;
  /** One of those that a narrow panel is to be looked at with, too. */
  readonly isMain?: true;
  /** Looked at from top to bottom, as high as it takes. */
  readonly isTall?: true;
  /** To be looked at only: a test of its own holds what is in it. */
  readonly isOnlyPictured?: true;
  /** It moves by itself: what is in it comes and goes. */
  readonly isPassing?: true;
}
