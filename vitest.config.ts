import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['tests/{unit,architecture}/**/*.test.{ts,tsx}'] },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/support/build-for-e2e.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file starts a browser of its own; two at once keep two cores busy.
          maxWorkers: 2,
        },
      },
    ],
  },
});
