// Makes, rolls and revokes the keys of a shop; the only moments at which a key is seen whole.
import type { ShopId } from '../shops/shop.ts';
import type { World } from '../world.ts';
import { type ApiKey, type ApiKeyId, type Scope, writeKey } from './api-key.ts';
import { secretOfForm, showAgainMs } from './form-secret.ts';
import type { MerchantWorld } from './ports.ts';

type KeyWorld = Pick<World, 'clock' | 'ids' | 'tokens' | 'settings'> &
  Pick<MerchantWorld, 'apiKeys'>;

/** `text` is the key itself: to be shown once. */
export interface ShownKey {
  readonly kind: 'made';
  readonly key: ApiKey;
  readonly text: string;
}

/** More than anybody needs, and few enough to look through. */
export const mostKeys = 20;

/** Long enough to bring the new key to every place that has the old one. */
export const longestOverlapMs = 7 * 24 * 60 * 60 * 1000;

/**
 * `madeBy` is what was pressed: pressed twice makes one key. With the form's `seed` both presses see its text, for a
 * moment; else only the first one does.
 */
export async function makeApiKey(
  world: KeyWorld,
  asked: {
    readonly shopId: ShopId;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly madeBy: string;
    readonly seed?: string;
  },
): Promise<ShownKey | { readonly kind: 'too_many' | 'made_already' }> {
  const id = world.ids.derived('key', asked.shopId, asked.madeBy);
  const secret = newSecret(world, asked.seed);
  const present = await world.apiKeys.ofShop(asked.shopId);
  const before = present.find((each) => each.id === id);
  if (before !== undefined) return shownAgain(world, before, { secret, version: 1 }) ?? madeAlready;
  const usable = present.filter(({ revokedAtMs }) => revokedAtMs === undefined);
  if (usable.length >= mostKeys) return { kind: 'too_many' };
  const key: ApiKey = {
    id,
    version: 1,
    shopId: asked.shopId,
    name: asked.name,
    scopes: asked.scopes,
    fingerprint: world.tokens.fingerprint(secret),
    createdAtMs: world.clock.now(),
  };
  if ((await world.apiKeys.save(key)) === 'saved')
    return { kind: 'made', key, text: textOf(world, key, secret) };
  // The other press was first.
  const made = await world.apiKeys.get(id);
  return shownAgain(world, made, { secret, version: 1 }) ?? madeAlready;
}

const madeAlready = { kind: 'made_already' } as const;

function newSecret(world: KeyWorld, seed: string | undefined): string {
  return seed === undefined ? world.tokens.newToken() : secretOfForm(world.tokens, seed);
}

/** The same key once more, where this very form made it a moment ago and nothing has changed it since. */
function shownAgain(
  world: KeyWorld,
  key: ApiKey | undefined,
  { secret, version }: { readonly secret: string; readonly version: number },
): ShownKey | undefined {
  if (key === undefined || key.version !== version) return undefined;
  const isRecent = world.clock.now() - (key.rolledAtMs ?? key.createdAtMs) < showAgainMs;
  if (!isRecent || world.tokens.fingerprint(secret) !== key.fingerprint) return undefined;
  return { kind: 'made', key, text: textOf(world, key, secret) };
}

/**
 * A new secret under the same id; the old one opens for `overlapMs` more. Whatever was older is over at once: so
 * `version` is the one that whoever rolls it has seen, and pressed twice it is rolled once.
 */
export async function rollApiKey(
  world: KeyWorld,
  asked: {
    readonly shopId: ShopId;
    readonly keyId: ApiKeyId;
    readonly overlapMs: number;
    readonly version?: number;
    readonly seed?: string;
  },
): Promise<ShownKey | { readonly kind: 'unknown' | 'moved' }> {
  const key = await usableKey(world, asked);
  if (key === undefined) return { kind: 'unknown' };
  const secret = newSecret(world, asked.seed);
  const next = { secret, version: (asked.version ?? key.version) + 1 };
  if (asked.version !== undefined && asked.version !== key.version)
    return shownAgain(world, key, next) ?? moved;
  const nowMs = world.clock.now();
  const overlapMs = Math.min(Math.max(asked.overlapMs, 0), longestOverlapMs);
  const rolled: ApiKey = {
    ...key,
    version: key.version + 1,
    fingerprint: world.tokens.fingerprint(secret),
    previous: { fingerprint: key.fingerprint, validUntilMs: nowMs + overlapMs },
    rolledAtMs: nowMs,
  };
  if ((await world.apiKeys.save(rolled)) === 'saved')
    return { kind: 'made', key: rolled, text: textOf(world, rolled, secret) };
  const now = await usableKey(world, asked);
  return shownAgain(world, now, next) ?? moved;
}

const moved = { kind: 'moved' } as const;

/** For good and at once, its former self too. */
export async function revokeApiKey(
  world: KeyWorld,
  asked: { readonly shopId: ShopId; readonly keyId: ApiKeyId },
): Promise<'revoked' | 'unknown' | 'moved'> {
  const key = await usableKey(world, asked);
  if (key === undefined) return 'unknown';
  const revoked = { ...key, version: key.version + 1, revokedAtMs: world.clock.now() };
  return (await world.apiKeys.save(revoked)) === 'saved' ? 'revoked' : 'moved';
}

async function usableKey(
  world: KeyWorld,
  { shopId, keyId }: { readonly shopId: ShopId; readonly keyId: ApiKeyId },
): Promise<ApiKey | undefined> {
  const key = await world.apiKeys.get(keyId);
  return key?.shopId === shopId && key.revokedAtMs === undefined ? key : undefined;
}

function textOf(world: KeyWorld, key: ApiKey, secret: string): string {
  return writeKey({ isLive: world.settings.live, id: key.id, secret });
}
