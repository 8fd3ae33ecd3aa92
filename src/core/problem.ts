/**
 * Everything that can go wrong in a way a person can act on. Each code has its words in `public/_locales`
 * under `problem_<code>` (dashes as underscores): the cause, and one thing to do.
 */
export type ProblemCode =
  // The page in the tab
  | 'page-restricted' // a page of the browser itself or of its store: no extension may read it
  | 'page-not-granted' // the tab has not been opened to the extension by a click
  | 'page-empty' // no text that could be saved
  | 'page-not-html' // a PDF or a picture shown by the browser
  | 'page-unreadable' // the page threw while it was read
  | 'page-too-slow' // its text took too long to be read, and was given up
  | 'page-gone' // the tab was closed or moved on while it was read
  | 'page-asleep' // the browser has put the tab away
  | 'access-refused' // the person has not allowed what would be needed
  | 'page-silent' // no answer from the page
  | 'selection-empty' // no words are selected, or none that may be read
  // A file
  | 'file-empty' // 0 bytes
  | 'file-over-limit'
  | 'file-unknown' // neither a PDF nor a text
  | 'file-unreadable' // moved or changed since it was chosen, or a folder
  | 'file-not-granted' // the browser keeps files in tabs from the extension until the person allows it
  | 'pdf-encrypted' // wants a password
  | 'pdf-scanned' // pictures of pages, no text
  | 'pdf-broken'
  | 'pdf-not-fetched' // the tab shows it, but its bytes could not be had
  // What is fetched for the library
  | 'fetch-address-invalid' // no http or https
  | 'fetch-unreachable'
  | 'fetch-refused' // answered with a status that is no success
  | 'fetch-too-large'
  | 'fetch-silent' // too slow, or no answer at all
  // The model server
  | 'model-address-invalid'
  | 'model-permission-missing' // the person has not allowed requests to the server's origin
  | 'model-unreachable'
  | 'model-key-refused'
  | 'model-origin-refused' // 403 without a key: a local server that doesn't answer extensions unless told to
  | 'model-not-there' // 404: a server, but not one for models
  | 'model-unknown'
  | 'tuned-model-gone' // the same of one that was tuned: deleted, or its base is no longer there
  | 'model-busy' // 429, worth another try later
  | 'model-quota' // 429, the account has no credit left
  | 'model-context-too-long'
  | 'model-request-refused' // any other 4xx
  | 'model-failed' // 5xx
  | 'model-silent' // accepted the request, then said nothing
  | 'model-dropped' // the connection broke in the middle of an answer
  | 'model-malformed' // answered with something that is not the protocol
  | 'model-empty' // ended without a word
  | 'model-refused' // the model, or a filter behind it, would not answer
  | 'model-cut-off' // ended at the most tokens that an answer may have
  | 'model-looped' // said the same again and again
  | 'model-answer-too-long' // more than is taken
  | 'model-other-language' // whole, but not in the language of the question
  | 'model-vectors-changed' // gives vectors of another length than those stored of it
  | 'spending-cap' // a call would pass what may be spent in a month
  // A service that trains models
  | 'tuning-not-available' // training_not_available: it does not train for this organisation, or for nobody any more
  | 'tuning-not-offered' // a model server that has no such endpoints
  | 'tuning-key-lacks-rights' // the key is known, and may not do this
  | 'tuning-model-unknown' // not one that it trains
  | 'tuning-file-refused' // the examples are not as it wants them
  | 'tuning-file-too-large' // more than it takes at once
  | 'tuning-request-refused' // any other 4xx: the parameters, the suffix
  | 'tuning-upload-broken' // what was sent did not arrive whole, though it was sent anew
  | 'tuning-upload-silent' // all was sent more than once, and the service said nothing in the time that a slow line takes
  | 'tuning-job-gone' // it knows no such job: deleted there, or of another account
  | 'tuning-creation-unclear' // answered the wish for a job with what cannot be read, and lists no such job
  | 'tuning-malformed' // answered with something that is not the protocol
  | 'tuning-failed' // the training began, and the service gave it up
  // A picture
  | 'picture-elsewhere' // the server says that it is at another server, which nobody allowed to be asked
  | 'picture-unreadable' // what came is no picture, or one that is too large
  // An assistant
  | 'assistant-file-unknown' // not a file of assistants, or damaged
  | 'assistant-file-newer' // written by a later version
  | 'assistant-refused' // not as one must be, or one too many
  | 'assistant-gone' // the one that was chosen has been deleted
  | 'assistant-page-missing' // its template wants the page in the tab, which is not saved
  | 'assistant-selection-missing' // its template wants what is selected in the tab, and nothing is
  // Examples to train on
  | 'examples-unknown' // none in the file that was chosen
  | 'nothing-held-out' // no example is on the side of the split that no training sees
  | 'drafting-model-changed' // another is set by now than the price was shown for
  | 'example-changed' // it is no longer what was seen when the change was made
  // Training at a service
  | 'tuning-examples-too-few' // fewer than a trainer takes
  | 'tuning-examples-refused' // the check finds what the service would refuse
  | 'tuning-nothing-rejected' // training by preference, and no example has a rejected answer
  | 'tuning-set-too-large' // a file would be larger than the service takes
  | 'tuning-key-missing'
  | 'tuning-price-changed' // the address or the price is another by now than was shown
  | 'tuning-files-gone' // what was to be sent is no longer there, as after a restore
  // An import
  | 'import-file-empty'
  | 'import-format-unknown' // none of the files that can be read here
  | 'import-header-unknown' // a table without a column of addresses; the detail is what columns it has
  | 'import-file-broken' // an archive that is cut off or damaged
  | 'import-archive-too-large' // more than is unpacked, or made to burst
  | 'import-file-too-large'
  | 'import-permission-missing' // sites, bookmarks or history are not opened to the extension
  | 'import-busy' // another import has not ended
  | 'import-disallowed' // the site asks programs not to fetch the page
  | 'import-sign-in' // what came is a form to sign in
  // The library
  | 'storage-full'
  | 'storage-unavailable'
  // Files that leave and come back
  | 'file-too-large' // more than a zip can hold
  | 'backup-unknown' // not a backup of ours
  | 'backup-newer' // written by a later version
  | 'backup-incomplete' // its end is missing
  | 'backup-damaged' // not what was written
  | 'backup-oversized' // unpacks to more than it could hold
  | 'backup-locked' // encrypted, and no passphrase was given
  | 'backup-passphrase-wrong'
  | 'backup-gone' // the file that was being restored is no longer there
  | 'restore-under-way'
  | 'download-permission-missing'
  | 'download-failed' // a scheduled backup was not taken by the browser
  | 'storage-newer' // written by a later version of the extension
  | 'storage-blocked' // another context of the extension keeps it open in an older form
  | 'tuning-access-refused' // the person has not allowed the training service to be reached
  | 'tuning-too-few' // questions that anything is known of
  | 'part-not-loaded' // a part of the panel, from the extension's own package
  | 'not-found'
  | 'interrupted' // the browser stopped the work half-way
  | 'internal';

export interface Problem {
  readonly code: ProblemCode;
  /** What the other side said, shown small under the words: never a key, never page text. */
  readonly detail?: string;
  /** How long the other side asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(problem.detail ? `${problem.code}: ${problem.detail}` : problem.code, options);
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'QuotaExceededError') return { code: 'storage-full' };
  if (isCutOff(error)) return { code: 'interrupted' };
  return { code: 'internal', detail: message };
}

/**
 * Whether the browser is ending the worker that made the call. For a moment such a worker goes on, while all that it asks of the browser is refused
 * (Chromium's `DispatchForServiceWorker`, extension_function_dispatcher.cc): nothing is to be concluded from that, and the next worker takes the work up.
 */
export function isCutOff(error: unknown): boolean {
  return error instanceof Error && (error.message === 'No SW' || isCutOff(error.cause));
}

/** For `catch`: what has gone is absent; everything else is still a failure. */
export function undefinedIfNotFound(error: unknown): undefined {
  if (problemOf(error).code === 'not-found') return undefined;
  throw error;
}
