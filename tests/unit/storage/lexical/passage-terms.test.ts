import { expect, it } from 'vitest';
import type { PassageId } from '../../../../src/core/pages/page';
import { PassageTerms } from '../../../../src/storage/lexical/passage-terms';

const reader = {
  bodies: (ids: readonly PassageId[]) => ids.map(async (id) => ({ body: `passage ${id}`, language: 'en' })),
};

it('gives the terms of all passages that are asked for, those too that are forgotten meanwhile to make room', async () => {
  const terms = new PassageTerms();
  const last = async (ids: readonly number[]) => (await terms.of(ids as PassageId[], reader, () => undefined)).map((found) => found.at(-1));
  for (let id = 1; id <= 1_000; id++) await last([id]);
  expect(await last([1, 2, 500, 501, 1_000, 1_001, 1_002])).toEqual(['1', '2', '500', '501', '1000', '1001', '1002']);
});
