import { type Problem, ProblemError } from '../core/problem';
import { captureTimeoutMs } from '../storage/expected-captures';
import type { Job } from '../storage/schema';

/** Who waits for which tab's page. Only a courtesy to the one who asked: the page is stored whether or not anyone waits. */
export interface PendingCaptures {
  wait(tabId: number): Promise<Job>;
  arrived(tabId: number, job: Job): void;
  failed(tabId: number, problem: Problem): void;
}

export function pendingCaptures(timeoutMs = captureTimeoutMs): PendingCaptures {
  const waiting = new Map<number, { resolve: (job: Job) => void; reject: (error: ProblemError) => void }[]>();
  const settle = (tabId: number) => {
    const all = waiting.get(tabId) ?? [];
    waiting.delete(tabId);
    return all;
  };
  return {
    wait(tabId) {
      return new Promise<Job>((resolve, reject) => {
        const timer = setTimeout(() => reject(new ProblemError({ code: 'page-silent' })), timeoutMs);
        const entry = {
          resolve: (job: Job) => {
            clearTimeout(timer);
            resolve(job);
          },
          reject: (error: ProblemError) => {
            clearTimeout(timer);
            reject(error);
          },
        };
        waiting.set(tabId, [...(waiting.get(tabId) ?? []), entry]);
      });
    },
    arrived(tabId, job) {
      for (const { resolve } of settle(tabId)) resolve(job);
    },
    failed(tabId, problem) {
      for (const { reject } of settle(tabId)) reject(new ProblemError(problem));
    },
  };
}
