// Which shop a call is made for: told by the key in its Authorization header, and by nothing else.
import type { World } from '../world.ts';
import { type ApiKey, opens, readKey } from './api-key.ts';
import type { MerchantWorld } from './ports.ts';

export type Authenticated =
  | { readonly kind: 'known'; readonly key: ApiKey }
  | { readonly kind: 'refused'; readonly why: 'no_key' | 'malformed' | 'wrong_mode' | 'not_valid' };

/** Unknown, revoked and rolled keys look the same from outside. */
export async function authenticate(
  world: Pick<World, 'clock' | 'tokens' | 'settings'> & Pick<MerchantWorld, 'apiKeys'>,
  authorization: string | undefined,
): Promise<Authenticated> {
  if (authorization === undefined || authorization === '') {
    return { kind: 'refused', why: 'no_key' };
  }
  const given = /^bearer +(?<key>\S+)$/iu.exec(authorization)?.groups?.['key'];
  const parts = given === undefined ? undefined : readKey(given);
  if (parts === undefined) return { kind: 'refused', why: 'malformed' };
  if (parts.isLive !== world.settings.live) return { kind: 'refused', why: 'wrong_mode' };
  const key = await world.apiKeys.get(parts.id);
  const nowMs = world.clock.now();
  if (key === undefined || !opens(key, parts.secret, { tokens: world.tokens, nowMs })) {
    return { kind: 'refused', why: 'not_valid' };
  }
  // A write a day, whatever the number of calls.
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (key.lastUsedOn !== today) await world.apiKeys.noteUse(key.id, today);
  return { kind: 'known', key };
}
