// Where a shop is asked for its last word before a charge: set, its secret rolled, taken away, and tried with a made-up order.
import { endpointSecret } from '../merchant-api/webhook-endpoint.ts';
import { zero } from '../money/money.ts';
import type { AskedOrder } from '../orders/ports.ts';
import type { Shop } from '../shops/shop.ts';
import { secretOfForm } from '../merchant-api/form-secret.ts';
import type { World } from '../world.ts';
import { changeShop } from './change-shop.ts';

type LastWordSetting = NonNullable<Shop['lastWord']>;
type SettingWorld = Pick<World, 'shops' | 'tokens' | 'clock'>;

/** Both secrets sign for so long after a roll. */
export const overlapMs = 24 * 60 * 60 * 1000;

/** `secret` is there where it was made by this very form: to be shown. The URL has been looked at. */
export async function setLastWord(
  world: SettingWorld,
  shop: Shop,
  asked: { readonly url: string; readonly seed: string },
): Promise<{ readonly secret?: string }> {
  const secret = endpointSecret(secretOfForm(world.tokens, asked.seed));
  const saved = await changeShop(world, shop.id, (now) => ({
    ...now,
    lastWord: { ...(now.lastWord ?? { secret }), url: asked.url },
  }));
  return saved.lastWord?.secret === secret ? { secret } : {};
}

/** Sent twice, the same form rolls once and shows the same secret. Undefined: there is none to roll. */
export async function rollLastWord(
  world: SettingWorld,
  shop: Shop,
  seed: string,
): Promise<LastWordSetting | undefined> {
  const secret = endpointSecret(secretOfForm(world.tokens, seed));
  const saved = await changeShop(world, shop.id, (now) => {
    if (now.lastWord === undefined || now.lastWord.secret === secret) return undefined;
    const validUntilMs = world.clock.now() + overlapMs;
    const previousSecret = { secret: now.lastWord.secret, validUntilMs };
    return { ...now, lastWord: { url: now.lastWord.url, secret, previousSecret } };
  });
  return saved.lastWord;
}

export async function forgetLastWord(world: SettingWorld, shop: Shop): Promise<void> {
  await changeShop(world, shop.id, ({ lastWord: _gone, ...now }) => now);
}

/** As an order looks that nobody has made; it is told to be a test. */
export function sampleOrder(shop: Pick<Shop, 'currency'>, nowMs: number): AskedOrder {
  const none = zero(shop.currency);
  const price = { minor: 500, currency: shop.currency };
  const line = { choices: [], quantity: 1, name: 'Test', unitPrice: price, amount: price };
  return {
    id: `ord_test${nowMs}`,
    version: 1,
    number: 'TEST',
    attempt: 1,
    wish: { lines: [], handover: { kind: 'pick_up' }, tipPercent: 0 },
    bill: {
      lines: [line],
      goods: price,
      discount: none,
      shipping: none,
      tax: none,
      tip: none,
      total: price,
    },
  };
}
