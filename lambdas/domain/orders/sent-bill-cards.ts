// A bill that a shop sent, as it stands in the thread: every line, the shop's words, and the buttons.
import { type Button, type Reply, say } from '../chat/reply.ts';
import { formatMoney } from '../money/format-money.ts';
import { dayWords } from '../payments/words.ts';
import type { Person } from '../people/person.ts';
import { writeShopPayload } from '../shops/shop-payloads.ts';
import type { Shop } from '../shops/shop.ts';
import { billWords } from '../shops/shop-words.ts';
import type { Order } from './order.ts';

export interface BillForThread {
  readonly order: Order;
  readonly shop: Pick<Shop, 'name'>;
  readonly reader: Person;
  /** A fresh link to its page. */
  readonly url: string;
  readonly isReminder?: true;
}

/** The itemised bill in words, then the button that leads out of the chat. */
export function billCards(bill: BillForThread): [Reply, Reply] {
  const { order, shop, reader, url } = bill;
  const endsAtMs = order.sent?.endsAtMs ?? order.payBeforeMs;
  const until = endsAtMs === undefined ? '' : ` It runs out on ${dayWords(reader, endsAtMs)}.`;
  const note = order.sent?.note === undefined ? '' : `\n\n${shop.name}: “${order.sent.note}”`;
  const how = bill.isReminder === true ? 'reminds you of its bill' : 'sent you a bill';
  const link: Button = { kind: 'link', title: 'Review and pay', url };
  const cancel: Button = {
    kind: 'action',
    title: 'No, thanks',
    payload: writeShopPayload({ kind: 'cancel_order', orderId: order.id }),
  };
  const total = formatMoney(order.bill.total, reader.locale);
  return [
    say(`${shop.name} ${how}, ${order.number}:\n${billWords(reader, order.bill)}${note}`),
    {
      kind: 'buttons',
      text: `You pay ${total} on our page, outside this chat; nothing is charged until you do.${until}`,
      buttons: [link, cancel],
    },
  ];
}
