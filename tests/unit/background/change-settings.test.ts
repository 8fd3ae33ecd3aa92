import { expect, it } from 'vitest';
import { changeAccess, keyForOrigin } from '../../../src/background/model-access/change-settings';
import { defaultModelSettings } from '../../../src/core/models/settings';
import type { ModelAccess } from '../../../src/storage/settings/model-settings';

const [home, away] = ['https://home.example/v1', 'https://away.example/v1'];
const at = (baseUrl: string, embeddingModel = 'finder') => ({ ...defaultModelSettings, baseUrl, embeddingModel });
const stored: ModelAccess = { settings: at(home), apiKey: 'key of home' };
const keptHome = { origin: 'https://home.example', apiKey: 'key of home' };

it('keeps the key while the server stays, and leaves it behind when another is set', () => {
  expect(changeAccess(stored, at(home, 'other'), undefined, undefined)).toMatchObject({ apiKey: 'key of home' });
  expect(changeAccess(stored, at(away), undefined, undefined)).toEqual({ settings: at(away), apiKey: '' });
});

it('keeps the key of the server whose vectors still answer questions apart, for that server only', () => {
  const moved = changeAccess(stored, at(away), 'key of away', home);
  expect(moved).toEqual({ settings: at(away), apiKey: 'key of away', keptKey: keptHome });
  expect(keyForOrigin(moved, home)).toBe('key of home');
  expect(keyForOrigin(moved, 'https://third.example/v1')).toBe('');
  expect(changeAccess(moved, at('https://third.example/v1'), undefined, home)).toMatchObject({ apiKey: '', keptKey: keptHome });
});

it('has it back when the person goes back', () => {
  const moved = changeAccess(stored, at(away), 'key of away', home);
  expect(changeAccess(moved, at(home), undefined, home)).toEqual({ settings: at(home), apiKey: 'key of home' });
});

it('keeps none when search goes by words, and none after the person had the key forgotten', () => {
  expect(changeAccess(stored, at(away, ''), 'key of away', home).keptKey).toBeUndefined();
  const moved = changeAccess(stored, at(away), 'key of away', home);
  expect(changeAccess(moved, at(away), '', home)).toEqual({ settings: at(away), apiKey: '' });
});
