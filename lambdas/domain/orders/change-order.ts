// Reads an order, decides on one step, writes it; reads again when someone else was quicker.
import { RetryLater } from '../retry-later.ts';
import type { ProductId } from '../shops/product.ts';
import type { World } from '../world.ts';
import type { Order, OrderId } from './order.ts';
import type { OrderChange } from './ports.ts';

/** Races on one order are between a handful of parties; more conflicts than this is a storm to come back after. */
const maxTries = 6;

export interface OrderChanged {
  /** As it stands now, whoever moved it there. */
  readonly order: Order;
  /** Whether this call took the step. */
  readonly isOurs: boolean;
  /** What there was too little of: nothing was written then. */
  readonly soldOut: readonly ProductId[];
}

/**
 * `decide` answers the step to take from the order as it stands, or undefined when there is nothing to do; it may be asked
 * several times. An order that was just read is decided on as it is. Undefined when there is no such order.
 */
export async function changeOrder(
  world: Pick<World, 'orders'>,
  subject: OrderId | Order,
  decide: (order: Order) => OrderChange | undefined,
): Promise<OrderChanged | undefined> {
  const [id, known] = typeof subject === 'string' ? [subject] : [subject.id, subject];
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const order = attempt === 0 && known !== undefined ? known : await world.orders.get(id);
    if (order === undefined) return undefined;
    const change = decide(order);
    if (change === undefined) return { order, isOurs: false, soldOut: [] };
    const committed = await world.orders.commit(change);
    switch (committed.kind) {
      case 'done':
        return { order: change.order, isOurs: true, soldOut: [] };
      case 'sold_out':
        return { order, isOurs: false, soldOut: committed.productIds };
      case 'conflict':
        break;
      case 'number_taken':
        throw new Error(`Order ${id} has a number already.`);
    }
  }
  throw new RetryLater('conversation_moved');
}
