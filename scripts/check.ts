import { runStage } from './run-stage';
import { staticChecks } from './static-checks';

const layers = { name: 'layers', program: ['node_modules/vitest/vitest.mjs', 'run', 'tests/architecture'] } as const;

let failures = 0;
for (const stage of [...staticChecks, layers]) {
  if (!(await runStage(stage))) failures += 1;
}
process.exitCode = failures > 0 ? 1 : 0;
