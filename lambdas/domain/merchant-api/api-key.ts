// An API key: what a merchant's own programs show to act for one shop, and what each is allowed to.
import type { Tokens } from '../ports.ts';
import type { ShopId } from '../shops/shop.ts';

export type ApiKeyId = `key_${string}`;

export const scopes = [
  'products:read',
  'products:write',
  'orders:read',
  'orders:write',
  'payment-requests:read',
  'payment-requests:write',
  'refunds:read',
  'refunds:write',
  'webhooks:read',
  'webhooks:write',
  'events:read',
] as const;

export type Scope = (typeof scopes)[number];

export interface ApiKey {
  readonly id: ApiKeyId;
  readonly version: number;
  readonly shopId: ShopId;
  /** The merchant's own word for it, such as "cash desk". */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** One-way, of the secret part: the key itself is shown once and kept nowhere. */
  readonly fingerprint: string;
  /** What the key was before it was rolled; good until then. */
  readonly previous?: { readonly fingerprint: string; readonly validUntilMs: number };
  /** The day on which it last opened something, such as `2026-11-22`, in UTC. */
  readonly lastUsedOn?: string;
  readonly createdAtMs: number;
  readonly rolledAtMs?: number;
  readonly revokedAtMs?: number;
}

export interface KeyParts {
  readonly isLive: boolean;
  readonly id: ApiKeyId;
  readonly secret: string;
}

const shape = /^tsk_(?<mode>live|test)_(?<id>[a-z2-7]{20})_(?<secret>[\w-]{43})$/u;

/** `tsk_test_<id>_<secret>`: the id finds it, so the secret is never looked up by. */
export function writeKey({ isLive, id, secret }: KeyParts): string {
  return `tsk_${isLive ? 'live' : 'test'}_${id.slice('key_'.length)}_${secret}`;
}

export function readKey(text: string): KeyParts | undefined {
  const parts = shape.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { mode = '', id = '', secret = '' } = parts;
  return { isLive: mode === 'live', id: `key_${id}`, secret };
}

/** Whether some text has a key in it, or the beginning of one: such text is neither echoed nor logged. */
export function hasKey(text: string): boolean {
  return /tsk_(?:live|test)_[\w-]{8}/u.test(text);
}

/** Whether `secret` opens the key now. */
export function opens(
  key: ApiKey,
  secret: string,
  { tokens, nowMs }: { readonly tokens: Pick<Tokens, 'fingerprint'>; readonly nowMs: number },
): boolean {
  if (key.revokedAtMs !== undefined) return false;
  const fingerprint = tokens.fingerprint(secret);
  // Comparing digests of 256 random bits: how long it takes tells nothing that helps to guess.
  if (fingerprint === key.fingerprint) return true;
  return key.previous?.fingerprint === fingerprint && nowMs < key.previous.validUntilMs;
}
