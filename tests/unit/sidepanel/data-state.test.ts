import { describe, expect, it } from 'vitest';
import type { FileOrder, FileWorkPart } from '../../../src/protocol/file-work';
import type { FileWorkListener } from '../../../src/sidepanel/client';
import { createDataState } from '../../../src/sidepanel/state/data-state';

function stand(granted = true) {
  const orders: FileOrder[] = [];
  const saved: string[] = [];
  const requests: unknown[] = [];
  let listener: FileWorkListener | undefined;
  const state = createDataState({
    send: (async (name: string, data: unknown) => {
      requests.push([name, data]);
      return null;
    }) as never,
    workOnFile(order, listening) {
      orders.push(order);
      listener = listening;
      return () => orders.push({ type: 'stop' });
    },
    saveFile: async ({ name }) => void saved.push(name),
    handOver: async () => {},
    requestDownloads: async () => granted,
  });
  const tell = async (part: FileWorkPart) => {
    listener?.onPart(part);
    await Promise.resolve();
  };
  return { state, orders, saved, requests, tell, lose: () => listener?.onLost() };
}

describe('what leaves the library and comes back', () => {
  it('is saved when it is made, with its progress until then', async () => {
    const { state, tell, saved, orders } = stand();
    state.exportPages({ kind: 'bibtex', allVersions: false });
    expect(state.working.value).toEqual({ task: 'export' });
    await tell({ type: 'progress', percent: 40 });
    expect(state.working.value).toEqual({ task: 'export', percent: 40 });
    await tell({ type: 'made', file: 'outgoing-1', name: 'pages.bib' });
    await Promise.resolve();
    expect([state.working.value, saved, state.made.value]).toEqual([undefined, ['pages.bib'], { task: 'export', name: 'pages.bib' }]);
    expect(orders).toEqual([{ type: 'export', kind: 'bibtex', allVersions: false }]);
  });

  it('is stopped by the person, who is told of no problem', async () => {
    const { state, tell, orders } = stand();
    state.backUp({ withVectors: true });
    state.stop();
    expect(orders.at(-1)).toEqual({ type: 'stop' });
    await tell({ type: 'stopped' });
    expect([state.working.value, state.problem.value]).toEqual([undefined, undefined]);
  });

  it('says so when the worker died over it', async () => {
    const { state, lose } = stand();
    state.backUp({ withVectors: true });
    lose();
    await Promise.resolve();
    expect(state.problem.value).toEqual({ task: 'backup', problem: { code: 'interrupted' } });
    expect(state.working.value).toBeUndefined();
  });

  it('is looked at again with a passphrase when it is locked', async () => {
    const { state, tell, orders } = stand();
    await state.open(new Blob(['a']));
    await tell({ type: 'failed', problem: { code: 'backup-locked' } });
    expect(state.problem.value?.problem.code).toBe('backup-locked');
    state.unlock('lamp');
    expect(orders).toEqual([{ type: 'examine' }, { type: 'examine', passphrase: 'lamp' }]);
  });

  it('goes to the downloads by itself only when the browser may put it there', async () => {
    const schedule = { everyDays: 7, keep: 3, withVectors: false };
    const refused = stand(false);
    await refused.state.setSchedule(schedule);
    expect(refused.state.problem.value?.problem.code).toBe('download-permission-missing');
    expect(refused.requests).toEqual([]);
    const granted = stand();
    await granted.state.setSchedule(schedule);
    expect(granted.requests).toEqual([['backup/set-schedule', { schedule }]]);
  });
});
