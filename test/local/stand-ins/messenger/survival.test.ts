// With a data directory nothing is lost when the process is killed: people, threads, and webhooks still owed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../../../builders/child.ts';
import { until } from '../../../builders/until.ts';
import { ANN, callsTo, eventsOf, listenAsProduct } from './messenger-site.ts';

let directory: string;
let product: Awaited<ReturnType<typeof listenAsProduct>>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'messenger-'));
  product = await listenAsProduct();
});

afterEach(async () => {
  product.server.closeAllConnections();
  product.server.close();
  await rm(directory, { recursive: true });
});

async function start(webhookUrl = product.url) {
  const script = join(import.meta.dirname, 'stand-in-process.ts');
  const child = await startChild([script, directory, webhookUrl]);
  return { child, ...callsTo(child.firstLine) };
}

const NOBODY_LISTENS = 'http://127.0.0.1:9/webhooks/messenger';
const texts = () => eventsOf(product.received).map((event) => event.message?.text);

test('a webhook that was owed when the process was killed is delivered by the next one, once', async () => {
  const first = await start(NOBODY_LISTENS);
  await first.join();
  await first.act('text', { text: 'send $20 to bob' });
  await first.child.kill();

  const second = await start();
  await until(() => product.received.length > 0);
  await second.act('text', { text: 'next' });
  await until(() => texts().includes('next'));

  expect(texts()).toEqual(['send $20 to bob', 'next']);
});

test('a delivered webhook is not delivered again after a restart', async () => {
  const first = await start();
  await first.join();
  await first.act('text', { text: 'one' });
  await until(async () => (await first.look('/webhooks?state=delivered')).length === 1);
  await first.child.kill();

  const second = await start();
  await second.act('text', { text: 'two' });
  await until(() => texts().includes('two'));

  expect(texts()).toEqual(['one', 'two']);
});

test('people, threads, profile, templates, used order numbers, faults and requests outlive a kill', async () => {
  const receipt = {
    attachment: {
      type: 'template',
      payload: {
        template_type: 'receipt',
        recipient_name: 'Ann',
        order_number: 'pay_1',
        currency: 'USD',
        payment_method: 'Visa 4242',
        summary: { total_cost: 20 },
      },
    },
  };
  const first = await start();
  await first.join();
  await first.graph('/me/messenger_profile', { get_started: { payload: 'GO' } });
  await first.act('text', { text: 'hello' });
  await first.send(receipt);
  await first.act('block');
  await first.door('/faults', { fault: 'error_500', skip: 1 });
  const before = await first.thread();
  await first.child.kill();

  const second = await start();

  expect({ ...(await second.thread()), nowMs: 0 }).toEqual({ ...before, nowMs: 0 });
  expect(await second.look('/people')).toMatchObject([{ id: ANN, name: 'Ann' }]);
  expect((await second.look('/requests')).length).toBe(2);
  expect((await second.look('/faults')).length).toBe(1);
  await second.act('unblock');
  expect((await second.send(receipt)).body.error.message).toContain('already used');
  expect((await second.send({ text: 'x' })).status).toBe(500);
});

test('whatever moment the process is killed at, each text that was answered arrives exactly once', async () => {
  const accepted: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const site = await start();
    await site.join();
    const dying = until(() => product.received.length > round * 3 + 2).then(() =>
      site.child.kill(),
    );
    const writing = Array.from({ length: 12 }, async (_, index) => {
      const text = `${round}-${index}`;
      const answer = await site.act('text', { text }).catch(() => undefined);
      if (answer?.status === 201) accepted.push(text);
    });
    await Promise.all([dying, ...writing]);
  }

  const last = await start();
  await last.act('text', { text: 'the end' });
  await until(() => texts().includes('the end'));
  await until(async () => (await last.look('/webhooks?state=pending')).length === 0);

  // A kill between Meta's delivery and its note of it repeats one: by mid, as Meta repeats.
  const mids = new Map(
    eventsOf(product.received).map(({ message }) => [message.mid, message.text]),
  );
  const arrived = [...mids.values()];
  expect(accepted.length).toBeGreaterThan(0);
  expect(arrived).toEqual(expect.arrayContaining(accepted));
  expect(new Set(arrived).size).toBe(arrived.length);
});
