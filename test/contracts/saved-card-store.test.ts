// What every store of saved cards does: one card a buyer and shop, and never another's.
import { beforeAll, describe, expect, it } from 'vitest';
import type { SavedCard, SavedCardStore } from '../../lambdas/domain/orders/ports.ts';
import { aPersonId } from '../builders/payments.ts';
import { aShopId } from '../builders/shops.ts';
import { openStores, storeKinds } from './open-stores.ts';

const aCard = (changes: Partial<SavedCard> = {}): SavedCard => ({
  shopId: aShopId(),
  buyerId: aPersonId(),
  customerId: 'cus_1',
  instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
  ...changes,
});

describe.each(storeKinds)('saved cards %s', (kind) => {
  let savedCards: SavedCardStore;
  beforeAll(async () => {
    ({ savedCards } = await openStores(kind));
  });

  it('keeps the last card of a buyer at a shop', async () => {
    const card = aCard();
    const newer = {
      ...card,
      orderMadeAtMs: 7,
      instrument: { id: 'pm_2', brand: 'mastercard', last4: '5454' },
    };
    for (const each of [card, card, newer]) await savedCards.save(each);

    expect(await savedCards.of(card.shopId, card.buyerId)).toEqual(newer);
  });

  it('knows no card at another shop, nor of another buyer', async () => {
    const card = aCard();
    await savedCards.save(card);

    expect(await savedCards.of(aShopId(), card.buyerId)).toBeUndefined();
    expect(await savedCards.of(card.shopId, aPersonId())).toBeUndefined();
    expect(await savedCards.of(`${card.shopId}#`, card.buyerId)).toBeUndefined();
    expect(await savedCards.of(card.shopId, `per_${'x'.repeat(5000)}`)).toBeUndefined();
  });

  it('forgets one card and no other, twice if need be', async () => {
    const card = aCard();
    const elsewhere = aCard({ buyerId: card.buyerId });
    for (const each of [card, elsewhere]) await savedCards.save(each);

    await savedCards.forget(card.shopId, card.buyerId);
    await savedCards.forget(card.shopId, card.buyerId);

    expect(await savedCards.of(card.shopId, card.buyerId)).toBeUndefined();
    expect(await savedCards.of(elsewhere.shopId, card.buyerId)).toEqual(elsewhere);
  });
});
