import { expect, it } from 'vitest';
import { languageDetector } from '../../../src/background/ingest/detect-language';

const sure = (language: string) => ({ isReliable: true, languages: [{ language, percentage: 95 }] });

it('asks of the words alone, and of no more of them than are needed', async () => {
  const asked: string[] = [];
  const detect = languageDetector(async (text) => {
    asked.push(text);
    return sure('de');
  });
  expect(await detect(`## Der **Hafen**\n\n${'Häuser am [Wasser](https://a.example/). '.repeat(1_000)}`, 'en')).toBe('de');
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^Der Hafen\n\nHäuser am Wasser\. Häuser/);
  expect(asked[0]?.length).toBeLessThan(5_000);
});

it('believes the page where the detector fails', async () => {
  const detect = languageDetector(() => Promise.reject(new Error('not supported')));
  expect(await detect('Text', 'fr-CA')).toBe('fr');
  expect(await detect('Text', undefined)).toBeUndefined();
});
