// First contact, in whatever order people come: what this is, the terms, a handle, and then what they came for.
import { describe, expect, it } from 'vitest';
import { anOpenClaim, moved, secondMs } from '../../builders/scenes.ts';
import { type Neighbour, openTown, type Town } from '../../builders/town.ts';

async function getStarted(self: Neighbour): Promise<void> {
  await self.does({ kind: 'postback', payload: 'v1:start' });
}

describe('somebody new', () => {
  it('is told what this is, that it is automated, and under which terms, before anything else', async () => {
    const town = openTown();
    const ann = town.person('Ann Archer');

    await ann.says('send $20 to bob');

    expect(ann.heard()[0]).toMatch(/^Hello Ann! I am Tender, an automated assistant/);
    expect(ann.link('Read the terms')).toBe('https://tender.example/terms');
    expect(await town.payments()).toEqual([]);
    await expect(ann.member()).rejects.toThrow('Not a member yet.');
  });

  it('becomes a member by agreeing and choosing a handle, offered or typed', async () => {
    const town = openTown();
    const ann = town.person('Ann Archer');
    await getStarted(ann);
    await ann.taps('I agree');
    await ann.taps('@ann_archer');
    expect((await ann.member()).handle).toBe('ann_archer');

    const bob = town.person({});
    await bob.says('hello');
    expect(bob.heard()[0]).toMatch(/^Hello! I am Tender/);
    await bob.says('yes');
    await bob.says('Bob_Stone ');
    expect((await bob.member()).handle).toBe('bob_stone');
  });

  it.each([
    ['yes', 'help', 'stop it', 'no', 'limits'],
    ['b', 'ab', '123', 'a'.repeat(21), 'bob stone', '@bob!', '1bob', 'bøb', '🦊', '', '\u0000'],
    ['tender', 'stripe', 'support'],
  ])('does not get a handle out of what is none (%#)', async (...texts) => {
    const town = openTown();
    const ann = town.person('Ann Archer');
    await getStarted(ann);
    await ann.taps('I agree');

    for (const text of texts) await ann.says(text);

    await expect(ann.member()).rejects.toThrow('Not a member yet.');
    await ann.says('@ann');
    expect((await ann.member()).handle).toBe('ann');
  });

  it('is asked again when the handle is somebody’s already', async () => {
    const town = openTown();
    await town.member('Ann Archer', 'ann');
    const other = town.person('Ann Bell');
    await getStarted(other);
    await other.taps('I agree');
    expect(other.payload('@ann_bell')).toBe('v1:choose_handle:ann_bell');

    await other.says('ann');

    expect(other.heard().at(-1)).toMatch(/^@ann is taken\./);
    await expect(other.member()).rejects.toThrow('Not a member yet.');
  });

  it('gets one handle when two of them choose it at once', async () => {
    const town = openTown();
    const both = [town.person('Ann Archer'), town.person('Ann Bell')];
    for (const each of both) {
      await getStarted(each);
      await each.taps('I agree');
    }

    await Promise.all(both.map((each) => each.says('@ann')));

    const members = await Promise.allSettled(both.map((each) => each.member()));
    expect(members.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps their handle for good', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');

    await ann.does({ kind: 'postback', payload: 'v1:choose_handle:anna' });

    expect((await ann.member()).handle).toBe('ann');
  });

  it('may stop or be forgotten before having begun', async () => {
    const town = openTown();
    const ann = town.person('Ann Archer');

    await ann.says('stop');
    await ann.says('delete my data');

    expect(ann.heard().slice(-2)).toEqual([
      expect.stringContaining('We keep nothing about you'),
      expect.stringContaining('We keep nothing about you'),
    ]);
  });

  it.each([
    { name: '   ' },
    { name: 'Ann\u0000\u202e Archer' },
    { locale: 'not a locale' },
    { locale: 'xx_' },
    { name: 'أحمد محمد', locale: 'ar_EG' },
    { name: '👩‍👩‍👧', locale: 'ja_JP' },
    { name: 'A'.repeat(5000) },
  ])('may have the oddest profile (%#)', async (profile) => {
    const town = openTown();
    const odd = town.person(profile);

    await getStarted(odd);
    await odd.taps('I agree');
    await odd.says('@odd_one');

    expect((await odd.member()).handle).toBe('odd_one');
    expect(odd.heard()[0]).toMatch(/^Hello(?: \S+)?!/);
    expect(odd.heard().join('')).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('whose handle was saved by a try that died gets the answer from the next, and their claim with it', async () => {
    const { town, zoe } = await zoeWithClaim();
    await zoe.taps('I agree');
    const { conversations } = town.world;
    const { commit } = conversations;
    Object.assign(conversations, {
      commit: async () => {
        Object.assign(conversations, { commit });
        throw new Error('killed');
      },
    });
    const event = { kind: 'message', text: '@zoe', redacted: [] } as const;

    await expect(zoe.does(event, { id: 'mid.once' })).rejects.toThrow('killed');
    await zoe.does(event, { id: 'mid.once' });

    const heard = zoe.heard().join(' ');
    expect(heard).toContain('You are @zoe.');
    expect(heard).toContain('This money is yours already.');
    expect(heard).toContain('Ann (@ann) sent you $20.00');
  });
});

/** Ann paid for whoever opens her link; Zoe, whom nobody knows, has just opened it. */
async function zoeWithClaim(how: 'referral' | 'get started' = 'referral') {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  await anOpenClaim({ town, ann });
  const ref = claimRef(ann);
  const zoe = town.person('Zoe Hill');
  await zoe.does(
    how === 'referral' ? { kind: 'referral', ref } : { kind: 'postback', payload: 'v1:start', ref },
  );
  return { town, ann, zoe, ref };
}

function claimRef(payer: Neighbour): string {
  return /ref=(claim-\w+)/u.exec(payer.heard().join(' '))?.[1] ?? '';
}

async function finishesFirstContact(zoe: Neighbour): Promise<void> {
  await zoe.taps('I agree');
  await zoe.says('@zoe');
}

describe('somebody who comes by a claim link', () => {
  it.each(['referral', 'get started'] as const)(
    'gets the money after first contact (%s)',
    async (how) => {
      const { town, ann, zoe } = await zoeWithClaim(how);
      expect((await town.paymentOf(ann)).payee.kind).toBe('claim');

      await zoe.says('what is this');
      await finishesFirstContact(zoe);

      expect(zoe.heard()).toContain('It is yours. One moment.');
      expect(zoe.heard().at(-1)).toContain('Ann (@ann) sent you $20.00 for “the tap”.');
      expect(ann.heard().at(-1)).toBe('Zoe Hill (@zoe) opened your link and gets the $20.00.');
      await zoe.setsUpPayouts();
      await town.later(10 * secondMs);
      expect(moved(town)).toEqual(['charge', 'payout']);
      await town.checkBooks();
    },
  );

  it('gets it by typing the code where the link lost it', async () => {
    const { town, ref } = await zoeWithClaim();
    const yan = await town.payee('Yan Wu', 'yan');

    await yan.says(`claim ${ref.replace('claim-', '')}`);
    await town.later(10 * secondMs);

    expect(moved(town)).toEqual(['charge', 'payout']);
  });

  it('is too late when somebody else was quicker', async () => {
    const { town, zoe, ref } = await zoeWithClaim();
    const yan = await town.payee('Yan Wu', 'yan');
    await yan.does({ kind: 'referral', ref });

    await finishesFirstContact(zoe);

    expect(zoe.heard()).toContain(
      'Somebody opened this link before you. Ask the sender if that was not meant to happen.',
    );
    expect((await town.payments())[0]?.payee).toEqual({ kind: 'person', personId: await yan.id() });
  });

  it('and is the payer is told to forward it', async () => {
    const { ann, ref } = await zoeWithClaim();

    await ann.does({ kind: 'referral', ref });

    expect(ann.heard().at(-1)).toContain('This is the link of a payment of yours');
  });

  it('and was blocked by the payer learns nothing', async () => {
    const { town, ann, ref } = await zoeWithClaim();
    const eve = await town.member('Eve Dropper', 'eve');
    await ann.says('block @eve');

    await eve.does({ kind: 'referral', ref });

    expect(eve.heard().at(-1)).toBe('This link leads nowhere. Ask the sender to send it again.');
  });

  it('twice is told that it is theirs', async () => {
    const { zoe, ref } = await zoeWithClaim();
    await finishesFirstContact(zoe);

    await zoe.does({ kind: 'referral', ref });

    expect(zoe.heard().at(-1)).toContain('This money is yours already');
  });

  it('before it is paid is asked to come again', async () => {
    const town = openTown();
    const ann = await town.member('Ann Archer', 'ann');
    const zoe = await town.member('Zoe Hill', 'zoe');
    await ann.says('send $20 to my plumber');
    const code = claimCodeOf(await town.paymentOf(ann));

    await zoe.does({ kind: 'referral', ref: `claim-${code}` });

    expect(zoe.heard().at(-1)).toContain('The sender has not finished paying');
  });

  it.each(['claim-', 'claim-<script>', 'claim-unknowncode', 'other-thing', '', '\u0000'])(
    'that is made up (%j) gets nothing, and no error',
    async (ref) => {
      const town = openTown();
      const eve = await town.member('Eve Dropper', 'eve');
      const before = eve.heard().length;

      await eve.does({ kind: 'referral', ref });

      expect(eve.heard().length).toBe(before + 1);
      expect(moved(town)).toEqual([]);
    },
  );
});

function claimCodeOf({ payee }: Awaited<ReturnType<Town['paymentOf']>>): string {
  return payee.kind === 'claim' ? payee.claimCode : '';
}
