import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const manifest = {
  manifest_version: 3,
  name: 'Bare',
  version: '1',
  action: {},
  background: { service_worker: 'worker.js', type: 'module' },
  side_panel: { default_path: 'panel.html' },
  permissions: ['sidePanel'],
};
const worker = `chrome.action.onClicked.addListener(() => {});
chrome.runtime.onMessage.addListener((message, sender, reply) => { reply({ ok: true, value: null }); });`;
const panel = '<!doctype html><html lang="en"><title>Bare</title><textarea aria-label="Ask your pages"></textarea></html>';

/** An extension that does nothing but answer: what a browser needs by itself to start a worker and to open a page. */
export function writeBareExtension(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'commonplace-bare-'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'worker.js'), worker);
  writeFileSync(join(folder, 'panel.html'), panel);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
