// What buyer and shop are told after a step of an order: derived from the journal entry, so nothing unhappened is told.
import { type Button, type Reply, say } from '../chat/reply.ts';
import { formatMoney } from '../money/format-money.ts';
import { isPositive, type Money, sum } from '../money/money.ts';
import { declineWords } from '../payments/decline-words.ts';
import type { Person } from '../people/person.ts';
import type { Shop } from '../shops/shop.ts';
import { teamReply } from '../shops/tell-team.ts';
import { hasGoods, type Order, type OrderDispute, type Refund, type Tracking } from './order.ts';
import type { OrderStep } from './order-steps.ts';
import type { OrderEntry } from './ports.ts';
import { receiptOf } from './receipts.ts';
import { orderStateWords, talkToShopButton } from './replies.ts';
import { billCards } from './sent-bill-cards.ts';
import { pageLeft } from './settle-checkout.ts';

/** A step with the people whom it concerns. */
export interface ToldOfOrder {
  readonly entry: OrderEntry;
  /** As it is now, which may be later than the step. */
  readonly order: Order;
  readonly shop: Shop;
  readonly buyer: Person;
  /** Makes a fresh link to the bill. */
  pay(): Promise<string>;
}

export interface OrderAnnouncements {
  readonly toBuyer: readonly Reply[];
  readonly toTeam: readonly Reply[];
}

type Teller = (told: ToldOfOrder) => OrderAnnouncements | Promise<OrderAnnouncements>;

const silence: OrderAnnouncements = { toBuyer: [], toTeam: [] };
const nothing: Teller = () => silence;

/** What the buyer did in the thread or on our page was answered there. */
export async function orderAnnouncements(told: ToldOfOrder): Promise<OrderAnnouncements> {
  return tellers[told.entry.step](told);
}

/** Whether nobody hears of such a step: then nobody needs to be looked up. */
export function isSilentStep(step: OrderStep): boolean {
  return tellers[step] === nothing;
}

/** One for each step, so that a new step does not compile until somebody has thought of who must hear of it. */
const tellers: Record<OrderStep, Teller> = {
  drafted: paymentRequested,
  requoted: nothing,
  claimed: nothing,
  held: nothing,
  reminded,
  draft_cancelled: (told) =>
    told.entry.actor === 'shop'
      ? buyer(told, `${told.shop.name} took back its bill ${number(told)}. Nothing was charged.`)
      : silence,
  draft_expired: (told) => buyer(told, ranOut(told)),
  checkout_started: nothing,
  checkout_opened: nothing,
  // Whoever pays is at their bank now, on a page that we led them to.
  action_needed: nothing,
  payment_asked: nothing,
  payment_pending: (told) =>
    buyer(
      told,
      `Your payment of ${total(told)} for order ${number(told)} is under way. Your bank says in some days whether it worked; we keep your things until then and tell you here.`,
    ),
  payment_declined: declined,
  closing_wanted: nothing,
  order_cancelled: (told) =>
    buyer(told, `Order ${number(told)} is cancelled. Nothing was charged.`),
  order_expired: (told) => buyer(told, ranOut(told)),
  paid,
  paid_wrongly: (told) => ({
    ...buyer(
      told,
      `Something is not right with the payment for order ${number(told)}. A person is looking at it; you need to do nothing and will hear from us here.`,
    ),
    toTeam: [
      team(
        told,
        `Do not hand over order ${number(told)} yet: what was paid is not what was asked for. The operator is looking at it.`,
      ),
    ],
  }),
  paid_late: (told) =>
    buyer(
      told,
      `Your payment for order ${number(told)} came after it had ended, so it is going straight back: ${back(told)}. You get nothing for it and owe nothing.`,
    ),
  paid_twice: (told) =>
    buyer(
      told,
      `Order ${number(told)} was paid twice. The second payment is going straight back: ${back(told)}.`,
    ),
  preparing: (told) => buyer(told, `${told.shop.name} is preparing your order ${number(told)}.`),
  ready: (told) =>
    isShipped(told)
      ? buyer(told, `Your order ${number(told)} is on its way.${trackingWords(told)}`, track(told))
      : buyer(told, `Your order ${number(told)} is ready to be picked up at ${told.shop.name}.`),
  fulfilled: (told) =>
    isShipped(told)
      ? buyer(told, `Your order ${number(told)} was delivered.${trackingWords(told)}`, track(told))
      : buyer(told, `Your order ${number(told)} was handed over. Enjoy!`),
  preparing_undone: nothing,
  ready_undone: (told) =>
    buyer(
      told,
      `A correction: your order ${number(told)} is ${isShipped(told) ? 'not on its way' : 'not ready'} yet. We tell you when it is.`,
    ),
  fulfilled_undone: (told) =>
    buyer(
      told,
      `A correction: your order ${number(told)} is not ${isShipped(told) ? 'delivered' : 'handed over'} yet.`,
    ),
  cancelled_by_shop: (told) =>
    buyer(
      told,
      `${told.shop.name} had to cancel your order ${number(told)}. Your money goes back; we tell you when it is on its way.`,
    ),
  refund_wished: (told) => ({ ...silence, toTeam: [team(told, wishWords(told))] }),
  refund_refused: refused,
  refund_wanted: (told) =>
    told.entry.reason === 'cancelled_by_shop'
      ? silence
      : buyer(
          told,
          `${told.shop.name} is giving you back ${back(told)} for order ${number(told)}. We tell you when it is on its way.`,
        ),
  refund_asked: nothing,
  refund_pending: nothing,
  refunded: (told) =>
    buyer(
      told,
      `${back(told)} for order ${number(told)} is on its way back to your card. Banks take 5 to 10 days to show it.`,
    ),
  refund_failed: (told) => ({
    ...buyer(
      told,
      `Your refund of ${back(told)} for order ${number(told)} did not get through. A person is looking at it; you need to do nothing and will hear from us here.`,
    ),
    toTeam: [
      team(
        told,
        `The refund of ${back(told)} for order ${number(told)} failed. Look at it in the console: write “console”.`,
      ),
    ],
  }),
  dispute_opened: disputed,
  dispute_moved: nothing,
  evidence_sent: nothing,
  dispute_won: (told) => decided(told, 'the payment stands'),
  dispute_lost: (told) => decided(told, 'the money stays with the bank of the card'),
};

function buyer(
  told: ToldOfOrder,
  text: string,
  buttons: readonly Button[] = [],
): OrderAnnouncements {
  const reply: Reply = buttons.length === 0 ? say(text) : { kind: 'buttons', text, buttons };
  return { ...silence, toBuyer: [withUtility(told, reply)] };
}

/** Outside the window only a template may be sent: it names the order and asks to write for the rest. */
function withUtility({ order }: ToldOfOrder, reply: Reply): Reply {
  const parameters = [order.number, orderStateWords(order)];
  return { ...reply, utility: { name: 'order_update', parameters } };
}

function team(told: ToldOfOrder, text: string): Reply {
  return teamReply({ text, about: told.order.number, state: orderStateWords(told.order) });
}

async function paymentRequested(told: ToldOfOrder): Promise<OrderAnnouncements> {
  const { order, shop, buyer: reader } = told;
  const isSent = order.source === 'payment_request' && order.state === 'draft';
  // Whoever took it by its link was shown it there.
  if (!isSent || order.sent?.isByLink === true) return silence;
  const [bill, buttons] = billCards({ order, shop, reader, url: await told.pay() });
  return { ...silence, toBuyer: [bill, withUtility(told, buttons)] };
}

async function reminded(told: ToldOfOrder): Promise<OrderAnnouncements> {
  const { order, shop, buyer: reader } = told;
  if (order.state !== 'draft') return silence;
  const url = await told.pay();
  const [bill, buttons] = billCards({ order, shop, reader, url, isReminder: true });
  return { ...silence, toBuyer: [bill, withUtility(told, buttons)] };
}

function ranOut(told: ToldOfOrder): string {
  const what = told.order.source === 'payment_request' ? 'The bill' : 'Order';
  const cart =
    told.order.source === 'payment_request'
      ? ''
      : ' Your cart is kept: write “checkout” for a new one.';
  return `${what} ${number(told)} was not paid in time and has run out. Nothing was charged.${cart}`;
}

async function declined(told: ToldOfOrder): Promise<OrderAnnouncements> {
  // Nobody was refused: they left the page, and the bill still stands.
  if (told.entry.reason === pageLeft) return silence;
  const text = `Your payment of ${total(told)} for order ${number(told)} did not go through, and nothing was charged. ${declineWords(told.entry.reason)}`;
  // Somebody may have paid or called it off since.
  if (told.order.state !== 'draft') return buyer(told, text);
  return buyer(told, text, [{ kind: 'link', title: 'Pay another way', url: await told.pay() }]);
}

function paid(told: ToldOfOrder): OrderAnnouncements {
  const { order, shop, entry, buyer: reader } = told;
  const next = isShipped(told)
    ? ' We tell you here when it is on its way.'
    : ' We tell you here when it is ready to be picked up.';
  const isToCome = hasGoods(order.wish);
  const thanks = `Thank you! ${shop.name} has received your order ${number(told)} and ${total(told)}.${isToCome ? next : ''}`;
  const note = order.wish.note === undefined ? '' : ' There is a note with it.';
  const things = order.bill.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
  const handover = isShipped(told) ? ', to be shipped' : ', to be picked up';
  const how = isToCome ? handover : '';
  return {
    toBuyer: [withUtility(told, say(thanks)), receiptOf(order, { shop, atMs: entry.atMs })],
    toTeam: [
      team(
        told,
        `New order ${order.number} by ${order.buyerName}${how}: ${things.slice(0, 400)}. ${formatMoney(order.bill.total, reader.locale)}.${note} Write “console” to see it.`,
      ),
    ],
  };
}

function wishWords(told: ToldOfOrder): string {
  const { order } = told;
  const words = order.refundWish?.words;
  const why = words === undefined ? '' : `: “${words}”`;
  return `${order.buyerName} asks for a refund of order ${number(told)} (${total(told)})${why}. Write “console” to answer it.`;
}

/** The shop's own words, told as such. */
function refused(told: ToldOfOrder): OrderAnnouncements {
  const words = told.order.refundWish?.refusal ?? '';
  return buyer(
    told,
    `${told.shop.name} does not refund order ${number(told)}: “${words}” If you see it otherwise, talk to them.`,
    [talkToShopButton],
  );
}

/** The bank decides, and takes no sides here: neither of the two is told that the other is wrong. */
function disputed(told: ToldOfOrder): OrderAnnouncements {
  const { dispute } = told.order;
  const amount = dispute === undefined ? total(told) : price(told, dispute.amount);
  return {
    ...buyer(
      told,
      `The bank of your card tells us that your payment for order ${number(told)} is disputed: ${amount}. It decides; we tell you here. If that is a mistake, tell your bank.`,
    ),
    toTeam: [
      team(
        told,
        `The payment for order ${number(told)} (${amount}) is disputed at the buyer’s bank.${deadline(told, dispute)} Write “console” to answer.`,
      ),
    ],
  };
}

function deadline(told: ToldOfOrder, dispute: OrderDispute | undefined): string {
  if (dispute?.respondBeforeMs === undefined) return '';
  const { locale } = told.buyer;
  const day = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeZone: told.shop.timeZone,
  }).format(dispute.respondBeforeMs);
  return ` Answer before ${day}.`;
}

function decided(told: ToldOfOrder, how: string): OrderAnnouncements {
  const text = `The dispute about order ${number(told)} was decided: ${how}.`;
  return { ...buyer(told, text), toTeam: [team(told, text)] };
}

/** What goes back by this step: as it was booked, else of the refund that the step is about. */
function back(told: ToldOfOrder): string {
  const { entry, order } = told;
  const booked = entry.postings.filter(
    ({ account, amount }) => account.startsWith('buyer:') && isPositive(amount),
  );
  if (booked.length > 0) return price(told, sum(booked.map(({ amount }) => amount)));
  const refund = refundOf(entry, order);
  return refund === undefined ? total(told) : price(told, refund.amount);
}

function refundOf(entry: OrderEntry, { refunds }: Order): Refund | undefined {
  if (entry.step === 'refund_failed')
    return refunds.findLast(({ state }) => state === 'failed') ?? refunds.at(-1);
  return refunds.findLast(({ askedAtMs }) => askedAtMs <= entry.atMs) ?? refunds.at(-1);
}

function isShipped({ order }: ToldOfOrder): boolean {
  return order.wish.handover.kind === 'shipping';
}

function trackingWords({ order }: ToldOfOrder): string {
  const { tracking } = order;
  if (tracking === undefined) return '';
  return ` Tracking: ${tracking.carrier === undefined ? '' : `${tracking.carrier} `}${tracking.number}.`;
}

function track({ order }: ToldOfOrder): Button[] {
  const { url }: Partial<Tracking> = order.tracking ?? {};
  return url?.startsWith('https://') ? [{ kind: 'link', title: 'Track it', url }] : [];
}

const number = ({ order }: ToldOfOrder) => order.number;
const price = ({ buyer: reader }: ToldOfOrder, amount: Money) => formatMoney(amount, reader.locale);
const total = (told: ToldOfOrder) => price(told, told.order.bill.total);
