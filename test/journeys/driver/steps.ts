// What people do again and again in these stories, each through the thread and the pages it links to.
import type { Page } from './browser.ts';
import type { Person } from './person.ts';

export const cards = {
  good: '4242424242424242',
  declined: '4000000000000341',
  threeDSecure: '4000002760003184',
  threeDSecureThenDeclined: '4000008400001629',
  refundFails: '4000000000005126',
  refundPending: '4000000000007726',
  disputed: '4000000000000259',
  inquiry: '4000000000001976',
} as const;

export const pin = '258013';

/** First contact: hello, the terms, a handle. */
export async function joins(person: Person, handle: string): Promise<void> {
  await person.phone.getStarted();
  await acceptsTerms(person, handle);
}

/** After hello was said in whatever way. */
export async function acceptsTerms(person: Person, handle: string): Promise<void> {
  await person.sees(/automated assistant/u);
  await person.taps('I agree');
  await person.sees(/Choose a handle/u);
  await person.writes(`@${handle}`);
  await person.sees(new RegExp(`You are @${handle}`, 'u'));
}

/** Asks for the page where payouts are set up, and finishes Stripe's form there. */
export async function setsUpPayouts(person: Person): Promise<Page> {
  await person.writes('who am i');
  return finishesOnboarding(person, await person.opens('Set up payouts'));
}

/** From a payout page of ours through Stripe's form and back. */
export async function finishesOnboarding(person: Person, page: Page): Promise<Page> {
  const isAsked = page.forms.some((form) => form.names.has('pin'));
  const stripe = await page.press('Continue to Stripe', isAsked ? { pin } : {});
  return stripe.press('Agree and get paid', { name: person.name, account: '000123456789' });
}

/** Adds a card on Stripe's page, from a page of ours that offers it; ends on that page again. */
export async function addsCard(page: Page, card: string = cards.good): Promise<Page> {
  const title = page.hasButton('Add a card') ? 'Add a card' : 'Use another card';
  const stripe = await page.press(title);
  return stripe.press('Save a card', { card });
}

/** Presses Pay, with the PIN when the page asks for one: the first time, or again. */
export async function confirms(page: Page, itsPin: string = pin): Promise<Page> {
  const fields = page.forms.flatMap((form) => [...form.names]);
  if (fields.includes('newPin')) return page.press('Pay', { newPin: itsPin, newPinAgain: itsPin });
  return page.press('Pay', fields.includes('pin') ? { pin: itsPin } : {});
}

/** From the review card in the thread to a confirmed payment, adding a card where there is none. */
export async function pays(
  person: Person,
  options: { readonly card?: string } = {},
): Promise<Page> {
  const page = await person.opens('Review and pay');
  const needsCard = page.hasButton('Add a card');
  return confirms(needsCard ? await addsCard(page, options.card) : page);
}
