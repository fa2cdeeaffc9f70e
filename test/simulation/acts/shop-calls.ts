// The merchant's own program in a simulation: calls the API with its key, and again with the same idempotency key where nobody answers.
import * as z from 'zod/mini';
import { NotThere } from '../people/phone.ts';
import { request } from '../people/browser.ts';
import { coffee, mug } from '../../builders/shop-town/joes-coffee.ts';
import type { Deed } from './act.ts';
import type { Here } from './do-act.ts';

export type ShopCall = Extract<
  Deed,
  {
    does:
      | 'shop_moves'
      | 'shop_refunds'
      | 'shop_sends_bill'
      | 'shop_makes_link'
      | 'shop_acts_on_bill';
  }
>;

const mostTries = 3;

/** One for each thing that is wanted, however often it is asked for. */
function keyOf({ keys }: Here, deed: ShopCall): string {
  const key = keys.get(deed) ?? `call-${keys.size + 1}`;
  keys.set(deed, key);
  return key;
}

export async function shopCalls(here: Here, deed: ShopCall): Promise<void> {
  const { town, residents } = here;
  const { path, body } = callFor(here, deed);
  const headers = {
    authorization: `Bearer ${residents.apiKey}`,
    'content-type': 'application/json',
    'idempotency-key': keyOf(here, deed),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const event = request({ method: 'POST', path, headers, ...sent });
    const { status, body: answer } = await town.cloud.http('merchant-api', event);
    town.trace.note(`  ${deed.does}: ${status}`);
    if (deed.does === 'shop_makes_link' && status === 201) here.links.push(...linksIn(answer));
    if (status < 500 && status !== 409) return;
  }
  // The one before may still be under way: asked again later, if anybody has the patience.
  throw new NotThere('an answer');
}

interface Call {
  readonly path: string;
  readonly body?: object;
}

function callFor(here: Here, deed: ShopCall): Call {
  if (deed.does === 'shop_sends_bill') return billFor(here, deed.who);
  if (deed.does === 'shop_makes_link') return { path: '/v1/payment-requests', body: { lines } };
  const order = here.newestOrder();
  if (order === undefined) throw new NotThere('an order');
  if (deed.does === 'shop_moves')
    return { path: `/v1/orders/${order}/moves`, body: { to: deed.to } };
  if (deed.does === 'shop_acts_on_bill')
    return { path: `/v1/payment-requests/${order}/${deed.what}` };
  const amount = deed.share === 'some' ? { amount: { amount: 100, currency: 'USD' } } : {};
  const cancel = deed.isCancelled ? { cancel_order: true } : {};
  const body = { order, reason: 'requested_by_customer', ...amount, ...cancel };
  return { path: '/v1/refunds', body };
}

const lines = [
  { product: coffee.id, quantity: 1, choices: ['Small'] },
  { product: mug.id, quantity: 1 },
];

const linksSchema = z.object({
  url: z.optional(z.string()),
  messenger_url: z.optional(z.string()),
});

/** Where a bill that is for whoever opens it is paid, and the ref that opens it in the thread: told once, and never again. */
function linksIn(body: string): Here['links'] {
  const { url, messenger_url: toThread } = z.parse(linksSchema, JSON.parse(body));
  if (url === undefined || toThread === undefined) return [];
  return [{ url, ref: new URL(toThread).searchParams.get('ref') ?? '' }];
}

function billFor({ residents }: Here, who: string): Call {
  const phone = residents.shop.get(who);
  if (phone === undefined || phone.bubbles().length === 0) throw new NotThere('a buyer');
  return { path: '/v1/payment-requests', body: { to: { psid: phone.psid }, lines } };
}
