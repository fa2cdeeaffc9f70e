// The one place that writes and reads the `ref` of m.me links into a shop's thread.
import { isProductId, type ProductId } from './product.ts';
import type { ShopCommand } from './shop-command.ts';

/** What a link may lead to. */
export type EntryCommand = Extract<
  ShopCommand,
  { kind: 'open_bill' | 'open_product' | 'open_nothing' }
>;

/** All that m.me carries (Meta, "m.me links"): longer ones and other characters are dropped. */
const carried = /^[\w=-]{1,2000}$/u;

/** "b_<token>", "p_prd_…". Throws on characters that m.me drops. */
export function writeShopRef(to: Exclude<EntryCommand, { kind: 'open_nothing' }>): string {
  const ref = to.kind === 'open_bill' ? `b_${to.token}` : `p_${to.productId}`;
  if (!carried.test(ref)) throw new RangeError('A link has characters that m.me drops');
  return ref;
}

/** For a shop to put anywhere. */
export function productLink(pageId: string, productId: ProductId): string {
  return `https://m.me/${pageId}?ref=${writeShopRef({ kind: 'open_product', productId })}`;
}

/** Undefined for another app's ref, such as an advertisement's. */
export function readShopRef(ref: string): EntryCommand | undefined {
  if (!carried.test(ref)) return undefined;
  const token = /^b_(?<token>[\w-]{20,200})$/u.exec(ref)?.groups?.['token'];
  if (token !== undefined) return { kind: 'open_bill', token };
  if (!ref.startsWith('p_')) return ref.startsWith('b_') ? { kind: 'open_nothing' } : undefined;
  const productId = ref.slice('p_'.length);
  return isProductId(productId) ? { kind: 'open_product', productId } : { kind: 'open_nothing' };
}
