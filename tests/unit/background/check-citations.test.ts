import { describe, expect, it } from 'vitest';
import { checkCitations } from '../../../src/background/answer/check-citations';
import type { SourceWithText } from '../../../src/background/answer/describe-sources';
import type { Source } from '../../../src/core/conversation/conversation';
import type { PageId, PassageId } from '../../../src/core/pages/page';

const lamp = 'The lamp of Cordouan was **lit** in July 1823. It burned rapeseed oil until 1907. The keepers polished it each morning.';

const source: Source = {
  number: 1,
  pageId: 'lamps' as PageId,
  passageId: 1 as PassageId,
  version: 1,
  start: 1_000,
  end: 1_000 + lamp.length,
  title: 'Lamps',
  site: 'lamps.example',
  url: 'https://lamps.example/',
  capturedAt: 0,
  headingPath: [],
  quotation: lamp.replaceAll('*', ''),
  liveUrl: 'https://lamps.example/',
};
const sources: SourceWithText[] = [{ source, text: lamp, addressAt: ({ start, end }) => `https://lamps.example/#${start}-${end}` }];

const inNoTime = { now: () => 0 };

describe('The check of an answer', () => {
  it('gives quotations as a reader sees them, and where they stand in the page', async () => {
    const { sentences, checkedUpTo } = await checkCitations('In July 1823 the lamp of Cordouan was lit.', sources, '', false, inNoTime);
    const end = lamp.indexOf(' It burned');
    expect(sentences[0]?.support).toEqual([
      {
        source: 1,
        start: 1_000,
        end: 1_000 + end,
        quote: 'The lamp of Cordouan was lit in July 1823.',
        liveUrl: `https://lamps.example/#1000-${1_000 + end}`,
      },
    ]);
    expect(checkedUpTo).toBeUndefined();
  });

  it('makes one quotation of sentences that follow each other', async () => {
    const both = 'The lamp of Cordouan was lit in July 1823, and it burned rapeseed oil until 1907.';
    const { sentences } = await checkCitations(both, sources, '', false, inNoTime);
    expect(sentences[0]?.support.map(({ quote }) => quote)).toEqual([
      'The lamp of Cordouan was lit in July 1823. It burned rapeseed oil until 1907.',
    ]);
  });

  it('ends when it has taken long enough, and says how far it came', async () => {
    const sentence = 'The lamp of Cordouan was lit in July 1823. ';
    let time = 0;
    const slow = {
      now() {
        time += 200;
        return time;
      },
    };
    const answer = sentence.repeat(100);
    const { sentences, checkedUpTo } = await checkCitations(answer, sources, '', false, slow);
    expect(sentences.length).toBeLessThan(10);
    expect(checkedUpTo).toBe(sentences.at(-1)?.end);
  });

  it('says nothing of half a sentence', async () => {
    const cut = 'The lamp of Cordouan was lit in July 1823. Its architect had three grown daughters';
    const of = async (isCutOff: boolean) => (await checkCitations(cut, sources, '', isCutOff, inNoTime)).sentences.length;
    expect([await of(true), await of(false)]).toEqual([1, 2]);
  });
});
