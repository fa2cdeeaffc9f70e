// Tender's own Graph client against the stand-in's limits: set-up, every kind of bubble, and what comes back.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGraphClient } from '../../../../lambdas/adapters/messenger/graph-client.ts';
import { setUpPage } from '../../../../lambdas/adapters/messenger/page-setup.ts';
import { createMessenger } from '../../../../lambdas/adapters/messenger/send-reply.ts';
import type { Reply } from '../../../../lambdas/domain/chat/reply.ts';
import { until } from '../../../builders/until.ts';
import {
  ANN,
  APP_SECRETS,
  type Json,
  type MessengerSite,
  PAGE,
  openMessengerSite,
} from './messenger-site.ts';

let site: MessengerSite;
let graph: ReturnType<typeof createGraphClient>;
beforeEach(async () => {
  site = await openMessengerSite();
  await site.join();
  await site.door('/settings', { appSecretProofRequired: true });
  graph = createGraphClient({
    apiUrl: site.url,
    clock: site.clock,
    credentialsOf: async () => ({ pageToken: PAGE.token, appSecret: APP_SECRETS[0]! }),
  });
});
afterEach(() => site.close());

const page = { pageId: PAGE.id, publicUrl: 'https://tender.example' };

test('page set-up passes, and a second one finds everything as it should be', async () => {
  const first = await setUpPage(graph, page);
  const second = await setUpPage(graph, page);

  expect(first.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(first.some(({ outcome }) => outcome === 'set')).toBe(true);
  expect(second.filter(({ outcome }) => outcome === 'set' || outcome === 'failed')).toEqual([]);
});

const long = 'ß'.repeat(3000);
const bubbles: Reply[] = [
  { kind: 'text', text: long, quickReplies: [{ title: long, payload: 'YES' }] },
  {
    kind: 'buttons',
    text: long,
    buttons: [
      { kind: 'link', title: long, url: 'http://localhost:3000/pay/x' },
      { kind: 'action', title: 'Cancel', payload: 'CANCEL' },
    ],
  },
  {
    kind: 'cards',
    cards: Array.from({ length: 12 }, (_, index) => ({
      title: `${index} ${long}`,
      subtitle: long,
      buttons: [{ kind: 'action', title: 'Details', payload: 'D' }],
    })),
  },
  {
    kind: 'receipt',
    receipt: {
      recipientName: 'Ann',
      orderNumber: 'pay_1-payer',
      paymentMethod: 'Visa 4242',
      atMs: 1_795_361_618_135,
      lines: [{ title: 'To Bob', price: { minor: 2000, currency: 'USD' } }],
      total: { minor: 2000, currency: 'USD' },
    },
  },
];

test.each(bubbles.map((reply) => [reply.kind, reply] as const))(
  'a %s bubble, however long, is accepted',
  async (_, reply) => {
    await site.act('text', { text: 'hello' });
    const to = { pageId: PAGE.id, psid: ANN };

    const outcome = await createMessenger(graph).send({
      to,
      reply,
      outboxId: 'out_1',
      isWindowOpen: true,
    });

    const { messages } = await site.thread();
    expect(outcome).toEqual({ kind: 'sent', messageId: messages.at(-1).mid });
    expect(messages.at(-1).metadata).toContain('out_1');
  },
);

test('a thread is passed to the Page’s inbox, and one that is not there is not', async () => {
  await site.act('text', { text: 'talk to a person' });
  const pass = (psid: string) =>
    graph.call({
      method: 'POST',
      pageId: PAGE.id,
      path: [PAGE.id, 'pass_thread_control'],
      body: { recipient: { id: psid }, target_app_id: '263902037430900' },
    });

  expect(await pass(ANN)).toEqual({ kind: 'done', body: { success: true } });
  expect((await pass('1')).kind).toBe('refused');
  const outcome = await createMessenger(graph).send({
    to: { pageId: PAGE.id, psid: ANN },
    reply: { kind: 'text', text: 'They have this chat now.', handsOver: true },
    outboxId: 'out_3',
    isWindowOpen: true,
  });
  expect(outcome.kind).toBe('sent');
});

test('outside the window the utility template goes instead, and after a block nothing does', async () => {
  await setUpPage(graph, page);
  await site.act('text', { text: 'hello' });
  site.clock.advance(2 * 86_400_000);
  const request = {
    to: { pageId: PAGE.id, psid: ANN },
    reply: {
      kind: 'text',
      text: 'Bob has your $20.',
      utility: { name: 'payment_update', parameters: ['USD 20.00', 'paid'] },
    },
    outboxId: 'out_2',
    isWindowOpen: true,
  } as const;

  const late = await createMessenger(graph).send(request);
  await site.act('block');
  const blocked = await createMessenger(graph).send(request);

  expect(late.kind).toBe('sent');
  expect((await site.thread()).messages.at(-1).words).toContain('your payment of USD 20.00');
  expect(blocked.kind).toBe('unreachable');
});

describe('where a Page routes', () => {
  const inbox = '263902037430900';
  const move = (edge: string, body: object = {}) =>
    graph.call({
      method: 'POST',
      pageId: PAGE.id,
      path: [PAGE.id, edge],
      body: { recipient: { id: ANN }, ...body },
    });
  const say = (text: string) =>
    createMessenger(graph).send({
      to: { pageId: PAGE.id, psid: ANN },
      reply: { kind: 'text', text },
      outboxId: text,
      isWindowOpen: true,
    });
  const routing = (defaultApp: string | null) =>
    site.door('/routing', { pageId: PAGE.id, defaultApp });
  const heard = (key: string) =>
    site.received.flatMap(({ json }) => json.entry.flatMap((entry: Json) => entry[key] ?? []));

  test('only the owner of a thread may write to it, and the others hear on standby', async () => {
    await site.act('text', { text: 'hello' });
    await routing('tender');
    expect((await say('one')).kind).toBe('sent');
    expect((await move('pass_thread_control', { target_app_id: inbox })).kind).toBe('done');
    expect((await say('two')).kind).toBe('not_ours');
    await site.act('text', { text: 'bot' });
    await site.act('postback', { payload: 'PAY', title: 'Pay' });
    await until(() => (heard('standby').length === 2 ? true : undefined));

    expect(heard('standby')[0].message.text).toBe('bot');
    expect(heard('standby')[1].postback).toEqual({ mid: expect.any(String), title: 'Pay' });
    expect((await move('take_thread_control')).kind).toBe('done');
    expect((await say('three')).kind).toBe('sent');
  });

  test('the inbox takes a thread by answering and gives it back, and we are told of both', async () => {
    await site.act('text', { text: 'hello' });
    expect((await site.act('inbox-gives-back')).status).toBe(409);
    await routing('tender');
    await site.act('inbox-reply', { text: 'Hi, Joe here.' });
    expect((await say('two')).kind).toBe('not_ours');
    await site.act('inbox-gives-back');
    const told = await until(() => {
      const handovers = heard('messaging').filter(
        (event: Json) => event.take_thread_control ?? event.pass_thread_control,
      );
      return handovers.length === 2 ? handovers : undefined;
    });

    expect(told[0].take_thread_control.new_owner_app_id).toBe(inbox);
    expect(told[1].pass_thread_control.new_owner_app_id).toBe('2000');
    expect((await site.thread()).messages.at(-1).words).toBe('Hi, Joe here.');
    expect((await say('three')).kind).toBe('sent');
  });

  test('nobody but the default app may take a thread, which is its own after a day', async () => {
    await site.act('text', { text: 'hello' });
    expect((await move('take_thread_control')).kind).toBe('refused');
    expect((await say('one')).kind).toBe('sent');
    await routing('inbox');
    expect((await move('take_thread_control')).kind).toBe('refused');
    expect((await say('two')).kind).toBe('not_ours');

    await routing('tender');
    await site.act('inbox-reply', { text: 'Hi, Joe here.' });
    site.clock.advance(2 * 86_400_000);
    await site.act('text', { text: 'hello again' });
    expect((await say('three')).kind).toBe('sent');
    await routing(null);
    expect((await say('four')).kind).toBe('sent');
  });
});
