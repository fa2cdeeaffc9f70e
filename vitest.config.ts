// How the tests run: one DynamoDB Local for all of them, files side by side on the two cores.
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Of stories over HTTP and in Chromium, `npm test` tells the main ones: first payments, and an order at a shop. `npm run
 * journeys` tells all: outages, hostile hands, bad days, `kill -9`.
 */
const longStories = [
  'test/journeys/!(first-payment).test.ts',
  'test/browser/!(first-payment|joes-coffee).test.ts',
  'test/torture/**',
  // Each point of eight stories, one by one: the simulation's sample stands for them in the short run.
  'test/domain/**/*crash-points.test.ts',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env['LONG'] === '1' ? [] : longStories)],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/leave-no-trace.ts'],
    // What is waited for comes late on a busy machine, not at all when it is wrong: only a hang pays for these.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 50_000 } },
    // The logger looks at these once in a worker: its lines go where a test can read them.
    env: { POWERTOOLS_DEV: 'true', POWERTOOLS_LOG_LEVEL: 'INFO' },
    pool: 'forks',
    // A worker keeps what it has imported: the SDKs would be read again for each of 140 files.
    isolate: false,
    // One more than the cores: much of a test is waiting for a server.
    maxWorkers: 3,
    reporters: ['default'],
  },
});
