// Makes the draft of an order: the shop's prices as they are now, nothing charged. The same message makes the same draft.
import { percentOf } from '../money/money.ts';
import type { Address } from '../people/address.ts';
import { nameAndHandle, type Person } from '../people/person.ts';
import type { Product, ProductId } from '../shops/product.ts';
import type { Shop } from '../shops/shop.ts';
import type { World } from '../world.ts';
import type { Bill, Order, OrderId, SentBill, Wish } from './order.ts';
import { paymentRequestLifeMs } from './order-due-dates.ts';
import { orderNumber } from './order-number.ts';
import { firstQuote, type Refused } from './quote.ts';
import { draftOrderStep } from './take-order-step.ts';

export type DraftOrderOutcome = { readonly kind: 'drafted'; readonly order: Order } | Refused;

export interface DraftOrderRequest {
  readonly shop: Shop;
  /** Neither: nobody is known yet, and the bill goes out as a link. */
  readonly buyer?: Person;
  readonly address?: Address;
  readonly wish: Wish;
  /** The event or request that made it: makes the order's id. */
  readonly madeBy: string;
  readonly source?: Order['source'];
  readonly payBeforeMs?: number;
  /** The shop's words on a bill that it sends. */
  readonly noteOfShop?: string;
}

type DraftWorld = Pick<World, 'orders' | 'products' | 'ids' | 'clock' | 'settings'>;

/** More numbers taken in a row than this is no coincidence. */
const mostSalts = 8;

export async function draftOrder(
  world: DraftWorld,
  wanted: DraftOrderRequest,
): Promise<DraftOrderOutcome> {
  const { shop, wish } = wanted;
  const products = await productsOf(world, shop, wish);
  const quoted = firstQuote(shop, products, { wish, nowMs: world.clock.now() });
  if (quoted.kind === 'refused') return quoted;
  const id = world.ids.derived('ord', shop.id, wanted.madeBy);
  for (let salt = 0; salt < mostSalts; salt += 1) {
    const order = await commitDraft(
      world,
      newDraft(world, wanted, { id, salt, bill: quoted.bill }),
    );
    if (order !== undefined) return { kind: 'drafted', order };
  }
  throw new Error(`Order ${id} finds no free number.`);
}

/** All that a wish names and the shop has. */
export async function productsOf(
  world: Pick<World, 'products'>,
  shop: Pick<Shop, 'id'>,
  { lines }: Wish,
): Promise<ReadonlyMap<ProductId, Product>> {
  const ids = [...new Set(lines.map(({ productId }) => productId))].slice(0, 100);
  const products = ids.length === 0 ? [] : await world.products.byIds(shop.id, ids);
  return new Map(products.map((product) => [product.id, product]));
}

/** Undefined when its number is another order's. A message handled twice finds the draft that it made. */
async function commitDraft(world: DraftWorld, draft: Order): Promise<Order | undefined> {
  const actor = draft.source === 'payment_request' ? 'shop' : 'buyer';
  const { settings } = world;
  const change = draftOrderStep(draft, { actor, nowMs: draft.createdAtMs, settings });
  const committed = await world.orders.commit(change);
  if (committed.kind === 'done') return change.order;
  const order = await world.orders.get(draft.id);
  if (order !== undefined || committed.kind === 'number_taken') return order;
  throw new Error(`Order ${draft.id} conflicts with nothing.`);
}

function newDraft(
  world: DraftWorld,
  wanted: DraftOrderRequest,
  { id, salt, bill }: { readonly id: OrderId; readonly salt: number; readonly bill: Bill },
): Order {
  const { shop, buyer, address, wish, source = 'cart' } = wanted;
  const nowMs = world.clock.now();
  const payBeforeMs =
    wanted.payBeforeMs ?? (source === 'cart' ? undefined : nowMs + paymentRequestLifeMs);
  const sent =
    source === 'cart' || payBeforeMs === undefined ? undefined : sentBill(wanted, payBeforeMs);
  return {
    id,
    version: 0,
    state: 'draft',
    number: orderNumber(id, salt),
    shopId: shop.id,
    buyerId: buyer?.id ?? world.ids.derived('per', id, 'nobody'),
    ...(address === undefined ? {} : { address }),
    buyerName: buyer === undefined ? nobodysName : (buyer.name ?? nameAndHandle(buyer)),
    wish,
    bill,
    fee: percentOf(bill.total, shop.feePercent),
    attempt: 1,
    trail: {},
    isStockReserved: false,
    refunds: [],
    source,
    asked: 0,
    createdAtMs: nowMs,
    ...(payBeforeMs === undefined ? {} : { payBeforeMs }),
    ...(sent === undefined ? {} : { sent }),
  };
}

/** Until it is paid, and the provider's page has asked for a name. */
export const nobodysName = 'Whoever has the link';

function sentBill({ buyer, noteOfShop }: DraftOrderRequest, endsAtMs: number): SentBill {
  return {
    endsAtMs,
    isByLink: buyer === undefined,
    ...(noteOfShop === undefined ? {} : { note: noteOfShop }),
  };
}
