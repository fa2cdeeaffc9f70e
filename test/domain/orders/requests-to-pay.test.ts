// A bill that the shop sends: it stands for a day or as long as the shop says, and is paid like any other.
import { describe, expect, it } from 'vitest';
import { draftOrder } from '../../../lambdas/domain/orders/draft-order.ts';
import { applyProviderEvent } from '../../../lambdas/domain/payments/apply-provider-event.ts';
import { dayMs, hourMs, minuteMs } from '../../builders/scenes.ts';
import { aWish, openShopTown, type ShopTown } from '../../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../../builders/shop-town/shop-buyer.ts';

async function requested(town: ShopTown, payBeforeMs?: number) {
  const ann = aBuyer(town);
  const drafted = await draftOrder(town.world, {
    shop: await town.shop(),
    buyer: ann.person,
    address: { pageId: '2000', psid: '7' },
    wish: aWish(),
    madeBy: 'form_1',
    source: 'payment_request',
    ...(payBeforeMs === undefined ? {} : { payBeforeMs }),
  });
  if (drafted.kind === 'refused') throw new Error(drafted.why);
  return { ann, id: drafted.order.id };
}

describe('a request to pay', () => {
  it('stands for a day where the shop does not say, and then runs out', async () => {
    const town = await openShopTown();
    const { id } = await requested(town);

    await town.later(dayMs - minuteMs);
    expect((await town.order(id)).state).toBe('draft');
    await town.later(minuteMs);

    expect((await town.order(id)).state).toBe('expired');
  });

  it('stands as long as the shop says, and was made by the shop', async () => {
    const town = await openShopTown();
    const { id } = await requested(town, town.time.nowMs + 3 * dayMs);

    await town.later(2 * dayMs);

    expect((await town.order(id)).state).toBe('draft');
    const [drafted] = await town.world.orders.journalOf(id);
    expect(drafted).toMatchObject({ step: 'drafted', actor: 'shop' });
  });

  it('is paid at its last minute, with as long at Checkout as everybody has', async () => {
    const town = await openShopTown();
    const { ann, id } = await requested(town, town.time.nowMs + hourMs);
    await town.later(59 * minuteMs);

    const outcome = await ann.pressesPay(id);

    if (outcome.kind !== 'redirect') throw new Error(outcome.kind);
    await town.later(30 * minuteMs);
    expect(town.provider.hands.payAt(outcome.url)).toBe(true);
    await town.settle();
    expect((await town.order(id)).state).toBe('paid');
    await town.checkBooks(true);
  });
});

describe('news of an account', () => {
  it.each([
    { accountId: 'acct_joe', settled: 'applied' },
    { accountId: 'acct_nobody', settled: 'unknown_object' },
  ])('that is no recipient’s may be a shop’s: $accountId', async ({ accountId, settled }) => {
    const town = await openShopTown();
    town.provider.books.accounts.set('acct_joe', { shopId: 'shp_joe', status: 'restricted' });

    const event = { kind: 'recipient_changed', accountId } as const;
    const how = await applyProviderEvent(town.world, { eventId: 'evt_a', event, deliveries: 1 });

    expect(how).toBe(settled);
    expect((await town.shop()).account?.status).toBe(
      settled === 'applied' ? 'restricted' : 'active',
    );
  });
});
