// Proves that one broken event costs nobody else, and that hostile bodies are refused without harm.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxEvents, readWebhook } from '../../../lambdas/adapters/messenger/read-webhook.ts';
import { bodyOf, entryOf, events, pageId, sentAtMs } from '../../builders/messenger-events.ts';

const readBytes = (bytes: Buffer | string) => readWebhook(Buffer.from(bytes), sentAtMs + 1000);
const read = (body: unknown) => readBytes(JSON.stringify(body));
const idsIn = (reading: ReturnType<typeof readWebhook>) =>
  reading.kind === 'read' ? reading.events.map((event) => event.id) : reading.reason;
const droppedIn = (reading: ReturnType<typeof readWebhook>) =>
  reading.kind === 'read' ? Object.fromEntries(reading.dropped) : reading.reason;

describe('events of a body', () => {
  test('are all read: every event of every entry, in order', () => {
    const body = {
      object: 'page',
      entry: [
        entryOf(events.text('a', 'm_1'), events.text('b', 'm_2')),
        entryOf(events.text('c', 'm_3')),
      ],
    };
    expect(idsIn(read(body))).toEqual(['m_1', 'm_2', 'm_3']);
  });

  test('stand alone: broken ones are counted and their neighbours are read', () => {
    const body = {
      object: 'page',
      entry: [
        null,
        'x',
        { id: pageId },
        entryOf(null, events.text('a', 'm_1'), { message: 5 }, events.postback()),
        { id: { no: 'id' }, time: 'never', messaging: [events.text('b', 'm_2')] },
        { id: pageId, messaging: 'not a list' },
      ],
    };
    const reading = read(body);
    expect(idsIn(reading)).toEqual(['m_1', 'm_post', 'm_2']);
    expect(droppedIn(reading)).toEqual({ malformed_event: 5 });
  });

  test('on standby are overheard: words for the people of the Page, and echoes of our own', () => {
    const echo = {
      sender: { id: pageId },
      recipient: { id: '7' },
      timestamp: sentAtMs,
      message: { is_echo: true, mid: 'm_e', metadata: 'm_1:1' },
    };
    const body = {
      object: 'page',
      entry: [{ id: pageId, time: sentAtMs, standby: [events.text('bot', 'm_1'), echo] }],
    };
    expect(read(body)).toMatchObject({
      events: [
        { kind: 'message', text: 'bot', isStandby: true },
        { kind: 'echo', outboxId: 'm_1:1' },
      ],
    });
  });

  test('on standby belong to another app where they say nothing, and changes of the page are nobody’s words', () => {
    const body = {
      object: 'page',
      entry: [
        { id: pageId, time: sentAtMs, standby: [{ message: 5 }, events.postback()] },
        { id: pageId, time: sentAtMs, changes: [{ field: 'feed', value: { item: 'post' } }] },
      ],
    };
    expect(idsIn(read(body))).toEqual([]);
    expect(droppedIn(read(body))).toEqual({ standby: 2, page_change: 1 });
  });

  test('take from their entry what they do not say themselves: the Page and the moment', () => {
    const { recipient: _page, timestamp: _moment, ...bare } = events.text('a', 'm_1');
    const body = { object: 'page', entry: [{ id: '42', time: sentAtMs - 5, messaging: [bare] }] };

    expect(read(body)).toMatchObject({
      events: [{ address: { pageId: '42' }, atMs: sentAtMs - 5 }],
    });
  });

  test('that are none are no broken ones', () => {
    const body = { object: 'page', entry: [{ id: pageId, messaging: null, standby: null }] };

    expect(droppedIn(read(body))).toEqual({});
  });

  test('on standby that echo another app are nothing of ours', () => {
    const echo = {
      sender: { id: pageId },
      recipient: { id: '7' },
      timestamp: sentAtMs,
      message: { is_echo: true, mid: 'm_e' },
    };
    const body = { object: 'page', entry: [{ id: pageId, time: sentAtMs, standby: [echo] }] };

    expect(droppedIn(read(body))).toEqual({ standby: 1 });
  });

  test('keep every digit of an id that came as a number above 2^53', () => {
    const bytes = `{"object":"page","entry":[{"id":9007199254740993,"time":${sentAtMs},"messaging":[
      {"sender":{"id": 90071992547409931234},"recipient":{"id":9007199254740993},
       "timestamp":${sentAtMs},"message":{"mid":"m_1","text":"1e400 12345678901234567890"}}]}]}`;
    const reading = readBytes(bytes);
    expect(reading).toMatchObject({
      events: [{ address: { pageId: '9007199254740993', psid: '90071992547409931234' } }],
    });
  });

  test('may be none', () => {
    expect(read({ object: 'page', entry: [] })).toMatchObject({ kind: 'read', events: [] });
  });
});

describe('any batch', () => {
  /** What another app, another version or a bug may put where an event belongs. */
  const broken = fc.oneof(
    fc.constantFrom(
      null,
      5,
      'x',
      {},
      { message: null },
      { sender: {}, message: { text: 'no id' } },
    ),
    fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null && typeof value !== 'object'),
  );
  const places = fc.array(fc.array(fc.oneof(fc.constant('good'), broken), { maxLength: 6 }), {
    maxLength: 6,
  });

  test('is read whole: each event in its order, or counted among those that were dropped', () => {
    fc.assert(
      fc.property(places, (entries) => {
        let count = 0;
        const expected: string[] = [];
        const goodOne = () => {
          expected.push(`m_${count}`);
          return events.text('hi', `m_${count}`);
        };
        const entry = entries.map((list) => ({
          id: pageId,
          time: sentAtMs,
          messaging: list.map((piece) => {
            count += 1;
            return piece === 'good' ? goodOne() : piece;
          }),
        }));
        const reading = read({ object: 'page', entry });
        if (reading.kind === 'refused') throw new Error(reading.reason);
        const dropped = [...reading.dropped.values()].reduce((one, other) => one + other, 0);

        expect(idsIn(reading)).toEqual(expected);
        expect(reading.events.length + dropped).toBe(count);
      }),
    );
  });

  test('says the same when it comes again, and nothing when only a part of it has come', () => {
    const bytes = Buffer.from(JSON.stringify(bodyOf(events.text('é🍕', 'm_1'), events.postback())));

    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(readBytes(bytes.subarray(0, length)).kind).toBe('refused');
      }),
    );
    expect(readBytes(bytes)).toEqual(readBytes(bytes));
  });

  test('keeps every digit of ids that are numbers, however long', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), (id) => {
        const text = JSON.stringify(bodyOf(events.text('hi', 'm_1'))).replaceAll(
          /"sender":\{"id":"\d+"\}/gu,
          `"sender":{"id":${id}}`,
        );
        expect(readBytes(text)).toMatchObject({ events: [{ address: { psid: String(id) } }] });
      }),
    );
  });
});

describe('a body that is refused', () => {
  test.each([
    ['nothing', '', 'not_json'],
    ['words', 'hello', 'not_json'],
    ['half a body', JSON.stringify(bodyOf(events.text())).slice(0, -3), 'not_json'],
    ['two bodies', '{}{}', 'not_json'],
    ['a null byte inside a text', '{"object":"pa\0ge","entry":[]}', 'not_json'],
    ['a list', '[]', 'not_an_object'],
    ['null', 'null', 'not_an_object'],
    ['a number', '12345678901234567890', 'not_an_object'],
    ['no object', '{"entry":[]}', 'not_about_a_page'],
    ['another object', '{"object":"instagram","entry":[]}', 'not_about_a_page'],
    ['no entries', '{"object":"page"}', 'no_entries'],
    ['entries that are no list', '{"object":"page","entry":{"0":1}}', 'no_entries'],
  ])('%s', (_, bytes, reason) => {
    expect(readBytes(bytes)).toEqual({ kind: 'refused', reason });
  });

  test('bytes that are no UTF-8', () => {
    expect(readBytes(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).toEqual({
      kind: 'refused',
      reason: 'not_utf8',
    });
  });

  test.each([
    ['lists', '['.repeat(500_000) + ']'.repeat(500_000)],
    [
      'lists with a long number',
      `${'['.repeat(200_000)}12345678901234567890${']'.repeat(200_000)}`,
    ],
    ['objects', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
    ['lists that never end', '['.repeat(1_000_000)],
  ])('a million bytes of nested %s', (_, bytes) => {
    expect(readBytes(bytes)).toEqual({ kind: 'refused', reason: 'too_deep' });
  });

  test('brackets inside a text are no depth', () => {
    expect(idsIn(read(bodyOf(events.text('['.repeat(3000) + '\\"{{{', 'm_1'))))).toEqual(['m_1']);
  });
});

describe('a large body', () => {
  test('of ten thousand entries is read whole, in well under the five seconds that Meta waits', () => {
    const entry = Array.from({ length: maxEvents }, (_, at) =>
      entryOf(events.text('x', `m_${at}`)),
    );
    const startedAt = performance.now();
    const reading = read({ object: 'page', entry });
    expect(idsIn(reading)).toHaveLength(maxEvents);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test('of more events than that is refused', () => {
    const messaging = Array.from({ length: maxEvents + 1 }, (_, at) => events.text('x', `m_${at}`));
    expect(read(bodyOf(...messaging))).toEqual({ kind: 'refused', reason: 'too_many_events' });
  });

  test('of one text of a megabyte is read, cut', () => {
    const reading = read(bodyOf(events.text('1 '.repeat(500_000), 'm_1')));
    expect(idsIn(reading)).toEqual(['m_1']);
    expect(JSON.stringify(reading).length).toBeLessThan(6000);
  });

  test('never holds a key of the prototype', () => {
    const bytes = `{"object":"page","__proto__":{"polluted":1},"entry":[{"__proto__":{"polluted":1},"messaging":[]}]}`;
    expect(readBytes(bytes)).toMatchObject({ kind: 'read' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
