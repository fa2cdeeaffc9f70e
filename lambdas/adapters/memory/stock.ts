// The twin of the stock store, and the shelf that the twin of the orders takes from in the same step.
import type { StockStore } from '../../domain/shops/ports.ts';
import type { ProductId } from '../../domain/shops/product.ts';
import type { ShopId } from '../../domain/shops/shop.ts';
import { newShelf, type Shelf } from './shelf.ts';

export type StockShelf = Shelf<{ readonly level: number }>;

export function newStockShelf(): StockShelf {
  return newShelf('Stock');
}

export function memoryStock(shelf: StockShelf = newStockShelf()): StockStore {
  return {
    async levels(shopId, ids) {
      const levels = new Map<ProductId, number>();
      for (const id of ids) {
        const counted = shelf.get(shopId, id);
        if (counted !== undefined) levels.set(id, counted.level);
      }
      return levels;
    },
    async set(shopId, id, level) {
      if (level === undefined) shelf.remove(shopId, id);
      else shelf.put({ level }, shopId, id);
    },
  };
}

export interface StockDelta {
  readonly productId: ProductId;
  readonly delta: number;
}

/** What there is too little of; nothing is taken then. What is not counted is never too little, and stays uncounted. */
export function moveStock(
  shelf: StockShelf,
  shopId: ShopId,
  deltas: readonly StockDelta[],
): ProductId[] {
  const totals = new Map<ProductId, number>();
  for (const { productId, delta } of deltas) {
    totals.set(productId, (totals.get(productId) ?? 0) + delta);
  }
  const after = [...totals].flatMap(([productId, delta]) => {
    const counted = shelf.get(shopId, productId);
    return counted === undefined ? [] : [{ productId, delta, level: counted.level + delta }];
  });
  const short = after.filter(({ delta, level }) => delta < 0 && level < 0);
  if (short.length > 0) return short.map(({ productId }) => productId);
  for (const { productId, level } of after) shelf.put({ level }, shopId, productId);
  return [];
}
