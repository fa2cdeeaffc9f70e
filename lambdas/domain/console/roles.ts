// What each role of a shop's team may do in its console.
import type { Role } from '../shops/shop.ts';

const rank: Readonly<Record<Role, number>> = { reader: 0, staff: 1, owner: 2 };

/** Whoever may more, may also less. */
export function mayActAs(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
