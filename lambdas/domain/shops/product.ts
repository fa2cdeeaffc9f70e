// A product: one thing that a shop sells, its price and the choices a buyer has.
import type { Money } from '../money/money.ts';
import type { ShopId } from './shop.ts';

export type ProductId = `prd_${string}`;

/** Whether it is shaped like one, as payloads, links and forms carry it; whether it exists, the store knows. */
export function isProductId(text: string): text is ProductId {
  return /^prd_[\w-]{1,80}$/u.test(text);
}

/** "Size": one choice of several; the first is what is meant when nothing is said. */
export interface ProductOption {
  readonly name: string;
  readonly choices: readonly {
    readonly name: string;
    /** On top of the price; zero for most. */
    readonly extra: Money;
  }[];
}

export interface Product {
  readonly id: ProductId;
  readonly shopId: ShopId;
  readonly version: number;
  readonly name: string;
  readonly description?: string;
  /** https, shown in carousels and receipts. */
  readonly imageUrl?: string;
  readonly category: string;
  /** The merchant's own number for it. */
  readonly sku?: string;
  readonly price: Money;
  readonly options: readonly ProductOption[];
  /** Off: kept, and sold no more. */
  readonly isActive: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** At most so many options of a product, and choices of an option: what fits quick replies. */
export const mostOptions = 4;
export const mostChoices = 11;
