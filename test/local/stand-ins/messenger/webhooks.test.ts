// What the product is told, how it is signed, and what happens when it does not listen.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../builders/until.ts';
import {
  ANN,
  APP_SECRETS,
  type MessengerSite,
  PAGE,
  openMessengerSite,
  sign,
  type Json,
} from './messenger-site.ts';

let site: MessengerSite;
beforeEach(async () => {
  site = await openMessengerSite();
  await site.join();
});
afterEach(() => site.close());

const inbound = () => site.events('message').filter((event) => event.message.is_echo !== true);
const echoes = () => site.events('message').filter((event) => event.message.is_echo === true);

test('a text arrives signed, escaped as Meta does, and reads back whole', async () => {
  const text = 'zwanzig € für Jürgen 🎉 a/b "q" \u0000';
  const { body } = await site.act('text', { text });

  const webhook = await until(() => site.received[0]);

  expect(webhook.signature).toBe(sign(webhook.raw, APP_SECRETS[0]!));
  expect(webhook.raw).toContain(String.raw`\u20ac f\u00fcr J\u00fcrgen \ud83c\udf89 a\/b`);
  expect(webhook.raw).toMatch(/^[\x20-\x7e]+$/);
  expect(webhook.json).toMatchObject({ object: 'page', entry: [{ id: PAGE.id }] });
  expect(inbound()).toEqual([
    {
      sender: { id: ANN },
      recipient: { id: PAGE.id },
      timestamp: expect.any(Number),
      message: { mid: body.mid, text },
    },
  ]);
});

test('every act of a person is told in its own shape', async () => {
  const { body: wrote } = await site.act('text', { text: 'send $20' });
  const { body: sent } = await site.send({ text: 'To whom?' });
  await site.act('quick-reply', { payload: 'BOB', title: 'Bob' });
  await site.act('postback', { payload: 'PAY', title: 'Pay' });
  await site.act('referral', { ref: 'claim_7' });
  await site.act('reaction', { mid: sent.message_id, emoji: '❤' });
  await site.act('reaction', { mid: sent.message_id, emoji: null });
  await site.act('edit', { mid: wrote.mid, text: 'send $2' });
  await site.act('read');
  await site.act('text', { text: 'this one', replyTo: sent.message_id });
  await site.act('attachment', {
    type: 'sticker',
    url: 'https://x.example/1.png',
    stickerId: '369239263222822',
  });

  await until(() => inbound().length === 4);

  expect(inbound()[1].message).toMatchObject({ text: 'Bob', quick_reply: { payload: 'BOB' } });
  expect(inbound()[2].message).toMatchObject({
    reply_to: { mid: sent.message_id, is_self_reply: false },
  });
  expect(inbound()[3].message.attachments).toEqual([
    { type: 'sticker', payload: { url: 'https://x.example/1.png', sticker_id: 369239263222822 } },
  ]);
  expect(site.events('postback')).toMatchObject([
    { postback: { title: 'Pay', payload: 'PAY', mid: expect.any(String) } },
  ]);
  expect(site.events('referral')).toMatchObject([
    { referral: { ref: 'claim_7', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
  ]);
  expect(site.events('reaction').map(({ reaction }) => reaction)).toEqual([
    { reaction: 'love', emoji: '❤', action: 'react', mid: sent.message_id },
    { reaction: 'love', emoji: '❤', action: 'unreact', mid: sent.message_id },
  ]);
  expect(site.events('message_edit')).toMatchObject([
    { message_edit: { mid: wrote.mid, text: 'send $2', num_edit: 1 } },
  ]);
  expect(site.events('read')).toMatchObject([{ read: { watermark: expect.any(Number) } }]);
});

test('a send is told back as an echo with its metadata, and as delivered', async () => {
  await site.act('text', { text: 'hello' });

  const { body } = await site.send({ text: 'hi', metadata: 'outbox-1' });

  await until(() => site.events('delivery').length === 1);
  expect(echoes()).toMatchObject([
    {
      sender: { id: PAGE.id },
      recipient: { id: ANN },
      message: {
        is_echo: true,
        app_id: 2000,
        metadata: 'outbox-1',
        mid: body.message_id,
        text: 'hi',
      },
    },
  ]);
  expect(site.events('delivery')[0].delivery.mids).toEqual([body.message_id]);
});

test('the ref of a link into a new thread rides on Get Started, and only there', async () => {
  await site.graph('/me/messenger_profile', { get_started: { payload: 'GO' } });

  const opened = await site.act('referral', { ref: 'claim_9' });
  await site.act('get-started');
  await site.act('postback', { payload: 'NEXT' });

  await until(() => site.events('postback').length === 2);
  expect(opened.body).toEqual({ waitsForGetStarted: true });
  expect(site.events('referral')).toEqual([]);
  expect(site.events('postback')[0].postback).toEqual({
    mid: expect.any(String),
    title: 'Get Started',
    payload: 'GO',
    referral: { ref: 'claim_9', source: 'SHORTLINK', type: 'OPEN_THREAD' },
  });
  expect(site.events('postback')[1].postback).not.toHaveProperty('referral');
});

test.each([['has spaces'], ['a/b'], ['é'], ['x'.repeat(2084)]])(
  'a link cannot carry the ref %.12s',
  async (ref) => {
    expect((await site.act('referral', { ref })).status).toBe(400);
  },
);

test('an answer other than 200 is tried again until it is 200', async () => {
  site.answers.push(500, 404, 201);

  await site.act('text', { text: 'hello' });
  await until(() => site.received.length === 2);
  site.clock.advance(60_000);
  await until(() => site.received.length === 3);
  site.clock.advance(60_000);

  const [webhook] = await until(async () => {
    const delivered = await site.look('/webhooks?state=delivered');
    return delivered.length === 1 && delivered;
  });
  expect(webhook.attempts.map((attempt: Json) => attempt.answer)).toEqual([
    '500',
    '404',
    '201',
    '200',
  ]);
  expect(
    new Set(site.received.map(({ raw }) => JSON.stringify(JSON.parse(raw).entry[0].messaging)))
      .size,
  ).toBe(1);
});

test('a product that never answers is tried again, and given up after about an hour', async () => {
  site.answers.push(...Array.from({ length: 50 }, () => 503));

  await site.act('text', { text: 'hello' });
  const startedAtMs = site.clock.now();
  const [webhook] = await until(async () => {
    site.clock.advance(60_000);
    const givenUp = await site.look('/webhooks?state=given_up');
    return givenUp.length === 1 && givenUp;
  });

  expect(webhook.attempts.length).toBe(14);
  expect(site.clock.now() - startedAtMs).toBeGreaterThan(3_000_000);
});

test('an unanswered webhook counts as failed after five seconds', async () => {
  site.answers.push('silence');
  const startedAtMs = Date.now();

  await site.act('text', { text: 'hello' });

  await until(() => site.received.length === 2);
  expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(4900);
});

test('texts of one person arrive in order while the product listens', async () => {
  for (let index = 0; index < 20; index += 1) await site.act('text', { text: String(index) });

  await until(() => inbound().length === 20);

  expect(inbound().map((event) => event.message.text)).toEqual(
    Array.from({ length: 20 }, (_, index) => String(index)),
  );
});

test('only fields that the page subscribed to are delivered, and none after it left', async () => {
  const path = `/v26.0/${PAGE.id}/subscribed_apps?access_token=${PAGE.token}`;
  await site.call('POST', `${path}&subscribed_fields=messages,messaging_postbacks`);
  await site.act('text', { text: 'hello' });
  await site.send({ text: 'hi' });
  await site.act('postback', { payload: 'PAY' });
  await until(() => site.events('postback').length === 1);

  const listed = await site.call('GET', path);
  await site.call('DELETE', path);
  await site.act('text', { text: 'anyone?' });

  expect(listed.body.data).toMatchObject([
    { subscribed_fields: ['messages', 'messaging_postbacks'] },
  ]);
  expect(echoes()).toEqual([]);
  expect((await site.look('/webhooks')).length).toBe(2);
  expect((await site.call('POST', `${path}&subscribed_fields=nonsense`)).body.error.code).toBe(100);
});

test.each([
  ['no_signature', () => undefined],
  ['forged_signature', (raw: string) => sign(raw, 'not the app secret')],
  ['old_secret', (raw: string) => sign(raw, APP_SECRETS[1]!)],
])('on demand a webhook comes with %s', async (fault, expected) => {
  await site.door('/webhook-faults', { fault });

  await site.act('text', { text: 'hello' });
  await site.act('text', { text: 'again' });

  await until(() => site.received.length === 2);
  expect(site.received[0]!.signature).toBe(expected(site.received[0]!.raw));
  expect(site.received[1]!.signature).toBe(sign(site.received[1]!.raw, APP_SECRETS[0]!));
});

test('on demand a webhook comes twice', async () => {
  await site.door('/webhook-faults', { fault: 'duplicate', field: 'messages' });

  await site.act('text', { text: 'once' });
  await site.act('text', { text: 'next' });

  await until(() => inbound().some((event) => event.message.text === 'next'));
  expect(inbound().map((event) => event.message.text)).toEqual(['once', 'once', 'next']);
});

test('on demand a webhook comes after the one that follows it', async () => {
  await site.door('/webhook-faults', { fault: 'reorder' });

  await site.act('text', { text: 'first' });
  await site.act('text', { text: 'second' });

  await until(() => inbound().length === 2);
  expect(inbound().map((event) => event.message.text)).toEqual(['second', 'first']);
});

test('held webhooks go when released, backwards and together when asked', async () => {
  await site.door('/webhook-faults', { fault: 'hold', times: 4 });
  for (const text of ['a', 'b', 'c', 'd']) await site.act('text', { text });
  await until(async () => (await site.look('/webhooks?state=held')).length === 4);
  expect(site.received).toEqual([]);

  expect((await site.door('/webhooks/release', { reverse: true, together: true })).body).toEqual({
    released: 4,
  });

  expect(site.received.length).toBe(1);
  expect(inbound().map((event) => event.message.text)).toEqual(['d', 'c', 'b', 'a']);
  await until(async () => (await site.look('/webhooks?state=delivered')).length === 4);
});

test("a delayed webhook waits on the machine's clock", async () => {
  await site.door('/webhook-faults', { fault: 'delay', delayMs: 3_600_000 });
  await site.act('text', { text: 'late' });
  await site.act('text', { text: 'next' });
  await until(() => inbound().length === 1);

  site.clock.advance(3_600_000);

  await until(() => inbound().length === 2);
  expect(inbound().map((event) => event.message.text)).toEqual(['next', 'late']);
});

test('any event can be injected, and the handshake can be made', async () => {
  const event = {
    recipient: { id: PAGE.id },
    timestamp: 1,
    policy_enforcement: { action: 'block' },
  };
  await site.door('/webhooks/inject', {
    pageId: PAGE.id,
    field: 'messaging_policy_enforcement',
    event,
  });
  await site.door('/webhooks/inject', { pageId: PAGE.id, field: 'standby', event });

  await until(() => site.received.length === 2);

  expect(site.received[0]!.json.entry[0].messaging).toEqual([event]);
  expect(site.received[1]!.json.entry[0].standby).toEqual([event]);
  expect((await site.door('/webhooks/verify')).body).toEqual({ verified: true, status: 200 });
});
