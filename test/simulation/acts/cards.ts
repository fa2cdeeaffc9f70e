// What becomes of cards and of charges that are under way in a simulation: blocked, asked for more, thought over, through after all.
import {
  memoryCards,
  type MemoryCardName,
} from '../../../lambdas/adapters/memory/provider-cards.ts';
import { attemptCharge } from '../../../lambdas/adapters/memory/provider-money.ts';
import { attemptShopCharge } from '../../../lambdas/adapters/memory/shop-provider-books.ts';
import { NotThere } from '../people/phone.ts';
import type { Town } from '../town.ts';
import type { Deed } from './act.ts';

export type CardDeed = Extract<
  Deed,
  { does: 'kept_cards_become' | 'charge_comes_late' | 'bank_thinks' }
>;

export function cardActs(town: Town, deed: CardDeed): void {
  switch (deed.does) {
    case 'kept_cards_become':
      return keptCardsBecome(town, deed.card);
    case 'charge_comes_late':
      return deed.of === 'payment'
        ? paymentComesLate(town, deed.card)
        : orderComesLate(town, deed.card);
    case 'bank_thinks':
      return deed.of === 'payment' ? thinkOfPayment(town) : thinkOfOrder(town);
  }
}

function keptCardsBecome({ stripe, shopStripe }: Town, name: MemoryCardName): void {
  const card = memoryCards[name];
  for (const books of [stripe.books, shopStripe.books])
    for (const kept of books.cards.values()) Object.assign(kept, { card });
}

type Intent = { readonly answer: { readonly kind: string; readonly reason?: string } };

/** One that was called off at the provider is over for good. */
function isRefused({ answer }: Intent): boolean {
  return answer.kind === 'declined' && answer.reason !== 'not_finished';
}

function paymentComesLate({ stripe }: Town, name: MemoryCardName): void {
  const refused = [...stripe.books.intents.values()].findLast(isRefused);
  if (refused === undefined) throw new NotThere('a charge that was refused');
  Object.assign(refused, { card: memoryCards[name] });
  attemptCharge(stripe.books, refused);
}

/** A page that somebody tries another card on is no charge that was refused. */
function orderComesLate({ shopStripe }: Town, name: MemoryCardName): void {
  const refused = [...shopStripe.books.intents.values()].findLast(
    (intent) => intent.sessionId === undefined && isRefused(intent),
  );
  if (refused === undefined) throw new NotThere('a charge that was refused');
  refused.card = memoryCards[name];
  attemptShopCharge(shopStripe.books, refused);
}

function thinkOfPayment({ stripe }: Town): void {
  const { intents, events } = stripe.books;
  const asked = [...intents.values()].findLast(({ answer }) => answer.kind === 'needs_action');
  if (asked === undefined) throw new NotThere('a bank that asks');
  asked.answer = { kind: 'pending', intentId: asked.id };
  events.push({ kind: 'charge_changed', intentId: asked.id });
}

function thinkOfOrder({ shopStripe }: Town): void {
  const { books } = shopStripe;
  const asked = [...books.intents.values()].findLast(
    ({ answer, sessionId }) => answer.kind === 'needs_action' && sessionId === undefined,
  );
  if (asked === undefined) throw new NotThere('a bank that asks');
  asked.answer = { kind: 'pending', intentId: asked.id };
  books.tell(asked.accountId, { kind: 'charge_changed', intentId: asked.id });
}

/** Every bank that takes its time says what it has come to; false where none did. */
export function endThinking({ stripe, shopStripe }: Town, isPaid: boolean): boolean {
  const isPending = ({ answer }: Intent) => answer.kind === 'pending';
  const payments = [...stripe.books.intents.values()].filter(isPending);
  const orders = [...shopStripe.books.intents.values()].filter(
    (intent) => intent.sessionId === undefined && isPending(intent),
  );
  const card = memoryCards[isPaid ? 'pm_card_visa' : 'pm_card_chargeDeclined'];
  for (const intent of payments) attemptCharge(stripe.books, Object.assign(intent, { card }));
  for (const intent of orders) {
    intent.card = card;
    attemptShopCharge(shopStripe.books, intent);
  }
  return payments.length + orders.length > 0;
}
