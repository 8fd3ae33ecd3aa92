import { captureTimeoutMs } from '../../core/capture/capture-script';
import { type Problem, ProblemError } from '../../core/problem';
import type { Job } from '../../storage/schema';

/** Who waits for which tab's page. Only a courtesy to the one who asked: the page is stored whether or not anyone waits. */
export interface PendingCaptures<Result = Job> {
  wait(tabId: number): Promise<Result>;
  arrived(tabId: number, result: Result): void;
  failed(tabId: number, problem: Problem): void;
}

export function pendingCaptures<Result = Job>(timeoutMs = captureTimeoutMs): PendingCaptures<Result> {
  const waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: ProblemError) => void }[]>();
  const settle = (tabId: number) => {
    const all = waiting.get(tabId) ?? [];
    waiting.delete(tabId);
    return all;
  };
  return {
    wait(tabId) {
      return new Promise<Result>((resolve, reject) => {
        const timer = setTimeout(() => reject(new ProblemError({ code: 'page-silent' })), timeoutMs);
        const entry = {
          resolve: (result: Result) => {
            clearTimeout(timer);
            resolve(result);
          },
          reject: (error: ProblemError) => {
            clearTimeout(timer);
            reject(error);
          },
        };
        waiting.set(tabId, [...(waiting.get(tabId) ?? []), entry]);
      });
    },
    arrived(tabId, result) {
      for (const { resolve } of settle(tabId)) resolve(result);
    },
    failed(tabId, problem) {
      for (const { reject } of settle(tabId)) reject(new ProblemError(problem));
    },
  };
}
