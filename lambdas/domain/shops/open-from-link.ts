// Somebody comes by a link of the shop's: to one product, or to a bill that is whoever's opens it first.
import { type Reply, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { claimBill, type ClaimBillOutcome } from '../orders/claim-bill.ts';
import { linkForBuyer } from '../orders/send-bill.ts';
import { orderStateWords } from '../orders/replies.ts';
import { billCards } from '../orders/sent-bill-cards.ts';
import { productCards, showMenu } from './browse.ts';
import type { EntryCommand } from './shop-refs.ts';
import type { Shopping } from './shopping.ts';
import { toMenu, toOrders, toShop } from './shop-replies.ts';

export async function openFromLink(shopping: Shopping, command: EntryCommand): Promise<Turn> {
  switch (command.kind) {
    case 'open_product':
      return openProduct(shopping, command.productId);
    case 'open_bill':
      return openBill(shopping, command.token);
    case 'open_nothing':
      return showMenu(shopping, 'That link leads to nothing here. What would you like?');
  }
}

async function openProduct(
  shopping: Shopping,
  productId: Extract<EntryCommand, { kind: 'open_product' }>['productId'],
): Promise<Turn> {
  const { world, shop } = shopping;
  const product = await world.products.get(shop.id, productId);
  if (product === undefined || !product.isActive)
    return showMenu(shopping, 'What that link was for is not on the menu any more.');
  return answer({ kind: 'cards', cards: await productCards(shopping, [product]) });
}

async function openBill(shopping: Shopping, token: string): Promise<Turn> {
  const { world, shop, person, event } = shopping;
  const outcome = await claimBill(world, token, { shop, person, address: event.address });
  return answer(...(await repliesTo(shopping, outcome)));
}

async function repliesTo(
  { world, shop, person }: Shopping,
  outcome: ClaimBillOutcome,
): Promise<Reply[]> {
  switch (outcome.kind) {
    case 'theirs': {
      const { order } = outcome;
      if (order.state !== 'draft')
        return [say(`Bill ${order.number} is ${orderStateWords(order)}.`, [toOrders, toMenu])];
      return billCards({ order, shop, reader: person, url: await linkForBuyer(world, order) });
    }
    case 'taken':
      return [
        say(
          `This bill is somebody else’s: they opened it first. If it was meant for you, ask ${shop.name} for another.`,
          [toShop, toMenu],
        ),
      ];
    case 'being_paid':
      return [
        say('Somebody is paying this bill on our page right now. Nobody pays it twice.', [
          toShop,
          toMenu,
        ]),
      ];
    case 'over':
      return [say(overWords(outcome.how, shop.name), [toShop, toMenu])];
    case 'unknown':
      return [
        say(`There is no such bill any more. Ask ${shop.name} for another.`, [toShop, toMenu]),
      ];
  }
}

function overWords(how: 'paid' | 'cancelled' | 'expired', shop: string): string {
  switch (how) {
    case 'paid':
      return 'This bill is paid already. Nothing is left to do.';
    case 'cancelled':
      return `${shop} took this bill back. Nothing was charged.`;
    case 'expired':
      return `This bill was not paid in time and has run out. Ask ${shop} for another.`;
  }
}
