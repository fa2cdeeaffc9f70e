// Proves the command that an operator types: what it asks for, what it prints, and that it can be typed again.
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocalClock } from '../../local/clock.ts';
import { openDurable } from '../../local/durable.ts';
import {
  type MessengerStandIn,
  startMessengerStandIn,
} from '../../local/stand-ins/messenger/messenger-stand-in.ts';

let standIn: MessengerStandIn;
beforeAll(async () => {
  standIn = await startMessengerStandIn({
    port: 0,
    clock: createLocalClock(),
    durable: openDurable(undefined, 'messenger'),
    appSecrets: ['app-secret'],
    pages: [{ id: '1000', name: 'Tender', token: 'page-token' }],
    webhookUrl: 'http://127.0.0.1:1/webhooks/messenger',
    verifyToken: 'verify',
  });
});
afterAll(() => standIn.close());

const run = (environment: Readonly<Record<string, string>>) =>
  new Promise<{ failed: boolean; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], ...environment };
    execFile(process.execPath, ['bin/page-setup.ts'], { env }, (error, out, err) => {
      resolve({ failed: error !== null, out, err });
    });
  });

const settings = () => ({
  GRAPH_API_URL: standIn.url,
  MESSENGER_PAGE_ID: '1000',
  MESSENGER_PAGE_TOKEN: 'page-token',
  MESSENGER_APP_SECRET: 'app-secret',
  PUBLIC_URL: 'http://localhost:3000',
});

describe('npm run page:setup', () => {
  test('names everything that is missing, at once', async () => {
    const { failed, err } = await run({ MESSENGER_PAGE_ID: '1000' });
    expect(failed).toBe(true);
    expect(err).toContain('Set MESSENGER_PAGE_TOKEN, MESSENGER_APP_SECRET, PUBLIC_URL');
  });

  test('wants an address for an address', async () => {
    const { failed, err } = await run({ ...settings(), PUBLIC_URL: 'pay.example.com' });
    expect(failed).toBe(true);
    expect(err).toContain('https://pay.example.com');
  });

  test('prints what it did, and the second time that there was nothing to do', async () => {
    const first = await run(settings());
    expect(first.failed).toBe(false);
    expect(first.out).toMatch(/^persistent_menu\s+set$/mu);
    expect(first.out).toMatch(/^whitelisted_domains\s+skipped\s+http:\/\/localhost:3000 is not/mu);

    const second = await run(settings());
    expect(second.out).toMatch(/^persistent_menu\s+as it should be$/mu);
    expect(second.out).not.toMatch(/\sset\b/u);
  });

  test('fails with Meta’s own words when the token is wrong, and shows no secret', async () => {
    const { failed, out } = await run({ ...settings(), MESSENGER_PAGE_TOKEN: 'wrong-token' });
    expect(failed).toBe(true);
    expect(out).toContain('Meta says 190');
    expect(out).not.toMatch(/wrong-token|app-secret/u);
  });
});
