/** Which script read a page: several may be asked of a tab at a time, and each answers for itself. */
export const captureScripts = ['page', 'selection', 'video'] as const;
export type CaptureScript = (typeof captureScripts)[number];
