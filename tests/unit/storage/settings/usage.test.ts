import { describe, expect, it } from 'vitest';
import type { UsageId, UsageRow } from '../../../../src/core/spending/usage-row';
import {
  foldOldUsage,
  listUsageMonths,
  readUsageMonth,
  readUsageRows,
  reserveUsage,
  restoreUsage,
  settleUsage,
} from '../../../../src/storage/settings/usage';
import { temporaryLibrary } from '../../../support/temporary-library';

let lastId = 0;

function row(usd: number, more: Partial<UsageRow> = {}): UsageRow {
  return {
    id: `call ${++lastId}` as UsageId,
    at: lastId,
    day: '2026-11-21',
    host: 'models.example',
    model: 'small',
    purpose: 'answer',
    calls: 1,
    promptTokens: 100,
    cachedTokens: 0,
    completionTokens: 10,
    usd,
    unpricedCalls: 0,
    ...more,
  };
}

describe('the limit of a month', () => {
  it('lets two calls at once through only if it has room for both', async () => {
    const library = await temporaryLibrary();
    const calls = Array.from({ length: 10 }, () => row(0.3));
    const refused = (await Promise.all(calls.map((call) => reserveUsage(library, call, 1)))).filter((spent) => spent !== undefined);
    expect(refused).toHaveLength(7);
    expect(refused[0]).toEqual({ spentUsd: expect.closeTo(0.9, 9) });
    expect(await readUsageMonth(library, '2026-11-21')).toMatchObject({ usd: expect.closeTo(0.9, 9) });
  });

  it('has room again when a call took less than it was expected to', async () => {
    const library = await temporaryLibrary();
    const call = row(0.9);
    await reserveUsage(library, call, 1);
    expect(await reserveUsage(library, row(0.2), 1)).toEqual({ spentUsd: 0.9 });
    await settleUsage(library, { ...call, usd: 0.1 });
    expect(await reserveUsage(library, row(0.2), 1)).toBeUndefined();
    expect((await readUsageMonth(library, call.day)).usd).toBeCloseTo(0.3, 9);
  });

  it('counts a call whose worker died as it was expected', async () => {
    const library = await temporaryLibrary();
    await reserveUsage(library, row(0.9), 1);
    expect(await readUsageRows(library, '2026-11')).toEqual([expect.objectContaining({ isExpected: true, usd: 0.9 })]);
    expect(await reserveUsage(library, row(0.2), 1)).toEqual({ spentUsd: 0.9 });
  });

  it('begins anew with the month, and counts a call in the month in which it was made', async () => {
    const library = await temporaryLibrary();
    const late = row(0.9, { day: '2026-11-30' });
    await reserveUsage(library, late, 1);
    expect(await reserveUsage(library, row(0.9, { day: '2026-12-01' }), 1)).toBeUndefined();
    await settleUsage(library, { ...late, usd: 0.5 });
    expect((await listUsageMonths(library)).map(({ month, usd }) => [month, usd])).toEqual([
      ['2026-12', 0.9],
      ['2026-11', 0.5],
    ]);
  });

  it('stops nothing that costs nothing', async () => {
    const library = await temporaryLibrary();
    await reserveUsage(library, row(1), 1);
    expect(await reserveUsage(library, row(0), 1)).toBeUndefined();
  });

  it('counts calls whose price is not known, and stops them once it is reached', async () => {
    const library = await temporaryLibrary();
    await reserveUsage(library, row(0.9), 1);
    expect(await reserveUsage(library, row(0, { unpricedCalls: 1 }), 1)).toBeUndefined();
    await reserveUsage(library, row(0.1), 1);
    expect(await reserveUsage(library, row(0, { unpricedCalls: 1 }), 1)).toEqual({ spentUsd: 1 });
    expect((await readUsageMonth(library, '2026-11-21')).unpricedCalls).toBe(1);
  });

  it('allows no call that costs anything when it is nothing', async () => {
    expect(await reserveUsage(await temporaryLibrary(), row(0.001), 0)).toEqual({ spentUsd: 0 });
  });
});

describe('a call that has ended', () => {
  it('is settled once', async () => {
    const library = await temporaryLibrary();
    const call = row(0.5);
    await reserveUsage(library, call, undefined);
    await settleUsage(library, { ...call, usd: 0.2 });
    await settleUsage(library, { ...call, usd: 0.9 });
    expect(await readUsageRows(library, '2026-11')).toEqual([{ ...call, usd: 0.2 }]);
    expect((await readUsageMonth(library, call.day)).usd).toBe(0.2);
  });

  it('leaves nothing when it came to nothing', async () => {
    const library = await temporaryLibrary();
    const call = row(0.5);
    await reserveUsage(library, call, undefined);
    await settleUsage(library, { ...call, calls: 0, usd: 0 });
    expect(await readUsageRows(library, '2026-11')).toEqual([]);
    expect((await readUsageMonth(library, call.day)).usd).toBe(0);
  });
});

it('comes back from a backup once, and counts', async () => {
  const library = await temporaryLibrary();
  const call = row(0.5);
  await restoreUsage(library, call);
  await restoreUsage(library, call);
  expect((await readUsageMonth(library, call.day)).usd).toBe(0.5);
});

it('folds what is older than thirteen months into a row for each day, model and purpose, and loses nothing of it', async () => {
  const library = await temporaryLibrary();
  const old = [
    row(0.1, { day: '2025-09-30' }),
    row(0.2, { day: '2025-09-30' }),
    row(0, { day: '2025-09-30', model: 'unheard-of', unpricedCalls: 1 }),
    row(0.4, { day: '2025-09-29' }),
  ];
  const kept = [row(0.5, { day: '2025-10-01' }), row(0.6, { day: '2025-10-01' })];
  for (const call of [...old, ...kept]) await restoreUsage(library, call);
  await foldOldUsage(library, '2026-11-21');
  await foldOldUsage(library, '2026-11-22');
  const september = await readUsageRows(library, '2025-09');
  expect(september.map(({ day, model, calls, usd, unpricedCalls }) => [day, model, calls, usd, unpricedCalls])).toEqual([
    ['2025-09-29', 'small', 1, 0.4, 0],
    ['2025-09-30', 'small', 2, expect.closeTo(0.3, 9), 0],
    ['2025-09-30', 'unheard-of', 1, 0, 1],
  ]);
  expect(await readUsageRows(library, '2025-10')).toHaveLength(2);
  expect((await readUsageMonth(library, '2025-09-30')).usd).toBeCloseTo(0.7, 9);
});

it('takes no call from a backup that a sum holds by now, but one of another model of that day', async () => {
  const library = await temporaryLibrary();
  const old = [row(0.1, { day: '2025-09-30' }), row(0.2, { day: '2025-09-30' })];
  for (const call of [...old, row(0.5)]) await restoreUsage(library, call);
  await foldOldUsage(library, '2026-11-21');
  for (const call of [...old, row(0.4, { day: '2025-09-30', model: 'large' })]) await restoreUsage(library, call);
  expect((await readUsageRows(library, '2025-09')).map(({ model, calls }) => [model, calls])).toEqual([
    ['small', 2],
    ['large', 1],
  ]);
  expect((await readUsageMonth(library, '2025-09-30')).usd).toBeCloseTo(0.7, 9);
});
