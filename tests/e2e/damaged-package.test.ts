import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distFolder } from '../../scripts/build-extension';
import { openView } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// An extension of which a file is missing, as after an update that was cut off.

const dist = mkdtempSync(join(tmpdir(), 'commonplace-damaged-'));
let stage: Stage;

beforeAll(async () => {
  cpSync(distFolder, dist, { recursive: true });
  rmSync(join(dist, 'assets', 'tune-view.js'));
  stage = await openStage({ dist });
});

afterAll(async () => {
  await stage?.close();
  rmSync(dist, { recursive: true, force: true });
});

test('A view that cannot be loaded says so and what to do, and the others stay', async () => {
  const panel = await stage.openPanel('/essays/fresnel-lens');
  await openView(panel, 'Tune');
  const notice = panel.getByRole('alert');
  await notice.getByText('This part could not be loaded.').waitFor();
  expect(await notice.innerText()).toContain('Close the panel and open it again.');
  await expectNoFaults(panel);
  await openView(panel, 'Library');
  await panel.getByText('Nothing saved yet').waitFor();
});
