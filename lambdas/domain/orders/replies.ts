// How an order stands, in the words of the thread.
import type { Button, Card } from '../chat/reply.ts';
import { formatMoney } from '../money/format-money.ts';
import { isPositive } from '../money/money.ts';
import type { Person } from '../people/person.ts';
import { writeShopPayload } from '../shops/shop-payloads.ts';
import type { Order } from './order.ts';
import { leftToRefund } from './refundable.ts';

export const talkToShopButton: Button = {
  kind: 'action',
  title: 'Talk to a person',
  payload: writeShopPayload({ kind: 'talk_to_shop' }),
};

/** Fits after "is": shipped or picked up makes the difference. */
export function orderStateWords(order: Pick<Order, 'state' | 'wish' | 'closing'>): string {
  const isShipped = order.wish.handover.kind === 'shipping';
  switch (order.state) {
    case 'draft':
      return 'waiting for you to pay';
    case 'awaiting_payment':
      return order.closing === undefined ? 'being paid' : 'being closed';
    case 'needs_action':
      return 'waiting for a check by your bank';
    case 'paid':
      return 'paid and received by the shop';
    case 'preparing':
      return 'being prepared';
    case 'ready':
      return isShipped ? 'shipped' : 'ready to be picked up';
    case 'fulfilled':
      return isShipped ? 'delivered' : 'handed over';
    case 'cancelled':
      return 'cancelled';
    case 'expired':
      return 'not paid in time';
    case 'conflicted':
      return 'being looked into';
  }
}

/** An order in a list: what it was, how it stands, and what can still be done. */
export function orderCard(order: Order, reader: Pick<Person, 'locale'>): Card {
  const { tracking, bill } = order;
  const things = bill.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
  const state = orderStateWords(order);
  const track = tracking === undefined ? [] : [`tracking ${tracking.number}`];
  return {
    title: `${order.number} · ${formatMoney(bill.total, reader.locale)} · ${state}`,
    subtitle: [...refundWords(order, reader), ...track, things].join(' · '),
    buttons: orderButtons(order),
  };
}

function refundWords({ refunds }: Order, { locale }: Pick<Person, 'locale'>): string[] {
  return refunds.flatMap(({ state, amount }) => {
    const words = formatMoney(amount, locale);
    if (state === 'done') return [`${words} given back`];
    return state === 'failed' ? [] : [`${words} going back`];
  });
}

function orderButtons(order: Order): Button[] {
  const { id: orderId, state, tracking, paidAtMs } = order;
  const track: Button[] =
    tracking?.url === undefined || !tracking.url.startsWith('https://')
      ? []
      : [{ kind: 'link', title: 'Track it', url: tracking.url }];
  if (paidAtMs === undefined) {
    const isOpen = /^(?:draft|awaiting_payment|needs_action)$/u.test(state);
    return isOpen ? [action('Cancel', { kind: 'cancel_order', orderId })] : [];
  }
  return [
    ...track,
    action('Same again', { kind: 'reorder', orderId }),
    ...(isPositive(leftToRefund(order))
      ? [action('Ask for a refund', { kind: 'ask_refund', orderId })]
      : []),
  ];
}

function action(title: string, command: Parameters<typeof writeShopPayload>[0]): Button {
  return { kind: 'action', title, payload: writeShopPayload(command) };
}
