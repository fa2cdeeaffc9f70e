// What opens an order's page: the key in the thread's button, or, back from Stripe and from banks, the browser that went there with it.
import type { LinkFor } from '../lambdas/domain/links/open-link.ts';
import type { OrderId } from '../lambdas/domain/orders/order.ts';
import type { PageRequest, PageWorld } from './page-world.ts';

export function isOrderId(token: string): token is OrderId {
  return /^ord_[a-z0-9]{1,60}$/u.test(token);
}

/**
 * The order's own address is the same for ever, as what Stripe is asked for under one idempotency key must be, and holds no
 * key. Together with the secret mark of the browser that paid it is one.
 */
export function keyIn({ token, browser }: Pick<PageRequest, 'token' | 'browser'>): string {
  return isOrderId(token) && browser !== undefined ? `${token}.${browser}` : token;
}

/** Before the browser leaves for Stripe's page or a bank's: it will come back to the order's own address. */
export async function letBrowserReturn(
  world: PageWorld,
  { token, browser }: PageRequest,
  link: LinkFor<'order'>,
): Promise<void> {
  if (browser === undefined || isOrderId(token)) return;
  // There already, where Pay was pressed before.
  await world.links.save({
    ...link,
    version: 1,
    fingerprint: world.tokens.fingerprint(keyIn({ token: link.purpose.orderId, browser })),
    boundTo: world.tokens.fingerprint(browser),
  });
}
