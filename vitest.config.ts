import { defineConfig } from 'vitest/config';

// Files share the modules of their worker, for to load them anew for each took a third of the time. So no test may leave anything in a module.
const shared = { isolate: false, maxWorkers: 2 };

export default defineConfig({
  test: {
    projects: [
      {
        test: { ...shared, name: 'unit', include: ['tests/{unit,architecture}/**/*.test.{ts,tsx}'] },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/support/build-for-e2e.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
