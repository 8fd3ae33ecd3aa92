import * as v from 'valibot';
import { captureScripts } from '../core/capture/capture-script';
import { type CapturedPage, maxCapturedCharacters } from '../core/pages/page';
import type { ProblemCode } from '../core/problem';
import type { Schemas } from './handle';
import type { CaptureMessages } from './worker-requests';

const url = v.pipe(v.string(), v.url(), v.maxLength(100_000));
const label = v.pipe(v.string(), v.maxLength(2_000));
const refusals = ['page-empty', 'page-not-html', 'page-unreadable', 'selection-empty'] as const satisfies readonly ProblemCode[];

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const locator = v.object({
  start: wholeNumber,
  page: v.exactOptional(v.pipe(wholeNumber, v.minValue(1))),
  seconds: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});
/** Pages of a PDF or lines of a transcript, and as many again. */
const mostLocators = 100_000;

/** What a capture may have besides its text and its labels. */
export const captureExtras = {
  source: v.exactOptional(v.picklist(['pdf', 'text', 'selection', 'video'])),
  chosen: v.exactOptional(v.object({ start: wholeNumber, end: wholeNumber })),
  locators: v.exactOptional(v.pipe(v.array(locator), v.maxLength(mostLocators))),
};

export const capturedPageSchema: v.GenericSchema<unknown, CapturedPage> = v.object({
  url,
  canonicalUrl: url,
  title: label,
  site: label,
  byline: v.exactOptional(label),
  published: v.exactOptional(label),
  language: v.exactOptional(label),
  ...captureExtras,
  markdown: v.pipe(v.string(), v.minLength(1), v.maxLength(maxCapturedCharacters)),
  capturedAt: v.number(),
  shareRead: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

const script = v.picklist(captureScripts);

/** A content script runs in a page's process: what comes from it is checked as if the page itself had sent it. */
export const captureMessageSchemas: Schemas<CaptureMessages> = {
  'capture/deliver': () => v.object({ page: capturedPageSchema, script }),
  'capture/fail': () => v.object({ problem: v.object({ code: v.picklist(refusals), detail: v.exactOptional(label) }), script }),
};
