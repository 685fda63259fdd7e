import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './tests/support/plain-reporter.ts'],
    // What is waited for comes at once; on a busy machine it may take longer than the usual second.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // One less than there are, as is usual, leaves half of a small machine idle.
          maxWorkers: '100%',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/torture/kill/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'story',
          include: ['tests/e2e/**/*.test.ts', 'tests/torture/kill/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // Each brings a server, its vendors and a browser: more at once than this only wait for each other.
          maxWorkers: 2,
        },
      },
    ],
  },
});
