import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openView, savePage, sendFrom } from '../support/panel';
import { openStage, type Stage } from './support/stage';

// Backups that go to the downloads by themselves. The permission is asked for by a prompt that nobody could answer here, so it is given at install.

const folder = mkdtempSync(join(tmpdir(), 'commonplace-scheduled-'));
const dist = join(folder, 'dist');
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  cpSync('dist', dist, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as {
    permissions: string[];
    optional_permissions: string[];
  };
  expect(manifest.optional_permissions).toContain('downloads');
  const granted = {
    ...manifest,
    permissions: [...manifest.permissions, 'downloads'],
    optional_permissions: manifest.optional_permissions.filter((permission) => permission !== 'downloads'),
  };
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify(granted));
  stage = await openStage({ dist });
  panel = await stage.openPanel('/essays/fresnel-lens');
  await savePage(panel);
});

afterAll(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Download {
  readonly filename: string;
  readonly state: string;
  readonly exists: boolean;
}

const downloads = () =>
  panel.evaluate(() =>
    (globalThis as unknown as { chrome: { downloads: { search(query: object): Promise<Download[]> } } }).chrome.downloads.search({}),
  );

test('The first backup is made when the schedule is set, and Settings says when', async () => {
  await openView(panel, 'Settings');
  const form = panel.getByRole('form', { name: 'Back up' });
  await form.getByLabel('Back up by itself').selectOption({ label: 'Every week' });
  await form.getByText(/^Last one: .*\(commonplace-\d{4}-\d\d-\d\d\.zip\)\.$/).waitFor();
  const [download] = await downloads();
  expect(download).toMatchObject({ state: 'complete' });
  expect(Object.keys(unzipSync(readFileSync(download?.filename ?? '')))).toContain('manifest.sha256');
  expect(await sendFrom(panel)('backup/schedule', null)).toMatchObject({ everyDays: 7, keep: 5 });
  const left = await panel.evaluate(async () => {
    const names: string[] = [];
    for await (const name of ((await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> }).keys())
      names.push(name);
    return names;
  });
  expect(left).toEqual([]);
});

test('Switched off, none is planned any more', async () => {
  const form = panel.getByRole('form', { name: 'Back up' });
  await form.getByLabel('Back up by itself').selectOption({ label: 'Never' });
  await form.getByLabel('Backups to keep').waitFor({ state: 'detached' });
  expect(await sendFrom(panel)('backup/schedule', null)).toBeNull();
});
