// How the tests run: one DynamoDB Local for all of them, files side by side on the two cores.
import { configDefaults, defineConfig } from 'vitest/config';

/** Whole days of outages, minutes long: `npm run journeys` runs them with all other journeys. */
const longJourneys = [
  'test/journeys/outages.test.ts',
  'test/journeys/bad-hands.test.ts',
  'test/journeys/cards-and-banks.test.ts',
  'test/journeys/killed.test.ts',
  'test/journeys/requests.test.ts',
  'test/journeys/bad-input.test.ts',
  'test/journeys/books.test.ts',
  'test/journeys/endings.test.ts',
  'test/journeys/join-address.test.ts',
  'test/journeys/shop-bad-days.test.ts',
  'test/journeys/sent-bills.test.ts',
  'test/browser/payment-troubles.test.ts',
  'test/browser/console-passkey.test.ts',
  'test/browser/console-uploads.test.ts',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env['LONG'] === '1' ? [] : longJourneys)],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // A worker keeps what it has imported: the SDKs would be read again for each of 140 files.
    isolate: false,
    // One more than the cores: much of a test is waiting for a server.
    maxWorkers: 3,
    reporters: ['default'],
  },
});
