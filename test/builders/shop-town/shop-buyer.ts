// Somebody who buys at Joe's: makes an order, presses Pay with the bill that they saw, fills in the provider's pages.
import { billSeen } from '../../../lambdas/domain/orders/bill-seen.ts';
import { checkOut, type CheckOutOutcome } from '../../../lambdas/domain/orders/check-out.ts';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import type { Order, OrderId, Wish } from '../../../lambdas/domain/orders/order.ts';
import type { Person } from '../../../lambdas/domain/people/person.ts';
import { aPerson } from '../people.ts';
import { aWish, type ShopTown } from './open-shop-town.ts';
import type { CardName } from './provider-books.ts';

export interface ShopBuyer {
  readonly person: Person;
  /** A draft; a wish of their own unless one is given. */
  orders(wish?: Partial<Wish>, madeBy?: string): Promise<Order>;
  /** Presses Pay, having seen the order as it stands or as `seen` says. */
  pressesPay(
    id: OrderId,
    how?: { by?: 'checkout' | 'saved_card'; seen?: string },
  ): Promise<CheckOutOutcome>;
  /** All the way: Pay, Checkout's page, and whatever comes by itself. */
  buys(wish?: Partial<Wish>, how?: { card?: CardName; keep?: boolean }): Promise<Order>;
}

export function urlsFor(id: OrderId) {
  const here = `https://tender.example/order/${id}`;
  return { success: `${here}/return`, cancel: `${here}/cancel`, back: `${here}/return` };
}

export function aBuyer(town: ShopTown): ShopBuyer {
  const person = aPerson({ name: 'Ann Archer' });

  const self: ShopBuyer = {
    person,
    async orders(wish, madeBy = `m_${town.nextNumber()}`) {
      const drafted = await draftOrder(town.running, {
        shop: await town.shop(),
        buyer: person,
        address: { pageId: '2000', psid: '7' },
        wish: aWish(wish),
        madeBy,
      });
      if (drafted.kind === 'refused') throw new Error(`Refused: ${drafted.why}`);
      return drafted.order;
    },
    async pressesPay(id, { by = 'checkout', seen } = {}) {
      const said = seen ?? billSeen(await town.order(id));
      return checkOut(town.running, {
        orderId: id,
        billSeen: said,
        customerWish: by,
        urls: urlsFor(id),
      });
    },
    async buys(wish, how) {
      const { id } = await self.orders(wish);
      const outcome = await self.pressesPay(id);
      if (outcome.kind !== 'redirect') throw new Error(`Led nowhere: ${outcome.kind}`);
      town.provider.hands.payAt(outcome.url, how);
      await town.settle();
      return town.order(id);
    },
  };
  return self;
}
