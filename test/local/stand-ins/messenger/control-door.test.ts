// The door that makes the next call go wrong, says what was received, and lets people act.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../builders/until.ts';
import { type Json, ANN, type MessengerSite, PAGE, openMessengerSite } from './messenger-site.ts';

let site: MessengerSite;
beforeEach(async () => {
  site = await openMessengerSite();
  await site.join();
  await site.act('text', { text: 'hello' });
});
afterEach(() => site.close());

const pageWords = async () =>
  (await site.thread()).messages.filter((m: Json) => m.from === 'page').map((m: Json) => m.words);

test("an ordered error is answered once, in Meta's shape, and nothing is sent", async () => {
  await site.door('/faults', { fault: 'error', code: 613, subcode: 2018338, status: 429 });

  const first = await site.send({ text: 'one' });
  const second = await site.send({ text: 'two' });

  expect(first.status).toBe(429);
  expect(first.body.error).toMatchObject({
    code: 613,
    error_subcode: 2018338,
    fbtrace_id: expect.any(String),
  });
  expect(second.status).toBe(200);
  expect(await pageWords()).toEqual(['two']);
  expect(await site.look('/faults')).toEqual([]);
});

test('typing dots do not use up a fault that waits for a message', async () => {
  await site.door('/faults', { fault: 'error_500' });

  const typing = await site.graph('/me/messages', {
    recipient: { id: ANN },
    sender_action: 'typing_on',
  });
  const message = await site.send({ text: 'one' });

  expect(typing.status).toBe(200);
  expect(message.status).toBe(500);
  expect(message.body.error).toMatchObject({ code: 1, is_transient: true });
});

test('a fault can wait for one person, one text, and some calls first', async () => {
  await site.door('/faults', {
    fault: 'error_500',
    match: { contains: 'receipt', psid: ANN },
    skip: 1,
    times: 2,
  });

  const statuses = [];
  for (const text of ['receipt 1', 'other', 'receipt 2', 'receipt 3', 'receipt 4']) {
    statuses.push((await site.send({ text })).status);
  }

  expect(statuses).toEqual([200, 200, 500, 500, 200]);
});

test.each([
  ['drop_before', []],
  ['drop_after', ['one']],
])('%s cuts the connection, and the thread shows what had been done', async (fault, expected) => {
  await site.door('/faults', { fault });

  await expect(site.send({ text: 'one' })).rejects.toThrow('fetch failed');

  expect(await pageWords()).toEqual(expected);
  const [request] = await site.look('/requests?endpoint=message');
  expect(request).toMatchObject({ fault, parameters: { message: { text: 'one' } } });
  expect(request).not.toHaveProperty('status');
});

test.each([
  ['timeout_before', []],
  ['timeout_after', ['one']],
])('%s leaves the caller waiting', async (fault, expected) => {
  await site.door('/faults', { fault });
  const impatient = fetch(`${site.url}/v26.0/me/messages?access_token=${PAGE.token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      recipient: { id: ANN },
      messaging_type: 'RESPONSE',
      message: { text: 'one' },
    }),
    signal: AbortSignal.timeout(300),
  });

  await expect(impatient).rejects.toThrow('timeout');

  expect(await pageWords()).toEqual(expected);
});

test('a duplicate puts the message into the thread twice and is answered once', async () => {
  await site.door('/faults', { fault: 'duplicate' });

  await site.send({ text: 'one' });
  await site.send({ text: 'two' });

  expect(await pageWords()).toEqual(['one', 'one', 'two']);
});

test('every Graph call is on record with its parameters, and without its token', async () => {
  await site.send({ text: 'one', metadata: 'outbox-1' });
  await site.call('GET', '/v26.0/me?access_token=nonsense');

  const requests = await site.look('/requests');

  expect(requests).toMatchObject([
    {
      endpoint: 'message',
      status: 200,
      hasProof: false,
      parameters: { message: { metadata: 'outbox-1' } },
    },
    { endpoint: 'read', status: 400, answer: { error: { code: 190 } } },
  ]);
  expect(JSON.stringify(requests)).not.toContain(PAGE.token);
});

test('the stream tells which thread changed', async () => {
  const ending = new AbortController();
  const response = await fetch(`${site.url}/_stand-in/stream`, { signal: ending.signal });
  const told: string[] = [];
  const reading = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) told.push(chunk);
  })();

  await site.send({ text: 'one' });
  await site.join('Bob', '1234567890123457');

  await until(() => told.join('').includes('people'));
  expect(told.join('')).toContain(
    `data: {"kind":"thread","pageId":"${PAGE.id}","personId":"${ANN}"}`,
  );
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  ending.abort();
  await expect(reading).rejects.toThrow('aborted');
});

test('a message is edited five times at most, and only by who wrote it', async () => {
  const { body: mine } = await site.act('text', { text: 'send $20' });
  const { body: theirs } = await site.send({ text: 'hi' });

  for (let count = 1; count <= 5; count += 1) {
    expect((await site.act('edit', { mid: mine.mid, text: `edit ${count}` })).status).toBe(201);
  }

  expect((await site.act('edit', { mid: mine.mid, text: 'edit 6' })).status).toBe(409);
  expect((await site.act('edit', { mid: theirs.message_id, text: 'x' })).status).toBe(404);
  expect((await site.thread()).messages[1]).toMatchObject({ text: 'edit 5', editCount: 5 });
});

test('quick replies vanish with the next message', async () => {
  await site.send({
    text: 'Sure?',
    quick_replies: [{ content_type: 'text', title: 'Yes', payload: 'Y' }],
  });
  expect((await site.thread()).messages.at(-1).quickReplies).toHaveLength(1);

  await site.act('quick-reply', { payload: 'Y', title: 'Yes' });

  expect((await site.thread()).messages.flatMap((m: Json) => m.quickReplies ?? [])).toEqual([]);
});

test('the list of chats tells the last words and what is unread', async () => {
  await site.send({ text: 'one' });
  await site.send({ text: 'two' });
  const unread = await site.look(`/people/${ANN}/threads`);
  site.clock.advance(10);
  await site.act('read');

  const read = await site.look(`/people/${ANN}/threads`);

  expect(unread[0]).toMatchObject({
    pageId: PAGE.id,
    lastWords: 'two',
    lastFrom: 'page',
    unread: 2,
  });
  expect(unread[1]).toMatchObject({ lastWords: null, unread: 0 });
  expect(read[0].unread).toBe(0);
});

test('reset forgets people, threads, profile and faults', async () => {
  await site.graph('/me/messenger_profile', { get_started: { payload: 'GO' } });
  await site.door('/faults', { fault: 'error_500' });

  expect((await site.door('/reset')).status).toBe(200);

  expect(await site.look('/people')).toEqual([]);
  expect(await site.look('/faults')).toEqual([]);
  await site.join();
  expect(await site.thread()).toMatchObject({ messages: [], profile: { getStarted: null } });
});

test.each([
  ['a person nobody knows', '/people/42/threads/1000/text', { text: 'x' }, 404],
  ['a page nobody knows', `/people/${ANN}/threads/9/text`, { text: 'x' }, 404],
  ['an act nobody knows', `/people/${ANN}/threads/1000/toString`, {}, 404],
  ['a field of the wrong type', `/people/${ANN}/threads/1000/text`, { text: 5 }, 400],
  ['a fault nobody knows', '/faults', { fault: 'explode' }, 400],
  ['an id of someone else', '/people', { name: 'Mallory', id: ANN }, 409],
])('%s is refused with a reason', async (...[, path, body, status]) => {
  const answer = await site.door(path, body);

  expect(answer.status).toBe(status);
  expect(answer.body.error).toEqual(expect.any(String));
});

test('what is not JSON, or far too large, is refused and harms nobody', async () => {
  const notJson = await fetch(`${site.url}/_stand-in/people`, { method: 'POST', body: '{' });
  const huge = await fetch(`${site.url}/v26.0/me/messages`, {
    method: 'POST',
    body: 'x'.repeat(3_000_000),
  });
  const noJson = await fetch(`${site.url}/v26.0/me/messages?access_token=${PAGE.token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '[1,',
  });

  expect([notJson.status, huge.status, noJson.status]).toEqual([400, 413, 400]);
  expect((await site.send({ text: 'still alive' })).status).toBe(200);
});
