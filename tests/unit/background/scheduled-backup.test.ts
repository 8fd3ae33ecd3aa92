import { describe, expect, it } from 'vitest';
import { runScheduledBackup, type ScheduledBackupTools } from '../../../src/background/data/scheduled-backup';
import { ProblemError } from '../../../src/core/problem';
import type { BackupScheduleRecord } from '../../../src/storage/backup/backup-schedule-record';

const hourMs = 3_600_000;
const weekly: BackupScheduleRecord = { everyDays: 7, keep: 2, withVectors: true, nextAt: 1_000, downloadIds: [] };

function world(schedule: BackupScheduleRecord | undefined, rest: Partial<ScheduledBackupTools> = {}) {
  const state = { schedule, deleted: [] as number[], removed: 0, wakes: [] as number[], time: 1_000 };
  let lastId = 0;
  const tools: ScheduledBackupTools = {
    readSchedule: async () => state.schedule,
    writeSchedule: async (written) => {
      state.schedule = written;
    },
    mayDownload: async () => true,
    makeBackup: async () => ({
      name: `backup-${lastId + 1}`,
      download: async () => ++lastId,
      remove: async () => {
        state.removed += 1;
      },
    }),
    deleteDownload: async (id) => void state.deleted.push(id),
    now: () => state.time,
    wakeAt: (time) => void state.wakes.push(time),
    ...rest,
  };
  return { state, tools };
}

describe('a backup that is made by itself', () => {
  it('is made when it is due, and not before', async () => {
    const { state, tools } = world(weekly);
    await runScheduledBackup(tools);
    expect(state.schedule).toMatchObject({ lastAt: 1_000, lastName: 'backup-1', nextAt: 1_000 + 7 * 24 * hourMs, downloadIds: [1] });
    await runScheduledBackup(tools);
    expect(state.schedule?.lastName).toBe('backup-1');
    expect(state.wakes.at(-1)).toBe(state.schedule?.nextAt);
  });

  it('leaves as many as are to be kept, and nothing of the file that was made for the download', async () => {
    const { state, tools } = world(weekly);
    for (let week = 0; week < 5; week++) {
      state.time = state.schedule?.nextAt ?? 0;
      await runScheduledBackup(tools);
    }
    expect(state).toMatchObject({ deleted: [1, 2, 3], removed: 5 });
    expect(state.schedule?.downloadIds).toEqual([4, 5]);
  });

  it('says what went wrong, tries again within the hour, and forgets the problem when it is past', async () => {
    let isBroken = true;
    const { state, tools } = world(weekly, { mayDownload: async () => !isBroken });
    await runScheduledBackup(tools);
    expect(state.schedule).toMatchObject({ problem: { code: 'download-permission-missing' }, nextAt: 1_000 + hourMs });
    isBroken = false;
    state.time = 1_000 + hourMs;
    await runScheduledBackup(tools);
    expect(state.schedule?.problem).toBeUndefined();
    expect(state.schedule?.lastName).toBe('backup-1');
  });

  it('removes its file when the browser does not take it', async () => {
    const { state, tools } = world(weekly);
    const makeBackup = async () => ({
      ...(await tools.makeBackup(true)),
      download: async () => Promise.reject(new ProblemError({ code: 'download-failed' })),
    });
    await runScheduledBackup({ ...tools, makeBackup });
    expect(state).toMatchObject({ removed: 1, schedule: { problem: { code: 'download-failed' }, downloadIds: [] } });
  });

  it('has asked to be woken before it begins, for the worker may die', async () => {
    const { state, tools } = world(weekly, { makeBackup: () => new Promise(() => {}) });
    void runScheduledBackup(tools);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(state.wakes).toEqual([1_000 + hourMs]);
    expect(state.schedule?.nextAt).toBe(1_000 + hourMs);
  });

  it('is not made once it was switched off, and does not switch itself on again', async () => {
    const off = world(undefined);
    await runScheduledBackup(off.tools);
    expect(off.state.wakes).toEqual([]);
    const { state, tools } = world(weekly);
    const makeBackup = async () => {
      const file = await tools.makeBackup(true);
      state.schedule = undefined;
      return file;
    };
    await runScheduledBackup({ ...tools, makeBackup });
    expect(state.schedule).toBeUndefined();
  });
});
