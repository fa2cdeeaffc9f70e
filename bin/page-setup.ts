// `npm run page:setup`: makes a Page look and behave as Tender needs it, as often as one likes.
import { createGraphClient } from '../lambdas/adapters/messenger/graph-client.ts';
import { setUpPage } from '../lambdas/adapters/messenger/page-setup.ts';

const names = [
  'MESSENGER_PAGE_ID',
  'MESSENGER_PAGE_TOKEN',
  'MESSENGER_APP_SECRET',
  'PUBLIC_URL',
] as const;

type Setting = (typeof names)[number];

function readSettings(): Record<Setting, string> {
  const settings = {
    MESSENGER_PAGE_ID: process.env['MESSENGER_PAGE_ID'] ?? '',
    MESSENGER_PAGE_TOKEN: process.env['MESSENGER_PAGE_TOKEN'] ?? '',
    MESSENGER_APP_SECRET: process.env['MESSENGER_APP_SECRET'] ?? '',
    PUBLIC_URL: process.env['PUBLIC_URL'] ?? '',
  };
  const missing = names.filter((name) => settings[name] === '');
  if (missing.length > 0) fail(`Set ${missing.join(', ')} and run this again.`);
  if (!URL.canParse(settings.PUBLIC_URL)) {
    fail('PUBLIC_URL must be an address such as https://pay.example.com.');
  }
  return settings;
}

function fail(words: string): never {
  console.error(words);
  process.exit(1);
}

const settings = readSettings();
const apiUrl = process.env['GRAPH_API_URL'] || 'https://graph.facebook.com';
if (!URL.canParse(apiUrl))
  fail('GRAPH_API_URL must be an address such as https://graph.facebook.com.');

const graph = createGraphClient({
  apiUrl,
  clock: { now: () => Date.now() },
  credentialsOf: async () => ({
    pageToken: settings.MESSENGER_PAGE_TOKEN,
    appSecret: settings.MESSENGER_APP_SECRET,
  }),
});
const steps = await setUpPage(graph, {
  pageId: settings.MESSENGER_PAGE_ID,
  publicUrl: settings.PUBLIC_URL,
  of: process.env['PAGE_OF'] === 'shop' ? 'shop' : 'wallet',
});
for (const { what, outcome, note } of steps) {
  console.log([what.padEnd(24), outcome.padEnd(16), note ?? ''].join(' ').trimEnd());
}
if (steps.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
