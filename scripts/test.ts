import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runStage, type Stage } from './run-stage';
import { staticChecks } from './static-checks';

// `npm test` runs everything; `npm test -- check`, `-- unit NAME` and `-- e2e NAME` run a part of it.

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const stages: Readonly<Record<string, (names: readonly string[]) => Promise<Count[]>>> = {
  check: () => runAll(staticChecks),
  unit: async (names) => [await runTests('unit', names)],
  e2e: async (names) => [
    ...(await runAll([{ name: 'build', program: ['--import', 'tsx', 'scripts/build.ts'] }])),
    await runTests('e2e', names),
  ],
};

const [chosen, ...names] = process.argv.slice(2);
if (chosen !== undefined && !Object.hasOwn(stages, chosen)) {
  console.error(`Usage: npm test [-- ${Object.keys(stages).join(' | ')} [NAME…]]`);
  process.exit(2);
}
const counts: Count[] = [];
for (const [name, run] of Object.entries(stages)) {
  if (chosen === undefined || chosen === name) counts.push(...(await run(names)));
}
const total = (part: keyof Count) => counts.reduce((sum, count) => sum + count[part], 0);
const skipped = total('skipped');
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = total('failed') > 0 ? 1 : 0;

async function runAll(checks: readonly Stage[]): Promise<Count[]> {
  const results: Count[] = [];
  for (const check of checks) {
    const passed = await runStage(check);
    results.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });
  }
  return results;
}

async function runTests(project: 'unit' | 'e2e', files: readonly string[]): Promise<Count> {
  const report = join('.cache', `${project}-tests.json`);
  mkdirSync('.cache', { recursive: true });
  rmSync(report, { force: true });
  const passed = await runStage({
    name: `${project} tests`,
    program: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ],
    loud: true,
    timeLimitMs: 20 * 60_000,
  });
  const count = existsSync(report) ? countTests(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 };
  // A run can fail without a failed test: when a file does not load, an error is thrown outside of tests, or time is up.
  return passed || count.failed > 0 ? count : { ...count, failed: 1 };
}

interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

function countTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }: TestReport): Count {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}
