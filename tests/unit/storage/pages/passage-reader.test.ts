import { describe, expect, it } from 'vitest';
import type { Passage, PassageId } from '../../../../src/core/pages/page';
import { RecentMap } from '../../../../src/core/recent-map';
import { PassageReader } from '../../../../src/storage/pages/passage-reader';
import { addPage } from '../../../support/add-page';
import { temporaryLibrary } from '../../../support/temporary-library';

/** Five pages of a passage each; room is kept for four passages. */
async function readerOfFive() {
  const library = await temporaryLibrary();
  for (let id = 1; id <= 5; id++) await addPage(library, `page ${id}`, { text: `Lamp ${id} burns.` });
  const reader = new PassageReader(library, new RecentMap<PassageId, Passage>(4));
  for (let id = 1; id <= 4; id++) await reader.passages([id as PassageId]);
  return reader;
}

const ids = [5, 1, 2, 3, 4] as PassageId[];

describe('reading passages while others are forgotten to make room', () => {
  it('gives all that are asked for', async () => {
    const passages = await (await readerOfFive()).passages(ids);
    expect(passages.map((passage) => passage?.id)).toEqual(ids);
  });

  it('gives all of their texts', async () => {
    const bodies = await Promise.all((await readerOfFive()).bodies(ids));
    expect(bodies.map((text) => text?.body)).toEqual(ids.map((id) => `Lamp ${id} burns.`));
  });
});

it('knows the other passages of a page that it has read one of', async () => {
  const library = await temporaryLibrary();
  const parts = ['Oil', 'Gas'].map((title) => `# ${title}\n\n${'Lamps burn what there is. '.repeat(60)}`);
  await addPage(library, 'page', { text: parts.join('\n\n') });
  const kept = new RecentMap<PassageId, Passage>(100);
  const [first] = await new PassageReader(library, kept).passages([1 as PassageId]);
  await library.clear('passageRuns');
  const [second] = await new PassageReader(library, kept).passages([2 as PassageId]);
  expect(second).toMatchObject({ id: 2, pageId: first?.pageId });
  expect(second?.start).toBeGreaterThan(first?.start ?? Number.POSITIVE_INFINITY);
});
