import { expect, it } from 'vitest';
import { ledger } from '../../../src/background/spending/ledger';
import { uniteSpending } from '../../../src/background/spending/unite-spending';
import { localDay, monthBefore, startOfNextMonth } from '../../../src/core/spending/local-day';
import { capState, type SpendingSettings } from '../../../src/core/spending/spending-settings';
import { readUsageRows } from '../../../src/storage/settings/usage';
import { temporaryLibrary } from '../../support/temporary-library';

const baseUrl = 'https://api.openai.com/v1';
const noon = new Date(2026, 10, 21, 12).getTime();

async function setUp(settings: SpendingSettings, now = noon) {
  const library = await temporaryLibrary();
  let lastId = 0;
  const meter = ledger({
    openLibrary: async () => library,
    readSettings: async () => settings,
    now: () => now,
    newId: () => `id ${++lastId}`,
    changed: () => {},
  });
  return { library, meter };
}

const expected = { promptTokens: 1_000_000, completionTokens: 0 };

it('sets aside what a call may cost, and keeps what it took', async () => {
  const { library, meter } = await setUp({ prices: [] });
  const call = await meter.open({ baseUrl, model: 'gpt-4.1-mini', purpose: 'answer', expected });
  expect(await readUsageRows(library, '2026-11')).toEqual([
    expect.objectContaining({ usd: 0.4, isExpected: true, host: 'api.openai.com' }),
  ]);
  expect(await call.settle({ promptTokens: 1_000, cachedTokens: 1_000, completionTokens: 100 })).toEqual({ kind: 'known', usd: 0.00026 });
  const [row] = await readUsageRows(library, '2026-11');
  expect(row).toMatchObject({ day: '2026-11-21', promptTokens: 1_000, cachedTokens: 1_000, completionTokens: 100, usd: 0.00026, calls: 1 });
  expect(row?.isExpected).toBeUndefined();
});

it('refuses a call that would pass the limit, and says until when', async () => {
  const { library, meter } = await setUp({ capUsd: 0.5, prices: [] });
  await meter.open({ baseUrl, model: 'gpt-4.1-mini', purpose: 'answer', expected });
  await expect(meter.open({ baseUrl, model: 'gpt-4.1-mini', purpose: 'answer', expected })).rejects.toMatchObject({
    problem: { code: 'spending-cap', detail: '$0.40 / $0.50', retryAfterMs: new Date(2026, 11, 1).getTime() - noon },
  });
  expect(await readUsageRows(library, '2026-11')).toHaveLength(1);
});

it('keeps calls to a model of unknown price as such, and to a server of the person’s own as free', async () => {
  const { library, meter } = await setUp({ capUsd: 0.5, prices: [] });
  const unknown = await meter.open({ baseUrl: 'https://models.example/v1', model: 'new', purpose: 'answer', expected });
  expect(await unknown.settle(expected)).toEqual({ kind: 'unknown' });
  const local = await meter.open({ baseUrl: 'http://localhost:11434/v1', model: 'own', purpose: 'answer', expected });
  expect(await local.settle(expected)).toEqual({ kind: 'local' });
  expect((await readUsageRows(library, '2026-11')).map(({ unpricedCalls }) => unpricedCalls).sort()).toEqual([0, 1]);
});

it('goes by the person’s own calendar, at the edge of a year too', () => {
  const lastMoment = new Date(2026, 11, 31, 23, 59, 59, 999).getTime();
  expect(localDay(lastMoment)).toBe('2026-12-31');
  expect(localDay(lastMoment + 1)).toBe('2027-01-01');
  expect(startOfNextMonth(lastMoment)).toBe(lastMoment + 1);
  expect(startOfNextMonth(new Date(2026, 0, 31, 12).getTime())).toBe(new Date(2026, 1, 1).getTime());
  expect(monthBefore('2026-01-31', 13)).toBe('2024-12');
});

it('warns from 80 % on, and stops at 100 %', () => {
  expect(capState({ spentUsd: 3.99, capUsd: 5 })).toBe('far');
  expect(capState({ spentUsd: 4, capUsd: 5 })).toBe('near');
  expect(capState({ spentUsd: 5, capUsd: 5 })).toBe('reached');
  expect(capState({ spentUsd: 500 })).toBe('far');
});

it('lets a backup add prices and a limit, and change none', () => {
  const own: SpendingSettings = { capUsd: 5, prices: [{ host: 'a.example', model: 'm', usdPerMillionInput: 1 }] };
  const restored: SpendingSettings = {
    capUsd: 500,
    prices: [
      { host: 'a.example', model: 'm', usdPerMillionInput: 0 },
      { host: 'b.example', model: 'm', usdPerMillionInput: 2 },
    ],
  };
  expect(uniteSpending(own, restored)).toEqual({ capUsd: 5, prices: [...own.prices, restored.prices[1]] });
  expect(uniteSpending({ prices: [] }, restored).capUsd).toBe(500);
});
