import type { Alarms } from 'webextension-polyfill';
import { problemOf } from '../core/problem';
import { keepAwake } from './keep-awake';

export interface DurableWorkTools {
  readonly alarms: Pick<Alarms.Static, 'create' | 'onAlarm'>;
  /** Something harmless of the browser's, by which it sees that the worker is at work. */
  readonly call: () => Promise<unknown>;
  readonly now: () => number;
}

export interface WorkToDo {
  /** The alarm's name, which outlives the worker: not to be changed lightly. */
  readonly alarm: string;
  /** What the work is called in the log, as in “The queue stopped”. */
  readonly name: string;
  /** Whether what is due before an alarm can fire is waited for while the worker lives. */
  readonly isPressing?: boolean;
  /** Does what is to be done now, and nothing if that is nothing. */
  readonly work: () => Promise<void>;
}

/** Work that outlives the worker: it is taken up again by an alarm, and keeps the worker awake while it goes on. */
export interface DurableWork {
  /** Sets it going; how it ends is for the log. */
  readonly run: () => void;
  /** Has it run at a time, in milliseconds since 1970, even by a worker yet to be started; without one, does nothing. */
  readonly wakeAt: (time: number | undefined) => void;
}

/** Alarms fire no sooner than this. */
const shortestAlarmMs = 30_000;

/** To be called while the worker starts, for only then is an alarm heard that started it. */
export function durableWork({ alarm, name, isPressing, work }: WorkToDo, { alarms, call, now }: DurableWorkTools): DurableWork {
  let soon: ReturnType<typeof setTimeout> | undefined;

  let underWay = 0;

  const run = () => {
    underWay += 1;
    void keepAwake(work(), call)
      .catch((error: unknown) => console.error(`${name} stopped:`, problemOf(error)))
      .finally(() => {
        underWay -= 1;
      });
  };
  // Never cleared: a page may be on its way in at this very moment, and an alarm too many finds nothing to do.
  const setAlarm = (time: number) => alarms.create(alarm, { when: Math.max(time, now() + shortestAlarmMs) });
  alarms.onAlarm.addListener((fired) => {
    if (fired.name !== alarm) return;
    // The work may take longer than this worker lives, and has no other alarm now that this one is used up.
    if (underWay > 0) setAlarm(now());
    run();
  });

  return {
    run,
    wakeAt(time) {
      if (time === undefined) return;
      setAlarm(time);
      const inMs = time - now();
      if (!isPressing || inMs <= 0 || inMs >= shortestAlarmMs) return;
      clearTimeout(soon);
      soon = setTimeout(run, inMs);
    },
  };
}
