// What every store of passkeys does: one that was removed stays removed, and a challenge is taken once.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Passkey, PasskeyChallenge } from '../../lambdas/domain/console/passkey.ts';
import type { PasskeyStore } from '../../lambdas/domain/console/ports.ts';
import { nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

const aPasskey = (changes: Partial<Passkey> = {}): Passkey => ({
  memberId: `mem_${nextNumber()}`,
  credentialId: `c${nextNumber()}`,
  version: 1,
  personId: 'per_joe',
  shopId: 'shp_joe',
  name: 'Phone',
  publicKey: 'a2V5',
  counter: 0,
  createdAtMs: 1000,
  ...changes,
});

const aChallenge = (): PasskeyChallenge => ({
  fingerprint: `f${nextNumber()}`,
  purpose: 'sign_in',
  boundTo: 'b1',
  expiresAtMs: 1000,
});

describe.each(storeKinds)('passkeys %s', (kind) => {
  let passkeys: PasskeyStore;
  beforeAll(async () => {
    ({ passkeys } = await openStores(kind));
  });

  it('finds one by its member and its credential, and by neither alone', async () => {
    const passkey = aPasskey();
    const other = aPasskey();
    expect(await passkeys.save(passkey)).toBe('saved');
    await passkeys.save(other);

    expect(await passkeys.get(passkey.memberId, passkey.credentialId)).toEqual(passkey);
    expect(await passkeys.get(other.memberId, passkey.credentialId)).toBeUndefined();
    expect(await passkeys.get(passkey.memberId, 'x'.repeat(1364))).toBeUndefined();
  });

  it('lists those of a member, with ids of any length, and nobody else’s', async () => {
    const one = aPasskey();
    const long = aPasskey({ memberId: one.memberId, credentialId: 'x'.repeat(1364) });
    for (const each of [one, long, aPasskey()]) await passkeys.save(each);

    const all = await passkeys.ofMember(one.memberId);

    expect(new Set(all)).toEqual(new Set([one, long]));
    expect(await passkeys.ofMember('mem_nobody')).toEqual([]);
  });

  it('notes its use for one of ten who bring the same count', async () => {
    const passkey = aPasskey();
    await passkeys.save(passkey);
    const used = { ...passkey, version: 2, counter: 1, lastUsedAtMs: 2000 };

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => passkeys.save(used)));

    expect(sorted(outcomes)).toEqual([...Array<string>(9).fill('conflict'), 'saved']);
  });

  it('is not added twice, and when removed does not come back by a use noted late', async () => {
    const passkey = aPasskey();
    await passkeys.save(passkey);
    expect(await passkeys.save({ ...passkey, publicKey: 'b3RoZXI' })).toBe('conflict');

    await passkeys.remove(passkey.memberId, passkey.credentialId);
    await passkeys.remove(passkey.memberId, passkey.credentialId);

    expect(await passkeys.get(passkey.memberId, passkey.credentialId)).toBeUndefined();
    expect(await passkeys.save({ ...passkey, version: 2 })).toBe('conflict');
  });

  it('gives a challenge to one of ten who take it', async () => {
    const challenge = aChallenge();
    await passkeys.keepChallenge(challenge);

    const taken = await Promise.all(
      Array.from({ length: 10 }, () => passkeys.takeChallenge(challenge.fingerprint)),
    );

    expect(taken.filter((each) => each !== undefined)).toEqual([challenge]);
    expect(await passkeys.takeChallenge('forged')).toBeUndefined();
  });
});
