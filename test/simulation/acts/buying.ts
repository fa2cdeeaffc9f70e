// Buying at the shop's page in a simulation: the bill, the provider's page, and the way back.
import type { Town } from '../town.ts';
import { fieldsIn, redirectOf } from '../people/browser.ts';
import { NotThere, type Phone } from '../people/phone.ts';
import type { BillChange, Deed, HowToOpen } from './act.ts';
import type { Here } from './do-act.ts';

type Buys = Extract<Deed, { does: 'buys' }>;

/** Where the provider's page leads them back to, when they have been there. */
const backUrls = new WeakMap<Phone, string>();

export async function buys({ shopStripe }: Town, phone: Phone, { card, how }: Buys): Promise<void> {
  const { browser } = phone;
  const url = phone.openBill ?? phone.link('Review and pay');
  const shown = await browser.opens(url);
  const fields = fieldsIn(shown);
  // A card that is not kept yet is not offered.
  const isOffered = shown.body.includes('pay_saved');
  const press = how === 'saved_card' && isOffered ? 'pay_saved' : 'pay';
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
    ...(how === 'wrong_amount' ? { taken: { minor: 777, currency: 'USD' } } : {}),
  });
  if (paid.kind === 'needs_action') phone.bankUrl = paid.url;
  if (paid.kind === 'back') backUrls.set(phone, paid.url);
}

const homeAddress = {
  handover: 'ship:slow',
  name: 'Ann Archer',
  street1: '214 Bedford Avenue',
  city: 'Brooklyn',
  state: 'NY',
  postalCode: '11249',
  country: 'US',
};

/** By the link that the shop gave away: in the thread whoever is first has it, in a browser the first button takes it. */
export async function opensBill({ links }: Here, phone: Phone, how: HowToOpen): Promise<void> {
  const link = links.at(-1);
  if (link === undefined) throw new NotThere('a link to a bill');
  if (how === 'in_thread') return phone.follows(link.ref);
  const { browser } = phone;
  const fields = fieldsIn(await browser.opens(link.url));
  await browser.submits(link.url, { ...fields, tip: '15', do: how === 'anew' ? 'anew' : 'update' });
  phone.openBill = link.url;
}

/** Chooses something on the bill, or gives it up. */
export async function changesBill(phone: Phone, to: BillChange): Promise<void> {
  const { browser } = phone;
  const url = phone.openBill ?? phone.link('Review and pay');
  const fields = fieldsIn(await browser.opens(url));
  const chosen = {
    shipping: homeAddress,
    tip: { tip: '15' },
    promotion: { code: 'TENOFF' },
    cancel: {},
  }[to];
  await browser.submits(url, { ...fields, ...chosen, do: to === 'cancel' ? 'cancel' : 'update' });
}

export async function returns(phone: Phone): Promise<void> {
  const url = backUrls.get(phone);
  if (url === undefined) throw new NotThere('a page to come back from');
  await phone.browser.opens(url);
}
