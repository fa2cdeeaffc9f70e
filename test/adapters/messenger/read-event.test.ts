// Proves that every documented event is read into our words, and that a strange one harms nobody.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvent } from '../../../lambdas/adapters/messenger/read-event.ts';
import { events, fromPerson, pageId, psid, sentAtMs } from '../../builders/messenger-events.ts';

const around = { pageId, timeMs: sentAtMs + 250, receivedAtMs: sentAtMs + 1000 };
const address = { pageId, psid };
const read = (raw: unknown) => readEvent(raw, around);
const eventOf = (raw: unknown) => {
  const reading = read(raw);
  if (reading.kind === 'dropped') throw new Error(`dropped: ${reading.code}`);
  return reading.event;
};

describe('each type of event', () => {
  const common = { address, atMs: sentAtMs };

  test.each([
    [
      'a text',
      events.text(),
      { kind: 'message', id: 'm_text', text: 'send $20 to bob for lunch', redacted: [] },
    ],
    [
      'a tapped quick reply',
      events.quickReply(),
      { kind: 'message', id: 'm_quick', text: 'Bob', payload: 'v1:yes', redacted: [] },
    ],
    [
      'a reply to a message',
      events.reply(),
      { kind: 'message', id: 'm_reply', text: 'ok', redacted: [] },
    ],
    ['a picture', events.image(), { kind: 'attachment', id: 'm_image' }],
    ['a sticker', events.sticker(), { kind: 'attachment', id: 'm_sticker' }],
    [
      'a shared link',
      events.fallback(),
      { kind: 'message', id: 'm_link', text: 'https://example.com', redacted: [] },
    ],
    [
      'a first message after an ad',
      events.withReferral(),
      { kind: 'message', id: 'm_ad', text: 'hi', ref: 'claim-abc', redacted: [] },
    ],
    [
      'an echo of ours',
      events.echo(),
      { kind: 'echo', id: 'm_echo:echo', outboxId: 'm_text:1', messageId: 'm_echo' },
    ],
    [
      'an echo of somebody else',
      events.echo(''),
      { kind: 'echo', id: 'm_echo:echo', messageId: 'm_echo' },
    ],
    ['an edit', events.edit(), { kind: 'edit', id: 'm_text:edit:1' }],
    ['a postback', events.postback(), { kind: 'postback', id: 'm_post', payload: 'v1:help' }],
    [
      'Get Started with a ref',
      events.getStarted(),
      { kind: 'postback', id: 'm_start', payload: 'v1:start', ref: 'claim-abc' },
    ],
  ])('%s', (_, raw, expected) => {
    expect(eventOf(raw)).toEqual({ ...common, ...expected });
  });

  test.each([
    ['a reaction', events.reaction(), { kind: 'reaction' }],
    [
      'an m.me link in an existing thread',
      events.referral(),
      { kind: 'referral', ref: 'claim-abc' },
    ],
    ['an opt-in of the plugin', events.pluginOptin(), { kind: 'referral', ref: 'claim-abc' }],
    ['an opt-out', events.optOut(), { kind: 'opt_out' }],
    ['a delivery', events.delivery(), { kind: 'delivered', watermarkMs: sentAtMs }],
    ['a read', events.read(), { kind: 'read', watermarkMs: sentAtMs }],
    [
      'a policy notice, which has no person',
      events.policy(),
      {
        kind: 'policy',
        action: 'block',
        reason: 'The bot violated our Platform Policies.',
        address: { pageId, psid: '' },
      },
    ],
    [
      'a thread that the inbox has taken',
      fromPerson({ take_thread_control: { new_owner_app_id: '263902037430900', metadata: '' } }),
      { kind: 'taken_over' },
    ],
    [
      'a thread that was passed to the inbox',
      fromPerson({ pass_thread_control: { new_owner_app_id: 263_902_037_430_900 } }),
      { kind: 'taken_over' },
    ],
    ['a thread that was given to us', events.passThread(), { kind: 'handed_back', by: 'inbox' }],
  ])('%s, named by its hash', (_, raw, expected) => {
    expect(eventOf(raw)).toEqual({
      ...common,
      ...expected,
      id: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
  });

  test.each([
    ['an account linking', events.accountLinking()],
    ['feedback', events.feedback()],
    [
      'a thread that goes to some other app',
      fromPerson({ take_thread_control: { new_owner_app_id: 12 } }),
    ],
    ['a wish to have it', fromPerson({ request_thread_control: { requested_owner_app_id: 12 } })],
    ['a cart', events.cart()],
  ])('%s is known and not used', (_, raw) => {
    expect(read(raw)).toEqual({ kind: 'dropped', code: 'unused_type' });
  });

  test('one that nobody has heard of is dropped by its code', () => {
    expect(read(fromPerson({ telepathy: { thought: 'x' } }))).toEqual({
      kind: 'dropped',
      code: 'unknown_type',
    });
  });

  test('a taken back message says nothing', () => {
    expect(read(events.deleted())).toEqual({ kind: 'dropped', code: 'nothing_to_read' });
  });

  test("another app's button comes without its payload and says nothing", () => {
    const stripped = fromPerson({ postback: { mid: 'm_other', title: 'Buy' } });
    expect(read(stripped)).toEqual({ kind: 'dropped', code: 'nothing_to_read' });
  });
});

describe('ids of events', () => {
  test('are the same when the same event comes again with its keys in another order', () => {
    const once = { sender: { id: psid }, recipient: { id: pageId }, timestamp: sentAtMs };
    const body = { reaction: 'love', emoji: 'x', action: 'react', mid: 'm_1' };
    const turned = { mid: 'm_1', action: 'react', emoji: 'x', reaction: 'love' };
    expect(eventOf({ ...once, reaction: body }).id).toBe(eventOf({ reaction: turned, ...once }).id);
  });

  test('differ between a reaction, its withdrawal, another person and another time', () => {
    const ids = [
      eventOf(events.reaction()),
      eventOf(events.reaction('unreact')),
      eventOf({ ...events.reaction(), sender: { id: '1' } }),
      eventOf({ ...events.reaction(), timestamp: sentAtMs + 1 }),
    ].map((event) => event.id);
    expect(new Set(ids).size).toBe(4);
  });

  test('differ between a message and each of its edits', () => {
    const ids = [events.text(), events.edit(1), events.edit(2)].map((raw) => eventOf(raw).id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('ids and times', () => {
  test.each(['.', '..', '.hidden', 'a/b', 'a#b', '', ' '])('an id of %j is none', (id) => {
    const raw = { sender: { id }, recipient: { id: '1000' }, message: { mid: 'm_1', text: 'hi' } };
    expect(readEvent(raw, { pageId: '1000', timeMs: 1, receivedAtMs: 1 })).toEqual({
      kind: 'dropped',
      code: 'malformed_event',
    });
  });

  test('are read as numbers and as strings', () => {
    const raw = {
      sender: { id: 7_182_818_284 },
      recipient: { id: 1_048_576 },
      timestamp: String(sentAtMs),
      message: { mid: 'm_1', text: 'hi' },
    };
    expect(eventOf(raw)).toMatchObject({
      address: { pageId: '1048576', psid: '7182818284' },
      atMs: sentAtMs,
    });
  });

  test('in seconds are told from milliseconds', () => {
    const inSeconds = { ...events.text(), timestamp: sentAtMs / 1000 };
    expect(eventOf(inSeconds).atMs).toBe(sentAtMs);
  });

  test('a missing time is the one of the entry, and without that the one of receipt', () => {
    const { timestamp: _, ...timeless } = events.text();
    expect(eventOf(timeless).atMs).toBe(around.timeMs);
    const bare = readEvent(timeless, { ...around, timeMs: undefined });
    expect(bare).toMatchObject({ event: { atMs: around.receivedAtMs } });
  });

  test('a time in the future is the time of receipt, so that no window stays open for it', () => {
    const later = { ...events.text(), timestamp: sentAtMs + 1e12 };
    expect(eventOf(later).atMs).toBe(around.receivedAtMs);
  });

  test('a page that the event does not name is the one of its entry', () => {
    const { recipient: _, ...raw } = events.text();
    expect(eventOf(raw).address).toEqual(address);
  });
});

describe('what people type', () => {
  test('holds no card number once it is read, and says that one was taken out', () => {
    const event = eventOf(events.text('my card is 4242 4242 4242 4242 ok?'));
    expect(JSON.stringify(event)).not.toMatch(/4242/u);
    expect(event).toMatchObject({ redacted: ['card_number'] });
  });

  test('holds no card number that a null byte was put into, or that the cut would split', () => {
    const hidden = eventOf(events.text('4242\u00004242\u00004242\u00004242'));
    expect(JSON.stringify(hidden)).not.toMatch(/4242/u);
    const atTheEdge = eventOf(events.text(`${'x'.repeat(4990)} 4242424242424242`));
    expect(JSON.stringify(atTheEdge)).not.toMatch(/4242/u);
  });

  test('loses null bytes and other controls, and keeps line breaks, emoji and both directions', () => {
    const event = eventOf(events.text('a\u0000b\u0007c\nd 👨‍👩‍👧 שלום'));
    expect(event).toMatchObject({ text: 'abc\nd 👨‍👩‍👧 שלום' });
  });

  test('is kept up to a length that no command reaches, and stays well formed', () => {
    const event = eventOf(events.text('🍕'.repeat(20_000)));
    if (event.kind !== 'message') throw new Error(event.kind);
    expect(event.text.length).toBeLessThanOrEqual(5000);
    expect(event.text.isWellFormed()).toBe(true);
  });

  test('as a ref is taken only where Meta lets a ref hold it', () => {
    const strange = fromPerson({ referral: { ref: '<script>' } });
    expect(read(strange)).toEqual({ kind: 'dropped', code: 'nothing_to_read' });
    const long = fromPerson({ referral: { ref: 'a'.repeat(2084) } });
    expect(read(long)).toEqual({ kind: 'dropped', code: 'nothing_to_read' });
  });
});

describe('a broken event', () => {
  test.each([
    ['nothing', null],
    ['a number', 7],
    ['a list', []],
    ['a text that is a number', fromPerson({ message: { mid: 'm', text: 5 } })],
    ['a message that is a list', fromPerson({ message: ['m'] })],
    ['a message that is nothing', fromPerson({ message: null })],
    ['no sender', { recipient: { id: pageId }, timestamp: 1, message: { mid: 'm', text: 'x' } }],
    ['a sender with spaces', { ...events.text(), sender: { id: 'a b' } }],
    ['a sender that is a fraction', { ...events.text(), sender: { id: 1.5 } }],
    ['a sender that is an object', { ...events.text(), sender: { id: { id: psid } } }],
    ['a time that is a word', { ...events.text(), timestamp: 'yesterday' }],
    ['a time before time', { ...events.text(), timestamp: -1 }],
    ['an echo without an id', fromPerson({ message: { is_echo: true } })],
    ['a payload longer than any of ours', fromPerson({ postback: { payload: 'x'.repeat(1001) } })],
    ['a watermark that is a word', fromPerson({ read: { watermark: 'now' } })],
  ])('with %s is dropped', (_, raw) => {
    expect(read(raw)).toEqual({ kind: 'dropped', code: 'malformed_event' });
  });

  test('of any shape never throws', () => {
    const keys = fc.constantFrom('sender', 'recipient', 'timestamp', 'message', 'postback', 'read');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (raw) => {
        expect(['event', 'dropped']).toContain(read(raw).kind);
      }),
    );
  });
});
