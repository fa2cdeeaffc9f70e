// Buying at the shop's page in a simulation: the bill, the provider's page, and the way back.
import type { Town } from '../town.ts';
import { fieldsIn, redirectOf } from '../people/browser.ts';
import { NotThere, type Phone } from '../people/phone.ts';
import type { Deed } from './act.ts';

type Buys = Extract<Deed, { does: 'buys' }>;

/** Where the provider's page leads them back to, when they have been there. */
const backUrls = new WeakMap<Phone, string>();

export async function buys({ shopStripe }: Town, phone: Phone, { card, how }: Buys): Promise<void> {
  const { browser } = phone;
  const url = phone.link('Review and pay');
  const shown = await browser.opens(url);
  const fields = fieldsIn(shown);
  const press = how === 'saved_card' ? 'pay_saved' : 'pay';
  const isOpen = fields['seen'] !== undefined;
  const form = isOpen ? { ...fields, do: press, pin: '258013' } : { do: 'continue' };
  const to = redirectOf(await browser.submits(url, form));
  if (to?.includes('/action/') === true) {
    phone.bankUrl = to;
    return;
  }
  if (how === 'leaves' || to?.includes('/checkout/') !== true) return;
  const paid = shopStripe.hands.payCheckout(to, {
    card,
    save: how === 'save',
    isAsync: how === 'async',
  });
  if (paid.kind === 'needs_action') phone.bankUrl = paid.url;
  if (paid.kind === 'back') backUrls.set(phone, paid.url);
}

export async function returns(phone: Phone): Promise<void> {
  const url = backUrls.get(phone);
  if (url === undefined) throw new NotThere('a page to come back from');
  await phone.browser.opens(url);
}
