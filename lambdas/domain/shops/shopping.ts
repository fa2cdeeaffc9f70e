// Somebody at a shop's Page: who writes, what is in their cart, and the shop that they write to.
import type { Conversation } from '../chat/conversation.ts';
import type { InboundEvent } from '../chat/inbound-event.ts';
import type { ChatWorld, Turn } from '../chat/turn.ts';
import { type Cart, emptyCart } from '../orders/cart.ts';
import { isPaid } from '../orders/order.ts';
import type { Person } from '../people/person.ts';
import type { Shop } from './shop.ts';

export interface Visit {
  readonly world: ChatWorld;
  readonly shop: Shop;
  readonly person: Person;
  readonly conversation: Conversation;
  readonly event: InboundEvent;
}

export interface Shopping extends Visit {
  /** What is in it now: empty once the order that was made of it is paid. */
  readonly cart: Cart;
}

export async function withCart(visit: Visit): Promise<Shopping> {
  const { cart = emptyCart } = visit.conversation;
  const order = cart.orderId === undefined ? undefined : await visit.world.orders.get(cart.orderId);
  const isOver = order !== undefined && (isPaid(order.state) || order.paidAtMs !== undefined);
  return { ...visit, cart: isOver ? emptyCart : cart };
}

/** A cart that is over is forgotten with the next turn, whatever that turn is about. */
export function forgettingWhatWasBought(turn: Turn, { conversation, cart }: Shopping): Turn {
  const isOver = conversation.cart !== undefined && cart.lines.length === 0;
  return turn.cart === undefined && isOver ? { ...turn, cart: emptyCart } : turn;
}
