import { signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { type Problem, ProblemError } from '../../../src/core/problem';
import { prepareChoices } from '../../../src/sidepanel/state/prepare-choices';

const scopeOf = (problem = signal<Problem | undefined>(undefined)) => ({
  problem,
  prepare: async () => ({ scope: { sites: ['a.example'] } }),
});

it('A question is asked of what is chosen, by whom is chosen', async () => {
  const assistants = { prepare: async (question: string) => ({ selection: question }) };
  expect(await prepareChoices('Why?', { scope: scopeOf(), assistants })).toEqual({ scope: { sites: ['a.example'] }, selection: 'Why?' });
});

it('What keeps the assistant from being prepared is said, and nothing is asked', async () => {
  const scope = scopeOf();
  const assistants = { prepare: () => Promise.reject(new ProblemError({ code: 'page-gone' })) };
  expect(await prepareChoices('Why?', { scope, assistants })).toBeUndefined();
  expect(scope.problem.value).toEqual({ code: 'page-gone' });
});
