// The merchant's last word, from real servers: honest ones, slow ones, hostile ones; only a plain yes is a yes.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { createLastWord } from '../../lambdas/adapters/last-word.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import type { Shop } from '../../lambdas/domain/shops/shop.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const clock = { now: () => nowMs };
const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

const dollars = (minor: number) => money(minor, 'USD');
const order: Order = {
  id: 'ord_1',
  version: 3,
  state: 'draft',
  number: 'K7M-2QX',
  shopId: 'shp_1',
  buyerId: 'per_ann',
  address: { pageId: '2000', psid: '7' },
  buyerName: 'Ann',
  wish: { lines: [], handover: { kind: 'pick_up' }, tipPercent: 0, note: 'by the door' },
  bill: {
    lines: [
      {
        productId: 'prd_1',
        choices: ['Large'],
        quantity: 2,
        name: 'Flat white',
        unitPrice: dollars(450),
        amount: dollars(900),
      },
    ],
    goods: dollars(900),
    discount: dollars(0),
    shipping: dollars(0),
    tax: dollars(80),
    tip: dollars(0),
    total: dollars(980),
  },
  fee: dollars(9),
  attempt: 1,
  trail: {},
  isStockReserved: false,
  refunds: [],
  source: 'cart',
  asked: 0,
  createdAtMs: nowMs,
};

const shopAt = (url: string | undefined): Shop => ({
  id: 'shp_1',
  version: 1,
  pageId: '2000',
  name: "Joe's Coffee",
  currency: 'USD',
  country: 'US',
  timeZone: 'America/New_York',
  isPaused: false,
  categories: [],
  acceptedBrands: ['visa'],
  hours: [],
  taxPercent: 0,
  offersPickUp: true,
  shipping: [],
  shipsTo: [],
  tips: [],
  promotions: [],
  feePercent: 1,
  ...(url !== undefined && { lastWord: { url, secret } }),
  team: [],
  createdAtMs: nowMs,
});

const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function serverThat(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const heard: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  opened.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = portOf(server.address());
  return { url: `http://127.0.0.1:${port}/last-word`, heard };
}

function portOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address;
}

const saying = (body: string, status = 200) =>
  serverThat((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });

const local = createLastWord({ clock, isLocal: true, patienceMs: 1000 });
const askAt = (url: string | undefined) => local.ask({ shop: shopAt(url), order });

describe('the last word of a merchant', () => {
  it('is not asked for where nobody wants to be asked', async () => {
    expect(await askAt(undefined)).toEqual({ kind: 'go' });
  });

  it('is a yes', async () => {
    const { url } = await saying('{"go":true}');
    expect(await askAt(url)).toEqual({ kind: 'go' });
  });

  it('is a no with its reason', async () => {
    const { url } = await saying('{"go":false,"reason":"The oven is off."}');
    expect(await askAt(url)).toEqual({ kind: 'no', why: 'The oven is off.' });
  });

  it('is asked in a way that Standard Webhooks’ own library believes, and tells the bill but not the buyer', async () => {
    const { url, heard } = await saying('{"go":true}');
    await askAt(url);
    const [call] = heard;
    if (call === undefined) throw new Error('not asked');
    const { body, headers } = call;
    const signed = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        String(headers[name]),
      ]),
    );
    // Its tolerance is of the real clock: only the signature is asked about.
    const expected = new Webhook(secret).sign(signed['webhook-id'] ?? '', new Date(nowMs), body);
    expect(signed['webhook-signature']).toBe(expected);
    expect(JSON.parse(body)).toEqual({
      type: 'order.last_word',
      data: {
        id: 'ord_1',
        number: 'K7M-2QX',
        handover: 'pick_up',
        lines: [
          {
            product_id: 'prd_1',
            name: 'Flat white',
            choices: ['Large'],
            quantity: 2,
            unit_price: 450,
          },
        ],
        currency: 'USD',
        goods: 900,
        discount: 0,
        shipping: 0,
        tax: 80,
        tip: 0,
        total: 980,
      },
    });
    expect(body).not.toContain('Ann');
    expect(body).not.toContain('door');
  });

  it('is cleaned and cut before anybody sees it', async () => {
    const reason = `No\u0000\u202E\n\n milk ${'🥛'.repeat(300)}`;
    const { url } = await saying(JSON.stringify({ go: false, reason }));
    const answer = await askAt(url);
    if (answer.kind !== 'no') throw new Error(answer.kind);
    expect(answer.why.startsWith('No milk 🥛')).toBe(true);
    expect(answer.why.length).toBeLessThanOrEqual(200);
    expect(answer.why.endsWith('🥛')).toBe(true);
  });
});

describe('silence', () => {
  it.each([
    ['nothing', ''],
    ['half', '{"go":tr'],
    ['a maybe', '{"go":"yes"}'],
    ['a one', '{"go":1}'],
    ['a no without a reason', '{"go":false}'],
    ['a no with a blank reason', '{"go":false,"reason":" \\u0000 "}'],
    ['null', 'null'],
    ['a page', '<h1>OK</h1>'],
  ])('is %s', async (_what, body) => {
    const { url } = await saying(body);
    expect(await askAt(url)).toEqual({ kind: 'silent' });
  });

  it.each([201, 204, 400, 410, 500])('is a yes with %s', async (status) => {
    const { url } = await saying(status === 204 ? '' : '{"go":true}', status);
    expect(await askAt(url)).toEqual({ kind: 'silent' });
  });

  it('is a redirect, which is not followed', async () => {
    const elsewhere = await saying('{"go":true}');
    const { url } = await serverThat((_request, response) => {
      response.writeHead(307, { location: elsewhere.url }).end('{"go":true}');
    });
    expect(await askAt(url)).toEqual({ kind: 'silent' });
    expect(elsewhere.heard).toEqual([]);
  });

  it('is a server that never answers, one that drips, and one that hangs up', async () => {
    const impatient = createLastWord({ clock, isLocal: true, patienceMs: 100 });
    const mute = await serverThat(() => undefined);
    const dripping = await serverThat((_request, response) => {
      response.writeHead(200).write('{"go":');
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    });
    const rude = await serverThat((request) => void request.socket.destroy());
    for (const { url } of [mute, dripping, rude]) {
      expect(await impatient.ask({ shop: shopAt(url), order })).toEqual({ kind: 'silent' });
    }
  });

  it('is more than ten kilobytes, of which no more is read', async () => {
    let written = 0;
    const { url } = await serverThat((_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed) {
          written += 65_536;
          if (!response.write(' '.repeat(65_536))) {
            response.once('drain', pour);
            return;
          }
        }
      };
      pour();
    });
    expect(await askAt(url)).toEqual({ kind: 'silent' });
    expect(written).toBeLessThan(50 * 1024 * 1024);
  });

  it('is nobody there, and no address at all', async () => {
    expect(await askAt('http://127.0.0.1:1/')).toEqual({ kind: 'silent' });
    expect(await askAt('not a url')).toEqual({ kind: 'silent' });
    expect(await askAt('ftp://127.0.0.1/')).toEqual({ kind: 'silent' });
  });

  it('is a name that takes for ever to find', async () => {
    const lost = createLastWord({
      clock,
      isLocal: true,
      patienceMs: 50,
      addressOf: () => new Promise(() => undefined),
    });
    const answer = await lost.ask({ shop: shopAt('http://lost.example/'), order });
    expect(answer).toEqual({ kind: 'silent' });
  });
});

describe('in a deployed stage', () => {
  const deployed = createLastWord({ clock, isLocal: false, patienceMs: 500 });

  it.each(['http', 'https'])('%s to this machine is never called', async (protocol) => {
    const { url, heard } = await saying('{"go":true}');
    const there = url.replace('http:', `${protocol}:`);
    expect(await deployed.ask({ shop: shopAt(there), order })).toEqual({ kind: 'silent' });
    expect(heard).toEqual([]);
  });

  it.each([
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://localhost/',
    'https://10.0.0.1/',
  ])('%s is never called', async (url) => {
    expect(await deployed.ask({ shop: shopAt(url), order })).toEqual({ kind: 'silent' });
  });

  it('connects to the address that was looked at, not to where the name leads by then', async () => {
    const { url, heard } = await saying('{"go":true}');
    const asked: string[] = [];
    const kept = createLastWord({
      clock,
      isLocal: true,
      addressOf: async (hostname) => {
        asked.push(hostname);
        return { address: '127.0.0.1', family: 4 };
      },
    });
    const rebound = url.replace('127.0.0.1', 'rebinding.invalid');
    expect(await kept.ask({ shop: shopAt(rebound), order })).toEqual({ kind: 'go' });
    expect(asked).toEqual(['rebinding.invalid']);
    expect(heard).toHaveLength(1);
  });
});
