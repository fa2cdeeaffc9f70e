// The merchant's own program in a simulation: calls the API with its key, and again with the same idempotency key where nobody answers.
import { NotThere } from '../people/phone.ts';
import { request } from '../people/browser.ts';
import { coffee, mug } from '../../builders/shop-town/joes-coffee.ts';
import type { Deed } from './act.ts';
import type { Here } from './do-act.ts';

export type ShopCall = Extract<Deed, { does: 'shop_moves' | 'shop_refunds' | 'shop_sends_bill' }>;

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
  for (let tries = 0; tries < mostTries; tries += 1) {
    const event = request({ method: 'POST', path, headers, body: JSON.stringify(body) });
    const { status } = await town.cloud.http('merchant-api', event);
    town.trace.note(`  ${deed.does}: ${status}`);
    if (status < 500 && status !== 409) return;
  }
  // The one before may still be under way: asked again later, if anybody has the patience.
  throw new NotThere('an answer');
}

function callFor(here: Here, deed: ShopCall): { path: string; body: object } {
  if (deed.does === 'shop_sends_bill') return billFor(here, deed.who);
  const order = here.newestOrder();
  if (order === undefined) throw new NotThere('an order');
  if (deed.does === 'shop_moves')
    return { path: `/v1/orders/${order}/moves`, body: { to: deed.to } };
  const amount = deed.share === 'some' ? { amount: { amount: 100, currency: 'USD' } } : {};
  const cancel = deed.isCancelled ? { cancel_order: true } : {};
  const body = { order, reason: 'requested_by_customer', ...amount, ...cancel };
  return { path: '/v1/refunds', body };
}

function billFor({ residents }: Here, who: string): { path: string; body: object } {
  const phone = residents.shop.get(who);
  if (phone === undefined || phone.bubbles().length === 0) throw new NotThere('a buyer');
  const lines = [
    { product: coffee.id, quantity: 1, choices: ['Small'] },
    { product: mug.id, quantity: 1 },
  ];
  return { path: '/v1/payment-requests', body: { to: { psid: phone.psid }, lines } };
}
