// What should never have been sent: forged and broken webhooks, amounts that are none, odd texts, secrets typed into the chat.
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemsOf, queuedIn } from './driver/kept.ts';
import { type Meta, meta, webhookOf } from './driver/meta.ts';
import { acceptsTerms, joins } from './driver/steps.ts';
import { type Member, openWallet, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let door: Meta;
let ann: Member;
let bob: Member;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tender-bad-input-'));
  wallet = await openWallet({ dataDir });
  door = meta({ url: wallet.machine.url, appSecret: wallet.settings.messengerAppSecret });
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
  await wallet.settled();
});
afterAll(async () => {
  await wallet.close();
  rmSync(dataDir, { recursive: true, force: true });
});

let mids = 0;
function says(person: { readonly id: string }, text: string) {
  const mid = `m_by_hand_${(mids += 1)}`;
  const ids = { sender: { id: person.id }, recipient: { id: '1000' } };
  return { ...ids, timestamp: wallet.machine.clock.now(), message: { mid, text } };
}

/** What is kept before and after, and how many messages were queued meanwhile. */
async function nothingHappensBy(act: () => Promise<void>): Promise<void> {
  const before = await itemsOf(wallet);
  await act();
  expect(queuedIn(wallet)).toBe(0);
  await wallet.settled();
  expect(await itemsOf(wallet)).toEqual(before);
}

describe('A webhook that Meta did not sign', () => {
  const badSignatures = (body: string): [string, string | undefined][] => [
    ['missing', undefined],
    ['empty', ''],
    ['of another secret', meta({ url: '', appSecret: 'guessed' }).sign(body)],
    ['of another body', door.sign(`${body} `)],
    ['cut short', door.sign(body).slice(0, -2)],
    [
      'of the old kind',
      `sha1=${createHmac('sha1', 'local-app-secret').update(body).digest('hex')}`,
    ],
    ['without its scheme', door.sign(body).slice('sha256='.length)],
    ['good and forged in one', `${door.sign(body)},${door.sign(`${body}x`)}`],
    ['not hex', `sha256=${'z'.repeat(64)}`],
  ];

  test('is 401, and nothing of it is stored or queued', async () => {
    const body = webhookOf('1000', says(ann, `send $50 to @${bob.handle}`));
    await nothingHappensBy(async () => {
      for (const [what, signature] of badSignatures(body)) {
        expect((await door.knock(body, signature)).status, what).toBe(401);
      }
    });
    expect(await ann.timesHeard(/\$50/u)).toBe(0);
  });

  test('is 401 with a megabyte too', async () => {
    const body = webhookOf('1000', says(ann, 'x'.repeat(1_000_000)));
    await nothingHappensBy(async () => {
      expect((await door.knock(body, 'sha256=00')).status).toBe(401);
    });
  });
});

describe('A signed webhook', () => {
  test('that is malformed is 400 with a reason, and nothing is stored', async () => {
    const bodies: [string, string][] = [
      ['not_json', 'send $20 to bob'],
      ['not_json', ''],
      ['not_json', '{"object":"page","entry":[{"id":"1000"'],
      ['not_an_object', '[]'],
      ['not_an_object', 'null'],
      ['not_about_a_page', '{}'],
      ['not_about_a_page', '{"object":"instagram","entry":[]}'],
      ['no_entries', '{"object":"page","entry":"many"}'],
      [
        'too_deep',
        `{"object":"page","entry":[{"messaging":${'['.repeat(5000)}${']'.repeat(5000)}}]}`,
      ],
    ];
    await nothingHappensBy(async () => {
      for (const [reason, body] of bodies) {
        const answer = await door.deliver(body);
        expect([answer.status, answer.body], reason).toEqual([400, `{"error":"${reason}"}`]);
      }
    });
  });

  test('of wrong types loses only what is wrong: its neighbours are answered', async () => {
    const ids = { sender: { id: ann.id }, recipient: { id: '1000' } };
    const odd: object[] = [
      { ...ids, message: 'hello' },
      { ...ids, message: { mid: 7, text: ['send', '$9'] } },
      { ...ids, message: { mid: { a: 1 }, text: null } },
      { sender: [], recipient: true, timestamp: {}, message: { mid: 'm_odd', text: 'send $9' } },
      { ...ids, postback: [] },
      { ...ids, timestamp: 'yesterday', reaction: null },
      { ...ids, sorcery: { spell: 'abracadabra' } },
    ];
    const body = JSON.stringify({
      object: 'page',
      entry: [
        null,
        'entry',
        { id: '1000', time: 'now', messaging: [...odd, says(bob, 'limits')] },
        { id: 1000, messaging: { ...says(ann, 'limits') } },
      ],
    });

    expect((await door.deliver(body)).status).toBe(200);

    await bob.sees(/One payment: up to/u);
    expect(await ann.timesHeard(/\$9/u)).toBe(0);
  });

  test('with ten thousand entries is taken whole, and the one that says something is answered', async () => {
    const ids = { sender: { id: ann.id }, recipient: { id: '1000' } };
    const noise = Array.from({ length: 9_999 }, (_, index) => ({
      id: '1000',
      time: index,
      messaging: [{ ...ids, sorcery: index }] as object[],
    }));
    const spoken = { id: '1000', time: 1, messaging: [says(ann, 'who am i')] };
    const entry = noise.toSpliced(5_000, 0, spoken);

    expect((await door.deliver(JSON.stringify({ object: 'page', entry }))).status).toBe(200);

    await ann.sees(new RegExp(`You are .*@${ann.handle}`, 'u'));
  });

  test('of one megabyte of text is answered, not acted on', async () => {
    const long = `send $51 to @${bob.handle} for ${'cake '.repeat(200_000)}`;

    expect((await door.deliver(webhookOf('1000', says(ann, long)))).status).toBe(200);

    await ann.sees(/too long for me/u);
    expect(await ann.timesHeard(/Send \$51/u)).toBe(0);
  });

  test('that comes twice, and again in another batch, is answered once', async () => {
    const event = says(ann, `send $12 to @${bob.handle} for once`);

    const twice = webhookOf('1000', event, event);
    expect((await door.deliver(twice)).status).toBe(200);
    expect((await door.deliver(twice)).status).toBe(200);
    expect((await door.deliver(webhookOf('1000', event))).status).toBe(200);

    await ann.sees(/^Send \$12\.00/u);
    await wallet.settled();
    expect(await ann.timesHeard(/^Send \$12\.00/u)).toBe(1);
  });

  test('reads the same whether Meta escapes what is not ASCII or not, and keeps odd characters in their place', async () => {
    const odd = ['🍕 pizza', 'café', 'מתנה', 'هدية', 'e\u0301clair', '👨‍👩‍👧 fun', 'a\u202Eb'];
    for (const [index, note] of odd.entries()) {
      const amount = `$1.${10 + index}`;
      const raw = webhookOf('1000', says(ann, `send ${amount} to @${bob.handle} for ${note}`));
      const escaped = raw.replaceAll(/[^\0-\u007f]/gu, (each) =>
        Array.from(
          { length: each.length },
          (_, at) => String.raw`\u${each.charCodeAt(at).toString(16).padStart(4, '0')}`,
        ).join(''),
      );

      expect((await door.deliver(index % 2 === 0 ? raw : escaped)).status).toBe(200);

      const review = await ann.sees(new RegExp(`^Send \\${amount}`, 'u'));
      expect(review.words.normalize('NFC'), note).toContain(
        note.replaceAll('\u202E', ' ').normalize('NFC'),
      );
    }
  });

  test('with null bytes in it is read without them', async () => {
    const text = `send $13\u0000 to @${bob.handle} for \u0000lunch\u0000`;

    expect((await door.deliver(webhookOf('1000', says(ann, text)))).status).toBe(200);
    await wallet.settled();

    const heard = (await ann.heard()).join('\n');
    expect(heard).not.toContain('\u0000');
    expect((await itemsOf(wallet)).join('\n')).not.toMatch(/\\u0000/u);
  });
});

describe('A webhook of Stripe’s', () => {
  const event = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'payment_intent.succeeded',
    livemode: false,
    data: { object: { id: 'pi_forged', object: 'payment_intent' } },
  });
  const sign = (body: string, options: { secret?: string; ageSeconds?: number } = {}) => {
    const { secret = wallet.settings.stripeWebhookSecret, ageSeconds = 0 } = options;
    const t = Math.floor(wallet.machine.clock.now() / 1000) - ageSeconds;
    const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
    return { t, v1, header: `t=${t},v1=${v1}` };
  };
  const knock = async (body: string, header: string | undefined) => {
    const response = await fetch(`${wallet.machine.url}/webhooks/stripe`, {
      method: 'POST',
      body,
      headers: header === undefined ? {} : { 'stripe-signature': header },
    });
    return response.status;
  };

  test('forged, missing, stale or doubled in a way that cannot be told apart: refused, and nothing is stored', async () => {
    const good = sign(event);
    const bad: [string, string | undefined][] = [
      ['missing', undefined],
      ['of another secret', sign(event, { secret: 'whsec_guessed' }).header],
      ['of another body', sign(`${event} `).header],
      ['an hour old', sign(event, { ageSeconds: 3600 }).header],
      ['with another time', `t=${good.t + 1},v1=${good.v1}`],
      ['two headers in one', `${good.header},${sign(event, { ageSeconds: 5 }).header}`],
      ['of the test scheme', `t=${good.t},v0=${good.v1}`],
    ];
    await nothingHappensBy(async () => {
      for (const [what, header] of bad) expect(await knock(event, header), what).toBe(400);
    });
  });

  test('signed with the old and the new secret, while it is rolled, is taken', async () => {
    const good = sign(event);
    const old = sign(event, { secret: 'whsec_old' });

    expect(await knock(event, `t=${good.t},v1=${old.v1},v1=${good.v1}`)).toBe(200);
  });

  test('about an object that Stripe does not know, twice and of another account, changes nothing for anybody', async () => {
    const before = new Set(await itemsOf(wallet));
    const foreign = event.replace('"livemode"', '"account":"acct_somebody","livemode"');
    for (const body of [event, event, foreign.replace('evt_forged', 'evt_foreign')]) {
      expect(await knock(body, sign(body).header)).toBe(200);
    }
    await wallet.settled();

    const added = (await itemsOf(wallet)).filter((item) => !before.has(item));
    expect(added.filter((item) => !/evt_(?:forged|foreign)/u.test(item))).toEqual([]);
  });
});

// biome-ignore format: a table reads best in rows
const noAmounts = [
  '0', '-20', '$-20', '0.001', '$0.001', '1000000000', '1e9', 'NaN', 'Infinity', '$20 $30', '20 XYZ',
  '20 bitcoin', 'twenty-ish', '$', '0x14', '²⁰', '$20.999', '99999999999999999999', 'null', 'a lot of',
];

test('what is no amount drafts nothing, whoever it is for', async () => {
  const drafts = async () =>
    (await itemsOf(wallet)).filter((item) => item.includes('"draft"')).length;
  const [before, heard] = [await drafts(), (await ann.heard()).length];
  const typed = noAmounts.map((amount) => says(ann, `send ${amount} to @${bob.handle}`));

  expect((await door.deliver(webhookOf('1000', ...typed))).status).toBe(200);
  await wallet.settled();

  const answers = (await ann.heard()).slice(heard);
  expect(answers.length).toBeGreaterThanOrEqual(noAmounts.length);
  expect(answers.filter((each) => each.includes('Review and pay'))).toEqual([]);
  expect(await drafts()).toBe(before);
});

test.for([
  ['20$', '$20.00'],
  ['twenty dollars', '$20.00'],
])('“send %s” is read as %s', async ([typed, amount]) => {
  const before = await ann.timesHeard(new RegExp(`^Send \\${amount}`, 'u'));

  await door.deliver(webhookOf('1000', says(ann, `send ${typed} to @${bob.handle}`)));
  await wallet.settled();

  expect(await ann.timesHeard(new RegExp(`^Send \\${amount}`, 'u'))).toBe(before + 1);
});

test('people with names of every kind can join, and be shown to others', async () => {
  const names = [
    ['مريم العلي', 'maryam1'],
    ['\u202Eevil\u202C Name', 'evil1'],
    ['👩‍🚀 Zoë', 'zoe1'],
    ['<b>Bobby</b> "Tables"', 'bobby1'],
    ['x'.repeat(90), 'long1'],
  ] as const;
  for (const [name, handle] of names) {
    const someone = await wallet.stranger({ name });
    await joins(someone, handle);
    await ann.writes(`send $1 to @${handle}`);

    const review = await ann.sees(new RegExp(`^Send \\$1\\.00 to .*@${handle}`, 'u'));

    expect(review.words).not.toContain('\u202E');
    const page = await ann.opens('Review and pay');
    expect(page.html).not.toContain('<b>Bobby</b>');
    expect(page.words).toContain(`@${handle}`);
  }
});

test('a card number typed into the chat is kept nowhere: not in a table, a queue, a log, or a call that leaves', async () => {
  const canaries = [
    '4929123456789012',
    '4539 1488 0343 6467',
    '5425-2334-3010-9903',
    '378282246310005',
  ];
  const luhn = canaries.filter(isLuhn);
  expect(luhn.length).toBeGreaterThan(2);
  const stranger = await wallet.stranger();
  await stranger.phone.getStarted();
  await acceptsTerms(stranger, 'canary');
  for (const card of luhn) {
    for (const text of [
      card,
      `my card is ${card} exp 12/29 cvc 123`,
      `send $5 to @${bob.handle} for ${card}`,
      `@${card}`,
      `block ${card}`,
    ]) {
      await stranger.writes(text);
    }
    await wallet.settled();
  }
  await stranger.sees(/looked like a card number/u);
  expect(await stranger.timesHeard(/looked like a card number/u)).toBe(luhn.length * 5);

  const kept = {
    tables: (await itemsOf(wallet)).join('\n'),
    logs: wallet.logs.map(({ line }) => line).join('\n'),
    // Deleted rows stay in a database's file for a while: a message that has been in a queue shows here.
    queues: ['cloud.sqlite', 'cloud.sqlite-wal']
      .map((file) => readIfThere(join(dataDir, file)))
      .join(),
    graph: JSON.stringify(await wallet.messenger('requests')),
    stripe: JSON.stringify(await wallet.stripe('requests')),
  };
  for (const card of luhn) {
    for (const form of [card, card.replaceAll(/\D/gu, '')]) {
      for (const [where, text] of Object.entries(kept)) {
        expect(text.includes(form), `${form} in ${where}`).toBe(false);
      }
    }
  }
  // The search can find: what was said besides is there.
  expect(kept.tables).toContain('canary');
  expect(kept.queues.length).toBeGreaterThan(1000);
});

function isLuhn(card: string): boolean {
  const digits = Array.from(card.replaceAll(/\D/gu, ''), Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
