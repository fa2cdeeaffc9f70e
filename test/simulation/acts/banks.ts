// What banks, card holders and the provider itself do of their own accord in a simulation: read from the provider's own books.
import { NotThere } from '../people/phone.ts';
import type { Money } from '../../../lambdas/domain/money/money.ts';
import type { Town } from '../town.ts';
import type { Deed } from './act.ts';
import { type CardDeed, cardActs, endThinking } from './cards.ts';
import type { Here } from './do-act.ts';

type BankDeed = Extract<
  Deed,
  {
    does:
      | 'bank_disputes'
      | 'bank_decides'
      | 'refund_ends'
      | 'dashboard_refunds'
      | 'bank_says'
      | CardDeed['does'];
  }
>;
type Of = 'payment' | 'order';
type AccountDeed = Extract<Deed, { does: 'account_changes' | 'shop_account' }>;

export function bankActs({ town }: Here, deed: BankDeed): void {
  switch (deed.does) {
    case 'bank_disputes':
      return dispute(town, deed.of);
    case 'bank_decides':
      return decide(town, deed.of, deed.isWon ? 'won' : 'lost');
    case 'refund_ends':
      return endRefund(town, deed.of, deed.isDone);
    case 'dashboard_refunds':
      return dashboardRefund(town, deed.cents);
    case 'bank_says':
      return bankSays(town, deed.isPaid);
    case 'kept_cards_become':
    case 'charge_comes_late':
    case 'bank_thinks':
      return cardActs(town, deed);
  }
}

function dispute({ stripe, shopStripe }: Town, of: Of): void {
  const { books } = of === 'payment' ? stripe : shopStripe;
  const isCharged = ({ answer }: { answer: { kind: string } }) => answer.kind === 'done';
  const charge = [...books.intents.values()].findLast(isCharged);
  if (charge === undefined) throw new NotThere('a charge');
  // A second one opens only after the first was won.
  const isDisputed =
    'paymentId' in charge
      ? isStanding([...stripe.books.disputes.values()], charge)
      : [...shopStripe.books.disputes.values()].some(
          ({ intentId, state }) => intentId === charge.id && state !== 'won',
        );
  if (isDisputed) throw new NotThere('a charge that stands');
  if ('paymentId' in charge) stripe.hands.openDispute(charge.paymentId);
  else shopStripe.hands.openDispute(charge.id, { amount: leftOf(shopStripe, charge) });
}

function isStanding(
  disputes: readonly { paymentId: string; status: string }[],
  charge: { paymentId: string },
): boolean {
  return disputes.some(
    ({ paymentId, status }) => paymentId === charge.paymentId && status !== 'won',
  );
}

/** What of a charge has not come back: nobody disputes the rest. */
function leftOf({ books }: Town['shopStripe'], charge: { id: string; total: Money }): Money {
  const back = [...books.refunds.values()].filter(
    ({ intentId, status }) => intentId === charge.id && status === 'done',
  );
  const minor = back.reduce((left, { amount }) => left - amount.minor, charge.total.minor);
  if (minor <= 0) throw new NotThere('a charge that stands');
  return { minor, currency: charge.total.currency };
}

function decide({ stripe, shopStripe }: Town, of: Of, how: 'won' | 'lost'): void {
  if (of === 'payment') {
    const open = [...stripe.books.disputes.values()].findLast(({ status }) => status === 'open');
    if (open === undefined) throw new NotThere('a dispute');
    return stripe.hands.closeDispute(open.id, how);
  }
  const open = [...shopStripe.books.disputes.values()].findLast(
    ({ state }) => state === 'needs_response' || state === 'under_review',
  );
  if (open === undefined) throw new NotThere('a dispute');
  return shopStripe.hands.closeDispute(open.id, how);
}

function endRefund({ stripe, shopStripe }: Town, of: Of, isDone: boolean): void {
  const { books, hands } = of === 'payment' ? stripe : shopStripe;
  const open = [...books.refunds.values()].findLast(({ status }) => status !== 'failed');
  if (open === undefined) throw new NotThere('a refund');
  hands.endRefund(open.id, isDone);
}

/** A shopkeeper who is signed in at the provider itself gives back some of a charge that stands. */
function dashboardRefund({ shopStripe }: Town, cents: number): void {
  const { books, hands } = shopStripe;
  const charge = [...books.intents.values()].findLast(({ answer }) => answer.kind === 'done');
  const isTouched = [...books.refunds.values(), ...books.disputes.values()].some(
    ({ intentId }) => intentId === charge?.id,
  );
  if (charge === undefined || isTouched) throw new NotThere('a charge that stands');
  hands.refundByHand(charge.id, { minor: Math.min(cents, charge.total.minor), currency: 'USD' });
}

function bankSays(town: Town, isPaid: boolean): void {
  const { books, hands } = town.shopStripe;
  const open = [...books.checkouts.values()].findLast(({ state }) => state === 'pending');
  if (open === undefined && endThinking(town, isPaid)) return;
  if (open === undefined) throw new NotThere('a slow payment');
  hands.endAsync(open.id, isPaid && open.intent?.card.declines === undefined);
}

export function providerActs({ town, residents }: Here, deed: AccountDeed): void {
  const { stripe, shopStripe } = town;
  if (deed.does === 'shop_account') {
    const { accountId } = residents;
    if (deed.to === 'left') shopStripe.hands.deauthorise(accountId);
    else if (deed.to === 'active') shopStripe.hands.finishOnboarding(accountId);
    else shopStripe.hands.restrictMerchant(accountId, ['a document']);
    return;
  }
  const personId = `per_${deed.who}`;
  const [accountId] =
    [...stripe.books.accounts].find(([, account]) => account.personId === personId) ?? [];
  if (accountId === undefined) throw new NotThere('an account');
  if (deed.to === 'ready') stripe.hands.finishOnboarding(accountId);
  else if (deed.to === 'restricted_unheard') restrictUnheard(stripe, accountId);
  else if (deed.to === 'restricted') stripe.hands.restrictAccount(accountId);
  else stripe.hands.emptyAccount(accountId);
}

/** News of it is slower than whatever we ask for next: there is none. */
function restrictUnheard({ books }: Town['stripe'], accountId: string): void {
  const account = books.accounts.get(accountId);
  if (account !== undefined) account.status = 'restricted';
}

/** At the end of time every bank has decided. */
export function banksDecide(town: Town): void {
  const { stripe, shopStripe } = town;
  endThinking(town, true);
  for (const { id, status } of stripe.books.disputes.values())
    if (status === 'open') stripe.hands.closeDispute(id, 'won');
  for (const { id, state } of shopStripe.books.disputes.values())
    if (state === 'needs_response' || state === 'under_review')
      shopStripe.hands.closeDispute(id, 'lost');
  for (const { id, status } of stripe.books.refunds.values())
    if (status === 'pending') stripe.hands.endRefund(id, true);
  for (const { id, status } of shopStripe.books.refunds.values())
    if (status === 'pending') shopStripe.hands.endRefund(id, true);
  for (const { id, state, intent } of shopStripe.books.checkouts.values())
    if (state === 'pending') shopStripe.hands.endAsync(id, intent?.card.declines === undefined);
}
