import type { ProblemCode } from '../../core/problem';

/** Why a script may not run in a tab. Browsers say so in words only. */
export function tabRefusal(error: unknown): ProblemCode {
  const words = error instanceof Error ? error.message : String(error);
  if (/no tab with id|frame .* was removed|tab was closed/i.test(words)) return 'page-gone';
  if (/cannot access contents of url "file:/i.test(words)) return 'file-not-granted';
  if (/cannot access contents of (the page|url "https?:)|missing host permission|must request permission/i.test(words))
    return 'page-not-granted';
  if (/cannot access|cannot be scripted|error page|extensions? gallery|blocked by|restricted/i.test(words)) return 'page-restricted';
  return 'page-unreadable';
}
