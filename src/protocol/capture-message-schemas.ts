import * as v from 'valibot';
import { maxCapturedCharacters } from '../core/page';
import type { ProblemCode } from '../core/problem';
import type { Schemas } from './handle';
import type { CaptureMessages } from './worker-requests';

const url = v.pipe(v.string(), v.url(), v.maxLength(100_000));
const label = v.pipe(v.string(), v.maxLength(2_000));
const refusals = ['page-empty', 'page-not-html', 'page-unreadable'] as const satisfies readonly ProblemCode[];

/** A content script runs in a page's process: what comes from it is checked as if the page itself had sent it. */
export const captureMessageSchemas: Schemas<CaptureMessages> = {
  'capture/deliver': v.object({
    page: v.object({
      url,
      canonicalUrl: url,
      title: label,
      site: label,
      byline: v.exactOptional(label),
      published: v.exactOptional(label),
      language: v.exactOptional(label),
      markdown: v.pipe(v.string(), v.minLength(1), v.maxLength(maxCapturedCharacters)),
      capturedAt: v.number(),
      shareRead: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    }),
  }),
  'capture/fail': v.object({ problem: v.object({ code: v.picklist(refusals), detail: v.exactOptional(label) }) }),
};
