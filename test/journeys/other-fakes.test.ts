// The product against a Graph API and a Stripe that are not our stand-ins: webhooks signed by hand drive a payment from hello to receipt.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GraphRecorder, recordGraph } from './driver/graph-recorder.ts';
import { meta, webhookOf } from './driver/meta.ts';
import { type Person, type Phone, person } from './driver/person.ts';
import { joins, pays, setsUpPayouts } from './driver/steps.ts';
import { recordStripe, type StripeProxy } from './driver/stripe-proxy.ts';
import { openWallet, seconds, type Wallet } from './driver/wallet.ts';

const keys = { token: 'EAAG-another-token', appSecret: 'another-app-secret' };
const pageId = '104857600000001';

let graph: GraphRecorder;
let stripe: StripeProxy;
let wallet: Wallet;
beforeAll(async () => {
  [graph, stripe] = await Promise.all([recordGraph(keys), recordStripe()]);
  wallet = await openWallet({
    messengerPageId: pageId,
    messengerPageToken: keys.token,
    messengerAppSecret: keys.appSecret,
    graphApiUrl: graph.url,
    stripeApiUrl: stripe.url,
  });
  stripe.forwardTo(wallet.machine.stripeUrl);
});
afterAll(async () => {
  await wallet.close();
  await Promise.all([graph.close(), stripe.close()]);
});

/** How a sender writes ids and times: Meta's samples show all of these. */
interface Habits {
  readonly psid: string;
  /** Unquoted in the JSON. */
  readonly idsAreNumbers: boolean;
  readonly timestamp: number | string;
  /** Each webhook comes this often. */
  readonly copies: number;
}

let mids = 0;

function phoneOf(habits: Habits): Phone {
  const { psid, idsAreNumbers, timestamp, copies } = habits;
  const deliver = async (content: object): Promise<void> => {
    const event = { sender: { id: psid }, recipient: { id: pageId }, timestamp, ...content };
    const quoted = webhookOf(pageId, event);
    const body = idsAreNumbers ? quoted.replaceAll(/"id":"(\d+)"/gu, '"id":$1') : quoted;
    const door = meta({ url: wallet.machine.url, appSecret: keys.appSecret });
    for (let copy = 0; copy < copies; copy += 1) {
      expect((await door.deliver(body)).status).toBe(200);
    }
  };
  const mid = () => `m_${(mids += 1)}`;
  return {
    write: (text) => deliver({ message: { mid: mid(), text } }),
    tap: ({ kind, payload, title }) =>
      kind === 'quick_reply'
        ? deliver({ message: { mid: mid(), text: title, quick_reply: { payload } } })
        : deliver({ postback: { mid: mid(), title, payload } }),
    getStarted: () => deliver({ message: { mid: mid(), text: 'hi' } }),
    follow: (ref) => deliver({ referral: { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
    bubbles: async () => graph.bubblesFor(psid),
  };
}

async function movesIn(name: string, handle: string, habits: Habits): Promise<Person> {
  const someone = person(name, phoneOf(habits));
  await joins(someone, handle);
  return someone;
}

test('from hello to receipt, with every call that leaves valid for Meta and for Stripe', async () => {
  const bob = await movesIn('Bob', 'bob', {
    psid: '24000000000000102',
    idsAreNumbers: false,
    timestamp: 1_458_692_752_478,
    copies: 1,
  });
  await setsUpPayouts(bob);
  const ann = await movesIn('Ann', 'ann', {
    psid: '24000000000000101',
    idsAreNumbers: true,
    timestamp: 1_458_692_752,
    copies: 2,
  });

  await ann.writes('send $20 to bob for lunch');
  await ann.sees(/^Send \$20\.00 to @bob for “lunch”/u);
  expect((await pays(ann)).title).toContain('Paid');
  await bob.sees(/@ann.* sent you \$20\.00 for “lunch”/u);
  await wallet.later(seconds(11));

  expect(await ann.seesReceipts(1)).toHaveLength(1);
  expect(await bob.seesReceipts(1)).toHaveLength(1);
  expect(await ann.timesHeard(/^Send \$20\.00/u)).toBe(1);
  expect(graph.complaints).toEqual([]);
  const { charges, transfers } = await wallet.books();
  expect(charges).toMatchObject([{ amount: 2000, currency: 'usd', status: 'succeeded' }]);
  expect(transfers).toMatchObject([{ amount: 2000, reversed: 0 }]);
});

test('each call to Stripe names the version, the key, and what makes it safe to repeat', () => {
  const { calls } = stripe;
  const writes = calls.filter(({ method }) => method !== 'GET');

  expect(calls.length).toBeGreaterThan(4);
  expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
  expect(new Set(calls.map(({ version }) => version))).toEqual(new Set(['2026-10-28.endive']));
  expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer sk_test_local']),
  );
  expect(writes.filter(({ idempotencyKey }) => idempotencyKey === undefined)).toEqual([]);
  const charge = writes.filter(({ path }) => path === '/v1/payment_intents');
  expect(charge).toHaveLength(1);
  expect(charge[0]?.idempotencyKey).toMatch(/^pay_[a-z0-9]+:charge:1$/u);
});
