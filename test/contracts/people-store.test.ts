// What every PeopleStore does: one person an address, one person a handle, and names that are found only if wanted.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Link, LinkStore } from '../../lambdas/domain/links/link.ts';
import { nameKeyOf } from '../../lambdas/domain/people/name-keys.ts';
import type { Person } from '../../lambdas/domain/people/person.ts';
import type { PeopleStore } from '../../lambdas/domain/people/ports.ts';
import { aMember, anAddress, aPerson, nextNumber } from '../builders/people.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('people %s', (kind) => {
  let people: PeopleStore;
  let links: LinkStore;
  beforeAll(async () => {
    ({ people, links } = await openStores(kind));
  });

  const created = async <Created extends Person>(person: Created): Promise<Created> => {
    expect(await people.create(person)).toBe('saved');
    return person;
  };
  const changed = (person: Person, changes: Partial<Person>): Person => ({
    ...person,
    ...changes,
    version: person.version + 1,
  });

  it('finds a person by id, address and handle, with all that was written', async () => {
    const second = anAddress();
    const bob = aMember({
      addresses: [anAddress(), second],
      customerId: 'cus_1',
      instruments: [{ id: 'pm_1', brand: 'visa', last4: '4242' }],
      recipientAccount: { accountId: 'acct_1', status: 'ready' },
      stoppedAtMs: 1,
      deletionRequestedAtMs: 2,
    });
    await created(bob);

    expect(await people.byId(bob.id)).toEqual(bob);
    expect(await people.byAddress(second)).toEqual(bob);
    expect(await people.byHandle(bob.handle)).toEqual(bob);
    expect(await people.byIds([bob.id, bob.id, 'per_nobody'])).toEqual([bob]);
  });

  it('finds nobody where nobody is', async () => {
    expect(await people.byId('per_nobody')).toBeUndefined();
    expect(await people.byAddress({ pageId: '1000', psid: 'nobody' })).toBeUndefined();
    expect(await people.byHandle('nobody')).toBeUndefined();
    expect(await people.byNameKey('nobody', 5)).toEqual([]);
    expect(await people.byIds([])).toEqual([]);
  });

  it('does not take one address for another that reads the same when joined', async () => {
    const one = await created(aPerson({ addresses: [{ pageId: '1:2', psid: '3' }] }));
    const other = await created(aPerson({ addresses: [{ pageId: '1', psid: '2:3' }] }));

    expect((await people.byAddress({ pageId: '1:2', psid: '3' }))?.id).toBe(one.id);
    expect((await people.byAddress({ pageId: '1', psid: '2:3' }))?.id).toBe(other.id);
  });

  it('lets one of twenty have an address that all ask for at once', async () => {
    const address = anAddress();
    const racers = Array.from({ length: 20 }, () => aPerson({ addresses: [address] }));

    const outcomes = await Promise.all(racers.map((racer) => people.create(racer)));

    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const winner = racers[outcomes.indexOf('saved')];
    expect(await people.byAddress(address)).toEqual(winner);
    for (const loser of racers.filter((racer) => racer !== winner)) {
      expect(await people.byId(loser.id)).toBeUndefined();
    }
  });

  it('writes nothing of a person one of whose addresses is taken', async () => {
    const taken = await created(aPerson());
    const free = anAddress();
    const late = aPerson({ addresses: [free, ...taken.addresses] });

    expect(await people.create(late)).toBe('conflict');
    expect(await people.byAddress(free)).toBeUndefined();
  });

  it('saves over the version before and over no other', async () => {
    const ann = await created(aPerson());
    const second = changed(ann, { level: 'known' });
    expect(await people.save(second, ann)).toBe('saved');

    expect(await people.save(changed(ann, { level: 'verified' }), ann)).toBe('conflict');
    expect(await people.byId(ann.id)).toEqual(second);
    await expect(people.save(changed(second, {}), ann)).rejects.toThrow('does not follow');
  });

  it('lets one of twenty saves win, also when all want the same', async () => {
    const ann = await created(aPerson());
    const same = changed(ann, { level: 'known' });

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => people.save(same, ann)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
  });

  it('gives a handle to one of those who choose it at once', async () => {
    const racers = await Promise.all(Array.from({ length: 8 }, () => created(aPerson())));

    const outcomes = await Promise.all(
      racers.map((racer) => people.save(changed(racer, { handle: `race-${kind}` }), racer)),
    );

    expect(sorted(outcomes)).toEqual([...Array<string>(7).fill('handle_taken'), 'saved']);
    const winner = racers[outcomes.indexOf('saved')];
    expect((await people.byHandle(`race-${kind}`))?.id).toBe(winner?.id);
  });

  it('keeps all as it was when a handle is taken', async () => {
    const owner = await created(aMember());
    const ann = await created(aMember());
    const wish = changed(ann, { handle: owner.handle, name: 'Ann Hill' });

    expect(await people.save(wish, ann)).toBe('handle_taken');
    expect(await people.byId(ann.id)).toEqual(ann);
    expect((await people.byHandle(owner.handle))?.id).toBe(owner.id);
  });

  it('calls it a conflict when the person moved on and the handle is taken too', async () => {
    const owner = await created(aMember());
    const ann = await created(aMember());
    await people.save(changed(ann, { level: 'known' }), ann);

    expect(await people.save(changed(ann, { handle: owner.handle }), ann)).toBe('conflict');
  });

  it('lets a handle go when its owner takes another', async () => {
    const ann = await created(aMember());
    const renamed = changed(ann, { handle: `${ann.handle}-new` });
    expect(await people.save(renamed, ann)).toBe('saved');

    expect(await people.byHandle(ann.handle)).toBeUndefined();
    expect(await people.byHandle(`${ann.handle}-new`)).toEqual(renamed);
    await created(aMember({ handle: ann.handle }));
    // The new owner's handle is not swept away by another change of the old one.
    expect(await people.save(changed(renamed, { level: 'known' }), renamed)).toBe('saved');
    expect((await people.byHandle(ann.handle))?.id).not.toBe(ann.id);
  });

  it('finds by full and by first name, however it is written, and only who wants to be found', async () => {
    const name = `José ${kind === 'in memory' ? 'Núñez' : 'Ñandú'}`;
    const jose = await created(aMember({ name }));
    await created(aMember({ name, findableByName: false }));

    const ids = async (text: string) =>
      (await people.byNameKey(nameKeyOf(text), 10)).map(({ id }) => id);
    expect(await ids('JOSE')).toEqual([jose.id]);
    expect(await ids(name.toUpperCase())).toEqual([jose.id]);
    expect(await ids(name.split(' ')[1] ?? '')).toEqual([]);

    const hidden = changed(jose, { findableByName: false });
    expect(await people.save(hidden, jose)).toBe('saved');
    expect(await ids('jose')).toEqual([]);
  });

  it('follows a new name', async () => {
    const before = await created(aMember({ name: 'Maria Old' }));
    const after = changed(before, { name: 'Maria New' });
    expect(await people.save(after, before)).toBe('saved');

    expect(await people.byNameKey('maria old', 5)).toEqual([]);
    expect(await people.byNameKey('maria new', 5)).toEqual([after]);
    expect((await people.byNameKey('maria', 5)).map(({ id }) => id)).toEqual([before.id]);
  });

  it('finds at most as many of one name as asked for', async () => {
    await Promise.all(Array.from({ length: 6 }, () => created(aMember({ name: 'Popular Name' }))));

    expect(await people.byNameKey('popular name', 4)).toHaveLength(4);
  });

  it.each([
    ['emoji and right-to-left letters in a name', '👩‍👩‍👧 مريم ‏שלום'],
    ['a null byte in a name', 'Bo\u0000b'],
    ['a name of 5,000 letters', 'n'.repeat(5000)],
  ])('keeps %s', async (_what, name) => {
    const person = await created(aMember({ name }));

    expect(await people.byId(person.id)).toEqual(person);
    expect((await people.byNameKey(nameKeyOf(name), 99)).map(({ id }) => id)).toContain(person.id);
  });

  describe('two who are joined', () => {
    const aLink = (changes: Partial<Link> = {}): Link => ({
      fingerprint: `join${nextNumber()}`,
      version: 1,
      purpose: { kind: 'join', shopId: 'shp_joe', joinerId: 'per_ann' },
      personId: 'per_ann_at_joes',
      address: anAddress(),
      createdAtMs: 1000,
      expiresAtMs: 2000,
      ...changes,
    });
    const pair = async () => {
      const customer = await created(aPerson({ findableByName: true, name: 'Ann Hill' }));
      const member = await created(aMember({ name: 'Ann Hill' }));
      const link = aLink();
      await links.save(link);
      const one = {
        person: changed(customer, { joinedTo: { personId: member.id, atMs: 7 } }),
        before: customer,
      };
      const joined = [{ shopId: 'shp_joe', personId: customer.id }] as const;
      return {
        one,
        other: { person: changed(member, { joined }), before: member },
        link: { ...link, version: 2, usedAtMs: 1500 },
      };
    };

    it('are written with their link, and found as before', async () => {
      const { one, other, link } = await pair();
      expect(await people.saveBoth(one, other, link)).toBe('saved');

      expect(await people.byId(one.person.id)).toEqual(one.person);
      expect(await links.get(link.fingerprint)).toEqual(link);
      for (const address of one.person.addresses)
        expect((await people.byAddress(address))?.id).toBe(one.person.id);
      expect((await people.byHandle(other.before.handle ?? ''))?.id).toBe(other.person.id);
    });

    it('are joined by one of twenty who try at once', async () => {
      const { one, other, link } = await pair();

      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => people.saveBoth(one, other, link)),
      );

      expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'saved']);
    });

    it.each(['one', 'other', 'link'] as const)(
      'are left as they were when the %s has moved on',
      async (which) => {
        const { one, other, link } = await pair();
        if (which === 'link') await links.save(link);
        else {
          const { before } = which === 'one' ? one : other;
          await people.save(changed(before, { level: 'known' }), before);
        }
        const stood = [await people.byId(one.person.id), await people.byId(other.person.id)];

        expect(await people.saveBoth(one, other, link)).toBe('conflict');

        const stand = [await people.byId(one.person.id), await people.byId(other.person.id)];
        expect(stand).toEqual(stood);
        const { usedAtMs } = (await links.get(link.fingerprint)) ?? {};
        expect(usedAtMs).toBe(which === 'link' ? 1500 : undefined);
      },
    );

    it('come apart without a link', async () => {
      const { one, other, link } = await pair();
      await people.saveBoth(one, other, link);
      const { joinedTo: _joined, ...alone } = one.person;
      const apart = [
        { person: { ...alone, version: 3 }, before: one.person },
        { person: changed(other.person, { joined: [] }), before: other.person },
      ] as const;

      expect(await people.saveBoth(...apart)).toBe('saved');
      expect(await people.byId(one.person.id)).toEqual(apart[0].person);
      expect(await people.byId(other.person.id)).toEqual(apart[1].person);
    });
  });

  it('replaces half a surrogate pair, which no table can hold', async () => {
    const person = await created(aMember({ name: 'Bo\ud83db' }));

    expect((await people.byId(person.id))?.name).toBe('Bo\ufffdb');
  });

  it('refuses clearly what is larger than any item may be', async () => {
    const person = aMember({ name: 'n'.repeat(410_000) });

    await expect(people.create(person)).rejects.toThrow(/Person of 41\d{4} bytes/);
    expect(await people.byId(person.id)).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['one that looks like a key', 'HANDLE#x#y'],
    ['one that looks like a path', '../x'],
    ['an emoji', '😀'],
    ['one with spaces', 'a b\tc'],
    ['one that no key could hold', 'x'.repeat(3000)],
  ])('takes a handle that is %s for what it is', async (_what, handle) => {
    const person = await created(aMember({ handle, findableByName: false }));

    expect(await people.byHandle(handle)).toEqual(person);
    expect(await people.byHandle(`${handle} `)).toBeUndefined();
  });

  it('hands out what nobody can change behind its back', async () => {
    const person = await created(aMember());

    const read = await people.byId(person.id);
    try {
      Object.assign(read ?? {}, { level: 'verified' });
    } catch {
      // A frozen copy refuses; an unfrozen one is not the stored one.
    }

    expect(await people.byId(person.id)).toEqual(person);
  });
});
