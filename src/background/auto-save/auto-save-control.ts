import { type AutoSaveSettings, isPaused, pauseMs } from '../../core/capture/auto-save';
import type { Handlers } from '../../protocol/handle';
import type { AutoSaveView, WorkerRequests } from '../../protocol/worker-requests';
import { originsNoLongerNeeded, patternsNotAllowed, type WatchedSites, watchedSites } from './watched-sites';

export interface AutoSaveControlTools {
  readonly readSettings: () => Promise<AutoSaveSettings>;
  readonly writeSettings: (settings: AutoSaveSettings) => Promise<void>;
  readonly isAllowed: (origins: string[]) => Promise<boolean>;
  /** Gives access to these origins back to the browser, but what a piece of work needs. */
  readonly giveBack: (origins: string[]) => Promise<void>;
  /** The match patterns of origins that are needed for other things than saving. */
  readonly originsNeeded: () => Promise<string[]>;
  readonly register: (sites: WatchedSites) => Promise<void>;
  /** Has the worker woken at a time. */
  readonly wakeAt: (time: number) => void;
  /** Rules, a pause or the sites that may be read are not what they were. */
  readonly changed: () => void;
  readonly now: () => number;
}

type AutoSaveRequests = Pick<WorkerRequests, 'auto-save/read' | 'auto-save/write' | 'auto-save/pause'>;

export interface AutoSaveControl {
  readonly handlers: Handlers<AutoSaveRequests, unknown>;
  /** Brings what the browser was told into line with the rules and with what the browser allows. */
  sync(): Promise<void>;
}

/** What a person does about pages that are saved by themselves. */
export function autoSaveControl(tools: AutoSaveControlTools): AutoSaveControl {
  const { readSettings, writeSettings, isAllowed, now, changed } = tools;
  /** One after the other, for each reads what the browser was told before it changes that. */
  let syncing: Promise<void> = Promise.resolve();

  const sync = () => {
    syncing = syncing
      .catch(() => {})
      .then(async () => {
        const settings = await readSettings();
        await tools.register(await watchedSites(settings, isAllowed));
        // A pause ends by its time alone; this is for what the toolbar shows.
        if (isPaused(settings, now())) tools.wakeAt(settings.pausedUntil ?? 0);
      });
    return syncing;
  };

  const view = async (): Promise<AutoSaveView> => {
    const { pausedUntil, ...settings } = await readSettings();
    const isPausedNow = pausedUntil !== undefined && isPaused({ ...settings, pausedUntil }, now());
    return { ...settings, ...(isPausedNow ? { pausedUntil } : {}), notAllowed: await patternsNotAllowed(settings, isAllowed) };
  };

  const change = async (make: (before: AutoSaveSettings) => AutoSaveSettings): Promise<AutoSaveView> => {
    const before = await readSettings();
    const after = make(before);
    await writeSettings(after);
    await sync();
    const unneeded = originsNoLongerNeeded(before.rules, after.rules);
    if (unneeded.length > 0) {
      const needed = await tools.originsNeeded();
      await tools.giveBack(unneeded.filter((origin) => !needed.includes(origin)));
    }
    changed();
    return view();
  };

  return {
    sync,
    handlers: {
      'auto-save/read': view,
      'auto-save/write': (written) => change((before) => ({ ...before, ...written })),
      'auto-save/pause': ({ isPaused: isToPause }) =>
        change(({ pausedUntil: _, ...before }) => (isToPause ? { ...before, pausedUntil: now() + pauseMs } : before)),
    },
  };
}
