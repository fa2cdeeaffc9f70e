// The twin of the store of cards kept at shops' accounts.
import type { SavedCard, SavedCardStore } from '../../domain/orders/ports.ts';
import { newShelf } from './shelf.ts';

export function memorySavedCards(): SavedCardStore {
  const cards = newShelf<SavedCard>('SavedCard');
  return {
    of: async (shopId, buyerId) => cards.get(shopId, buyerId),
    save: async (card) => cards.put(card, card.shopId, card.buyerId),
    forget: async (shopId, buyerId) => cards.remove(shopId, buyerId),
  };
}
