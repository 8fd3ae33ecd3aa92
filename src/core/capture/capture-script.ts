/** Which script read a page: several may be asked of a tab at a time, and each answers for itself. What `reading` has read is asked and not saved. */
export const captureScripts = ['page', 'selection', 'video', 'reading'] as const;
export type CaptureScript = (typeof captureScripts)[number];

/** How long a page may take to be read before it is given up. */
export const captureTimeoutMs = 60_000;
