import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Files share the modules of their worker, for to load them anew for each took a third of the time. So no test may leave anything in a module, nor put
    // another in its place: by then it may be loaded.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{unit,architecture}/**/*.test.{ts,tsx}'],
          // Against endless work only: how long something takes says nothing on a busy machine.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // As above: vitest's own is a second.
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/support/build-for-e2e.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What is awaited is a state, as by Playwright, and not how soon it comes; vitest's own second is less than a busy machine may need.
          expect: { poll: { timeout: 10_000 } },
          // Each file starts a browser of its own, and waits for it much of the time: three at once keep two cores busy. Four took 715 s, and three 672.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
