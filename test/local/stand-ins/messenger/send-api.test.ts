// Who may write to whom, when, and with what: tokens, proofs, the 24-hour window, blocks, utility messages.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ANN,
  APP_SECRETS,
  type MessengerSite,
  PAGE,
  SHOP,
  openMessengerSite,
} from './messenger-site.ts';

const DAY_MS = 24 * 3_600_000;

let site: MessengerSite;
beforeEach(async () => {
  site = await openMessengerSite();
  await site.join();
});
afterEach(() => site.close());

const text = { recipient: { id: ANN }, messaging_type: 'RESPONSE', message: { text: 'hi' } };

test('a message in the window is in the thread, with the id that was answered', async () => {
  await site.act('text', { text: 'hello' });

  const sent = await site.send({ text: 'hi Ann' });

  expect(sent.body).toEqual({ recipient_id: ANN, message_id: expect.stringMatching(/^m_/) });
  const { messages } = await site.thread();
  expect(messages.at(-1)).toMatchObject({
    from: 'page',
    mid: sent.body.message_id,
    text: 'hi Ann',
  });
});

test('the token may stand in the body or the Authorization header too', async () => {
  await site.act('text', { text: 'hello' });

  const inBody = await site.call('POST', '/v26.0/me/messages', {
    ...text,
    access_token: PAGE.token,
  });
  const inHeader = await fetch(`${site.url}/v25.0/${PAGE.id}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${PAGE.token}` },
    body: JSON.stringify(text),
  });

  expect([inBody.status, inHeader.status]).toEqual([200, 200]);
});

test('a form body with JSON texts is understood as Graph API does', async () => {
  await site.act('text', { text: 'hello' });

  const response = await fetch(`${site.url}/v26.0/me/messages?access_token=${PAGE.token}`, {
    method: 'POST',
    body: new URLSearchParams({
      recipient: JSON.stringify({ id: ANN }),
      messaging_type: 'RESPONSE',
      message: JSON.stringify({ text: 'by form' }),
    }),
  });

  expect(response.status).toBe(200);
});

test('a wrong token is error 190 and a page of another token does not exist', async () => {
  const wrong = await site.call('POST', '/v26.0/me/messages?access_token=nonsense', text);
  const missing = await site.call('POST', '/v26.0/me/messages', text);
  const foreign = await site.call(
    'POST',
    `/v26.0/${SHOP.id}/messages?access_token=${PAGE.token}`,
    text,
  );

  expect(wrong.body.error).toMatchObject({ code: 190, type: 'OAuthException' });
  expect(missing.body.error.code).toBe(190);
  expect(foreign.body.error).toMatchObject({ code: 100, error_subcode: 33 });
});

const proofOf = (secret: string, proven: string) =>
  createHmac('sha256', secret).update(proven).digest('hex');

test('a proof is checked when given, required when the switch says so, and good by either secret', async () => {
  await site.act('text', { text: 'hello' });
  const sendWith = (query: string) =>
    site.call('POST', `/v26.0/me/messages?access_token=${PAGE.token}${query}`, text);
  await site.door('/settings', { appSecretProofRequired: true });

  const [current, old] = APP_SECRETS.map((secret) => proofOf(secret, PAGE.token));

  expect((await sendWith(`&appsecret_proof=${current}`)).status).toBe(200);
  expect((await sendWith(`&appsecret_proof=${old}`)).status).toBe(200);
  expect(
    (await sendWith(`&appsecret_proof=${proofOf('stolen', PAGE.token)}`)).body.error,
  ).toMatchObject({
    code: 100,
    message: expect.stringContaining('Invalid appsecret_proof'),
  });
  expect((await sendWith('')).body.error.message).toContain('require an appsecret_proof');
});

test('a timed proof is good for five minutes', async () => {
  await site.act('text', { text: 'hello' });
  const time = Math.floor(site.clock.now() / 1000);
  const proof = proofOf(APP_SECRETS[0]!, `${PAGE.token}|${time}`);
  const path = `/v26.0/me/messages?access_token=${PAGE.token}&appsecret_proof=${proof}&appsecret_time=${time}`;
  expect((await site.call('POST', path, text)).status).toBe(200);

  site.clock.advance(6 * 60_000);

  expect((await site.call('POST', path, text)).body.error.message).toContain(
    'Invalid appsecret_proof',
  );
});

test('the window closes 24 hours after the last thing that the person did', async () => {
  await site.act('text', { text: 'hello' });
  site.clock.advance(DAY_MS - 60_000);
  expect((await site.send({ text: 'still here' })).status).toBe(200);

  site.clock.advance(61_000);
  const late = await site.send({ text: 'too late' });

  expect(late.body.error).toMatchObject({ code: 10, error_subcode: 2018278 });
  expect((await site.thread()).isWindowOpen).toBe(false);
});

test.each([
  ['a tap', 'postback', { payload: 'PAY' }],
  ['a quick reply', 'quick-reply', { payload: 'YES', title: 'Yes' }],
  ['an m.me link into the thread', 'referral', { ref: 'claim_1' }],
])('%s opens the window again', async (_, act, body) => {
  await site.act('text', { text: 'hello' });
  site.clock.advance(2 * DAY_MS);
  expect((await site.send({ text: 'x' })).status).toBe(403);

  await site.act(act, body);

  expect((await site.send({ text: 'x' })).status).toBe(200);
});

test('a reaction opens the window again, reading does not', async () => {
  await site.act('text', { text: 'hello' });
  const { body: sent } = await site.send({ text: 'hi' });
  site.clock.advance(2 * DAY_MS);

  await site.act('read');
  expect((await site.send({ text: 'x' })).status).toBe(403);
  await site.act('reaction', { mid: sent.message_id, emoji: '👍' });

  expect((await site.send({ text: 'x' })).status).toBe(200);
});

test('dead tags are 100/1893061 and living ones are not permitted to a bot', async () => {
  await site.act('text', { text: 'hello' });
  const tagged = (tag?: string) => site.send({ text: 'x' }, { messaging_type: 'MESSAGE_TAG', tag });

  expect((await tagged('POST_PURCHASE_UPDATE')).body.error).toMatchObject({
    code: 100,
    error_subcode: 1893061,
  });
  expect((await tagged('HUMAN_AGENT')).body.error.code).toBe(10);
  expect((await tagged()).body.error.message).toContain('Param tag is required');
});

test('someone nobody knows is 100/2018001, someone who blocked the page is 551', async () => {
  await site.act('text', { text: 'hello' });
  const stranger = await site.send({ text: 'x' }, { recipient: { id: '999' } });
  await site.act('block');

  const blocked = await site.send({ text: 'x' });
  const typing = await site.graph('/me/messages', {
    recipient: { id: ANN },
    sender_action: 'typing_on',
  });
  await site.act('unblock');

  expect(stranger.body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
  expect(blocked.body.error).toMatchObject({ code: 551, error_subcode: 1545041 });
  expect(typing.body.error.code).toBe(551);
  expect((await site.send({ text: 'x' })).status).toBe(200);
});

test('someone who blocked the page cannot write to it', async () => {
  await site.act('block');

  const refused = await site.act('text', { text: 'hello' });

  expect(refused.status).toBe(409);
  expect((await site.thread()).messages).toEqual([]);
});

test('typing dots show until the next message and by themselves for 20 seconds at most', async () => {
  await site.act('text', { text: 'hello' });
  const typing = { recipient: { id: ANN }, sender_action: 'typing_on' };

  await site.graph('/me/messages', typing);
  expect((await site.thread()).typingUntilMs).toBeGreaterThan(site.clock.now());
  await site.send({ text: 'hi' });
  expect((await site.thread()).typingUntilMs).toBeNull();

  await site.graph('/me/messages', typing);
  site.clock.advance(21_000);
  expect((await site.thread()).typingUntilMs).toBeNull();
});

test('a sender action with a message beside it is refused', async () => {
  await site.act('text', { text: 'hello' });

  const refused = await site.graph('/me/messages', { ...text, sender_action: 'typing_on' });

  expect(refused.body.error.message).toContain('Unexpected key');
});

const paymentUpdate = {
  name: 'payment_update',
  language: 'en',
  category: 'UTILITY',
  components: [
    { type: 'BODY', text: 'Hello {{1}}, your payment of {{2}} has arrived.' },
    {
      type: 'BUTTONS',
      buttons: [{ type: 'URL', text: 'See it', url: 'https://tender.example/p/{{1}}' }],
    },
  ],
};
const utility = (...words: string[]) => ({
  template: {
    name: 'payment_update',
    language: { code: 'en' },
    components: [
      { type: 'body', parameters: words.map((text) => ({ type: 'text', text })) },
      { type: 'buttons', parameters: [{ type: 'text', text: 'pay_1' }] },
    ],
  },
});

test('an approved utility template reaches someone outside the window, with its variables filled', async () => {
  await site.act('text', { text: 'hello' });
  site.clock.advance(3 * DAY_MS);
  expect((await site.graph('/me/message_templates', paymentUpdate)).body).toMatchObject({
    status: 'APPROVED',
  });

  const sent = await site.send(utility('Ann', 'USD 20.00'), { messaging_type: 'UTILITY' });

  expect(sent.status).toBe(200);
  expect((await site.thread()).messages.at(-1).utility).toEqual({
    body: 'Hello Ann, your payment of USD 20.00 has arrived.',
    buttons: [{ type: 'web_url', title: 'See it', url: 'https://tender.example/p/pay_1' }],
  });
  const listed = await site.call('GET', `/v26.0/me/message_templates?access_token=${PAGE.token}`);
  expect(listed.body.data).toMatchObject([{ name: 'payment_update', status: 'APPROVED' }]);
});

test.each([
  ['a sign in a variable', utility('Ann', '$20'), 'UTILITY', 'special characters'],
  ['a variable too few', utility('Ann'), 'UTILITY', 'must have exactly {{1}}, {{2}}'],
  ['another type of message', utility('Ann', 'USD 20'), 'RESPONSE', 'UTILITY'],
  ['no template', { text: 'hi' }, 'UTILITY', 'message[template]'],
])('a utility message with %s is refused', async (...[, message, messaging_type, reason]) => {
  await site.graph('/me/message_templates', paymentUpdate);

  const refused = await site.send(message, { messaging_type });

  expect(refused.body.error.code).toBe(100);
  expect(refused.body.error.message).toContain(reason);
});

test('a template that was not approved cannot be sent, and one name cannot be taken twice', async () => {
  const unknown = await site.send(utility('Ann', 'USD 20'), { messaging_type: 'UTILITY' });
  await site.graph('/me/message_templates', paymentUpdate);
  const again = await site.graph('/me/message_templates', paymentUpdate);

  expect(unknown.body.error.message).toContain('is not an approved template');
  expect(again.body.error.message).toContain('already exists');
});

test('names and locale can be read of a person who has been in touch, by a field list that exists', async () => {
  const read = (fields: string) =>
    site.call('GET', `/v26.0/${ANN}?fields=${fields}&access_token=${PAGE.token}`);
  expect((await read('name')).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  await site.act('text', { text: 'hello' });

  const known = await read('first_name,last_name,name,locale,timezone,profile_pic');
  const nonsense = await read('shoe_size');

  expect(known.body).toMatchObject({ id: ANN, first_name: 'Ann', locale: 'en_US', timezone: 0 });
  expect(nonsense.body.error.message).toContain('nonexisting field (shoe_size)');
});

test('a person has another id at every page, and each page knows only its own', async () => {
  const { psids } = await site.look(`/people/${ANN}`);
  expect(psids[PAGE.id]).toBe(ANN);
  expect(psids[SHOP.id]).toMatch(/^[0-9]{16}$/);
  expect(psids[SHOP.id]).not.toBe(ANN);
  await site.door(`/people/${ANN}/threads/${SHOP.id}/text`, { text: 'latte' });

  const toShop = (id: string) =>
    site.call('POST', `/v26.0/me/messages?access_token=${SHOP.token}`, {
      ...text,
      recipient: { id },
    });

  expect((await toShop(psids[SHOP.id])).status).toBe(200);
  expect((await toShop(ANN)).body.error.error_subcode).toBe(2018001);
});

test('a menu needs Get Started, which cannot go while the menu stays', async () => {
  const persistent_menu = [
    { locale: 'default', call_to_actions: [{ type: 'postback', title: 'Help', payload: 'HELP' }] },
  ];
  const profile = `/v26.0/me/messenger_profile?access_token=${PAGE.token}`;
  const tooEarly = await site.call('POST', profile, { persistent_menu });
  await site.call('POST', profile, { get_started: { payload: 'GO' }, persistent_menu });

  const kept = await site.call('DELETE', profile, { fields: ['get_started'] });
  const read = await site.call('GET', `${profile}&fields=get_started,persistent_menu`);
  const gone = await site.call('DELETE', profile, { fields: ['get_started', 'persistent_menu'] });

  expect(tooEarly.body.error.message).toContain('requires get_started');
  expect(kept.body.error.code).toBe(100);
  expect(read.body).toEqual({ data: [{ get_started: { payload: 'GO' }, persistent_menu }] });
  expect(gone.body).toEqual({ result: 'success' });
  expect((await site.call('GET', `${profile}&fields=get_started`)).body).toEqual({ data: [] });
});

test('a button that asks for extensions needs an allow-listed domain', async () => {
  await site.act('text', { text: 'hello' });
  const button = {
    type: 'web_url',
    title: 'Pay',
    url: 'https://pay.tender.example/a',
    messenger_extensions: true,
  };
  const message = {
    attachment: {
      type: 'template',
      payload: { template_type: 'button', text: 'Pay', buttons: [button] },
    },
  };

  expect((await site.send(message)).body.error.message).toContain('not whitelisted');
  await site.graph('/me/messenger_profile', {
    whitelisted_domains: ['https://pay.tender.example'],
  });

  expect((await site.send(message)).status).toBe(200);
});
