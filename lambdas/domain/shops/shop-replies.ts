// What a shop says that is the same for everybody: greeting, help, and what it did not understand.
import { type QuickReply, type Reply, say } from '../chat/reply.ts';
import type { Person } from '../people/person.ts';
import { mostLines, mostOfOne } from '../orders/cart.ts';
import type { Shop } from './shop.ts';
import type { WhyNotAtShop } from './shop-command.ts';
import { writeShopPayload } from './shop-payloads.ts';

export const toMenu: QuickReply = { title: 'Menu', payload: writeShopPayload({ kind: 'menu' }) };
export const toCart: QuickReply = { title: 'Cart', payload: writeShopPayload({ kind: 'cart' }) };
export const toChange: QuickReply = {
  title: 'Change',
  payload: writeShopPayload({ kind: 'change_cart' }),
};
export const toCheckOut: QuickReply = {
  title: 'Check out',
  payload: writeShopPayload({ kind: 'check_out' }),
};
export const toOrders: QuickReply = {
  title: 'My orders',
  payload: writeShopPayload({ kind: 'my_orders' }),
};
export const toShop: QuickReply = {
  title: 'Talk to a person',
  payload: writeShopPayload({ kind: 'talk_to_shop' }),
};
const toEmpty: QuickReply = {
  title: 'Empty',
  payload: writeShopPayload({ kind: 'empty_cart' }),
};

export const cartReplies: readonly QuickReply[] = [toCheckOut, toChange, toMenu, toEmpty];

/** `notice`: why nothing can be bought now, where that is so. */
export function greeting(shop: Shop, person: Person, notice: string | undefined): string {
  const name = person.name?.split(/\s+/u)[0];
  const hello = name === undefined ? 'Hi!' : `Hi ${name}!`;
  const closed = notice === undefined ? '' : ` ${notice} You can look around and fill your cart.`;
  return `${hello} This is ${shop.name}, and I am its automated assistant.${closed} What would you like?`;
}

export function helpAt(shop: Shop): Reply {
  const text = [
    `You can buy from ${shop.name} right here. I am automated; write “talk to a person” for the people.`,
    '• two flat whites and a croissant',
    '• do you have oat milk? · menu · hours',
    '• cart · remove the croissant · empty cart',
    '• checkout: you see the bill, and pay on our page',
    '• where is my order · same again · cancel my order · refund',
    '• link my wallet: joins this chat to your Tender account',
    'Never write a card number here.',
  ].join('\n');
  return say(text, [toMenu, toCart, toOrders, toShop]);
}

const whyWords: Record<WhyNotAtShop, string> = {
  nothing_like_a_command:
    'I did not understand that. Write what you would like, such as “two flat whites”, or “help”.',
  nothing_named: 'What would you like? Such as “two flat whites”.',
  too_many: `That is more than I can put into a cart: at most ${mostOfOne} of one thing, and ${mostLines} different things. Nothing was added.`,
  question:
    'If that was a question for the people of the shop: write “talk to a person”. Nothing was added to your cart.',
  negated: 'All right, nothing was added.',
  statement:
    'Noted, but I only act on what you ask me for, such as “two flat whites”. Nothing was added.',
  not_now: 'I can only take orders for now, not for later. Nothing was added.',
  too_long: 'That was too long for me. Write it in one line, such as “two flat whites”.',
  looks_like_card_number:
    'That looked like a card number. Never write one here; you pay on our page.',
  looks_like_account_number: 'That looked like an account number. Never write one here.',
};

export function notUnderstoodAt(why: WhyNotAtShop): Reply {
  return say(whyWords[why], [toMenu, toCart, toShop]);
}

export const nothingAsked = say('All right. Write “menu” whenever you want something.', [toMenu]);

export const isFull = say(
  `That is more than fits into a cart: at most ${mostOfOne} of one thing, and ${mostLines} different things. Nothing was added.`,
  [toCart],
);

export const isGone = say('That is not on the menu any more.', [toMenu, toCart]);
