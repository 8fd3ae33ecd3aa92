import type { Signal } from '@preact/signals';
import { type Problem, problemOf } from '../../core/problem';

/** Makes what does a piece of work and notes how it went: the problem, until something works again. It resolves to whether it worked. */
export function attemptNoting(problem: Signal<Problem | undefined>): (work: () => Promise<unknown>) => Promise<boolean> {
  return async (work) => {
    try {
      await work();
      problem.value = undefined;
      return true;
    } catch (error) {
      problem.value = problemOf(error);
      return false;
    }
  };
}
