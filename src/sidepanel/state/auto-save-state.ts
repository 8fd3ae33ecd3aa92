import { batch, signal } from '@preact/signals';
import { readSecondsLimits, type SiteRule } from '../../core/capture/auto-save';
import { parseSitePattern, type SitePattern, writtenPattern } from '../../core/capture/site-pattern';
import { type Problem, problemOf } from '../../core/problem';
import type { LibraryEvent } from '../../protocol/library-events';
import type { AutoSaveView } from '../../protocol/worker-requests';
import type { Client } from '../client';

export type AutoSaveState = ReturnType<typeof createAutoSaveState>;

/** Why a rule was not added. */
export type RuleRefusal = 'not-a-site' | 'not-allowed';

/** Which pages are saved by themselves, and the form in which rules are added. */
export function createAutoSaveState(client: Pick<Client, 'send' | 'requestSites'>) {
  /** Absent until it has been read once. */
  const view = signal<AutoSaveView | undefined>();
  const problem = signal<Problem | undefined>();
  const written = signal('');
  const action = signal<SiteRule['action']>('save');
  const refusal = signal<RuleRefusal | undefined>();

  const attempt = async (ask: () => Promise<AutoSaveView>) => {
    try {
      view.value = await ask();
      problem.value = undefined;
    } catch (error) {
      problem.value = problemOf(error);
    }
  };

  const change = (make: (view: AutoSaveView) => Partial<Pick<AutoSaveView, 'isOn' | 'rules' | 'readSeconds'>>) =>
    attempt(async () => {
      // Read again, for another window may have changed it.
      const { isOn, rules, readSeconds } = await client.send('auto-save/read', null);
      const now = { isOn, rules, readSeconds };
      return client.send('auto-save/write', { ...now, ...make({ ...now, notAllowed: [] }) });
    });

  const read = () => attempt(() => client.send('auto-save/read', null));

  /** Asks the browser first, if the rule is to save: it heeds only what is asked in the click itself. */
  const put = async (pattern: SitePattern, ruleAction: SiteRule['action']) => {
    refusal.value = undefined;
    const isAllowed = ruleAction === 'never' || (await client.requestSites(pattern).catch(() => false));
    if (!isAllowed) {
      refusal.value = 'not-allowed';
      return;
    }
    const rule: SiteRule = { pattern: writtenPattern(pattern), action: ruleAction };
    await change(({ rules }) => ({ rules: [...rules.filter((other) => other.pattern !== rule.pattern), rule] }));
    if (!problem.value) written.value = '';
  };

  return {
    view,
    problem,
    written,
    action,
    refusal,

    load: read,
    /** After events may have been missed. */
    refresh: () => (view.value ? read() : undefined),

    turn: (isOn: boolean) => change(() => ({ isOn })),
    wait(readSeconds: number) {
      const { min, max } = readSecondsLimits;
      if (Number.isInteger(readSeconds) && readSeconds >= min && readSeconds <= max) return change(() => ({ readSeconds }));
      return undefined;
    },
    pause: (isPaused: boolean) => attempt(() => client.send('auto-save/pause', { isPaused })),

    write(text: string) {
      batch(() => {
        written.value = text;
        refusal.value = undefined;
      });
    },

    addRule() {
      const pattern = parseSitePattern(written.value);
      if (pattern) return put(pattern, action.value);
      refusal.value = 'not-a-site';
      return undefined;
    },
    addAllSites: () => put({ host: '*', path: '' }, 'save'),
    removeRule: (pattern: string) => change(({ rules }) => ({ rules: rules.filter((rule) => rule.pattern !== pattern) })),

    /** Asks the browser again for the sites of a rule. */
    async askAgain({ pattern: text }: SiteRule) {
      const pattern = parseSitePattern(text);
      if (pattern && (await client.requestSites(pattern).catch(() => false))) await read();
    },

    receive: (event: LibraryEvent) => (event.type === 'auto-save-changed' && view.value ? read() : undefined),
  };
}
