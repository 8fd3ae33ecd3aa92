import { expect, it } from 'vitest';
import { chooseLanguage } from '../../../../src/core/text/choose-language';

const detected = (isReliable: boolean, ...languages: [string, number][]) => ({
  isReliable,
  languages: languages.map(([language, percentage]) => ({ language, percentage })),
});

it.each([
  ['nothing is known', detected(false), undefined, undefined],
  ['only the page says something', detected(false), 'de-CH', 'de'],
  ['only the text says something', detected(true, ['fr', 97]), undefined, 'fr'],
  ['the text says something, unsurely', detected(false, ['fr', 60]), undefined, 'fr'],
  ['both say the same', detected(true, ['ja', 99]), 'ja-JP', 'ja'],
  ['the page claims what its program was set to', detected(true, ['de', 96]), 'en', 'de'],
  ['the claim is part of the text', detected(true, ['en', 70], ['de', 25]), 'de', 'de'],
  ['the claim is a few words of the text', detected(true, ['en', 85], ['de', 10]), 'de', 'en'],
  ['the text is too short to tell', detected(false, ['it', 50]), 'es', 'es'],
  ['the likeliest is not the first', detected(true, ['en', 30], ['sv', 60]), undefined, 'sv'],
  ['the text is in no language', detected(true, ['und', 100]), 'fi', 'fi'],
  ['the text is in no language, nor the page', detected(true, ['und', 100]), undefined, undefined],
  ['one language has several codes', detected(true, ['nb', 98]), 'no', 'no'],
  ['one language has several codes, old ones too', detected(true, ['iw', 98]), 'he-IL', 'he'],
  ['the code names a script', detected(true, ['zh-Hant', 98]), 'zh_TW', 'zh'],
  ['the page says nonsense', detected(false), 'english', undefined],
  ['the page says nonsense, the text does not', detected(true, ['pt', 90]), 'x-default', 'pt'],
  ['the page says something empty', detected(true, ['el', 90]), '', 'el'],
])('when %s', (_case, languages, claimed, chosen) => {
  expect(chooseLanguage(languages, claimed)).toBe(chosen);
});
