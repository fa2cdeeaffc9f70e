// The rules of a request, asked of the use cases directly: who may do what, when, and what its journal says of it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Speaking, Turn } from '../../../lambdas/domain/chat/turn.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import type { Member } from '../../../lambdas/domain/people/person.ts';
import {
  acceptRequest,
  advanceRequest,
  closeRequestsWith,
  declineRequest,
  remindOfRequest,
  withdrawRequest,
} from '../../../lambdas/domain/requests/answer-request.ts';
import type { MoneyRequest } from '../../../lambdas/domain/requests/money-request.ts';
import { requestFrom, requestMoney } from '../../../lambdas/domain/requests/request-money.ts';
import { takeRequestStep } from '../../../lambdas/domain/requests/take-request-step.ts';
import { dayMs } from '../../builders/scenes.ts';
import { openTown, type Town } from '../../builders/town.ts';

const usd = (minor: number) => money(minor, 'USD');

let town: Town;
let ann: Member;
let bob: Member;
let told: number;

beforeEach(async () => {
  town = openTown();
  ann = await (await town.member('Ann Archer', 'ann')).member();
  bob = await (await town.member('Bob Stone', 'bob')).member();
  told = 0;
});

/** Each time with a message of its own. */
function speaking(person: Member, world: Partial<Town['world']> = {}): Speaking<Member> {
  const address = { pageId: '1000', psid: '' };
  told += 1;
  return {
    world: { ...town.world, ...world },
    person,
    conversation: { address, version: 1, lastInboundAtMs: 0 },
    event: { kind: 'referral', ref: '', id: `mid.${told}`, address, atMs: 0 },
  };
}

function said({ replies }: Turn): string {
  return replies.map((reply) => ('text' in reply ? reply.text : reply.kind)).join('\n');
}

/** Bob asks Ann; without a note where none is given. */
async function asked(note?: string, minor = 1500): Promise<MoneyRequest> {
  const by = speaking(bob);
  await requestFrom(by, {
    payer: ann,
    amount: usd(minor),
    ...(note === undefined ? {} : { note }),
  });
  return now({ id: town.world.ids.derived('req', by.event.id) });
}

async function now({ id }: Pick<MoneyRequest, 'id'>): Promise<MoneyRequest> {
  const request = await town.world.requests.get(id);
  if (request === undefined) throw new Error(`There is no ${id}.`);
  return request;
}

async function journalOf({ id }: MoneyRequest): Promise<[string, string][]> {
  const entries = await town.world.requests.journalOf(id);
  return entries.map(({ step, actor }) => [step, actor]);
}

const nothing = 'There is no open request. Write “activity” to see your payments.';
const gone = { people: { byId: async () => undefined } };

function without(what: { readonly people: object }): Partial<Town['world']> {
  return { people: { ...town.world.people, ...what.people } };
}

describe('a step of a request', () => {
  it('that is not drawn is a bug, and says which', async () => {
    const request = { ...(await asked()), state: 'paid' } as const;
    expect(() => takeRequestStep(request, { step: 'declined', actor: 'payer', nowMs: 1 })).toThrow(
      `Request ${request.id}: step declined is not legal from paid.`,
    );
  });

  it('asks for a reminder halfway, then for its end, and then for nothing', async () => {
    const request = await asked();
    const { createdAtMs, expiresAtMs } = request;
    const halfway = (createdAtMs + expiresAtMs) / 2;
    const [entry] = await town.world.requests.journalOf(request.id);
    expect(entry).toMatchObject({ dueAtMs: halfway, postings: [], from: 'nothing', to: 'open' });
    expect(request.dueAtMs).toBe(halfway);

    const taken = { actor: 'clock', nowMs: halfway } as const;
    const reminded = takeRequestStep(request, {
      ...taken,
      step: 'reminded',
      changes: { remindedAtMs: halfway },
    });
    expect(reminded.entry.dueAtMs).toBe(expiresAtMs);
    expect(reminded.request.dueAtMs).toBe(expiresAtMs);

    const ended = takeRequestStep(reminded.request, { ...taken, step: 'expired' });
    expect(ended.entry).not.toHaveProperty('dueAtMs');
    expect(ended.request).not.toHaveProperty('dueAtMs');
  });
});

describe('accepting', () => {
  it('is for whoever was asked, and of what exists', async () => {
    const request = await asked();
    expect(said(await acceptRequest(speaking(ann), 'req_none'))).toBe(nothing);
    expect(said(await acceptRequest(speaking(bob), request.id))).toBe(nothing);
    expect((await now(request)).state).toBe('open');
  });

  it('drafts the first payment of it, with its note and no other', async () => {
    for (const note of ['pizza', undefined]) {
      const request = await asked(note);
      const turn = await acceptRequest(speaking(ann), request.id);
      const { state, acceptances, paymentId } = await now(request);
      expect({ state, acceptances, paymentId }).toEqual({
        state: 'paying',
        acceptances: 1,
        paymentId: town.world.ids.derived('pay', request.id, '1'),
      });
      const payment = await town.world.payments.get(paymentId ?? 'pay_none');
      expect(payment?.note).toBe(note);
      expect('note' in (payment ?? {})).toBe(note !== undefined);
      expect(said(turn)).toContain('Send $15.00 to Bob Stone');
      expect(await journalOf(request)).toEqual([
        ['asked', 'payee'],
        ['accepted', 'payer'],
      ]);
    }
  });

  it('again shows the same draft for as long as it is one', async () => {
    const request = await asked();
    const first = await acceptRequest(speaking(ann), request.id);
    expect(said(await acceptRequest(speaking(ann), request.id))).toBe(said(first));
    const { paymentId } = await now(request);

    const payments = {
      ...town.world.payments,
      get: async (id: `pay_${string}`) => {
        const payment = await town.world.payments.get(id);
        return payment && ({ ...payment, state: 'charging' } as const);
      },
    };
    expect(paymentId).toBeDefined();
    for (const world of [{ payments }, without(gone)])
      expect(said(await acceptRequest(speaking(ann, world), request.id))).toBe(
        'That request is being paid.',
      );
    const lost = { ...town.world.payments, get: async () => undefined };
    expect(said(await acceptRequest(speaking(ann, { payments: lost }), request.id))).toBe(
      'That request is being paid.',
    );
  });

  it('pays nobody who is gone, who has left or who never agreed to anything', async () => {
    const request = await asked();
    const { handle: _none, termsAcceptedAtMs: _never, ...stranger } = bob;
    for (const asker of [undefined, { ...bob, deletionRequestedAtMs: 1 }, stranger]) {
      const world = without({ people: { byId: async () => asker } });
      expect(said(await acceptRequest(speaking(ann, world), request.id))).toBe(nothing);
    }
  });

  it('says why there can be no draft', async () => {
    const request = await asked(undefined, 5_000_000);
    expect(said(await acceptRequest(speaking(ann), request.id))).toContain('over your limit');
    expect((await now(request)).state).toBe('open');
  });

  it('tries three times where it moves under it, and then says so', async () => {
    const request = await asked();
    let looked = 0;
    const requests = {
      ...town.world.requests,
      get: async () => {
        looked += 1;
        return request;
      },
    };
    const payments = { ...town.world.payments, commit: async () => 'conflict' as const };

    const turn = await acceptRequest(speaking(ann, { requests, payments }), request.id);

    expect(said(turn)).toContain('This request has just changed.');
    expect(looked).toBe(3);
  });
});

describe('ending', () => {
  it('by either side is written down as theirs', async () => {
    const one = await asked();
    expect(said(await declineRequest(speaking(ann), one))).toContain('Bob is told');
    expect(await journalOf(one)).toContainEqual(['declined', 'payer']);
    const other = await asked();
    await withdrawRequest(speaking(bob), other);
    expect(await journalOf(other)).toContainEqual(['withdrawn', 'payee']);
  });

  it('names nobody who is gone', async () => {
    const request = await asked();
    expect(said(await declineRequest(speaking(ann, without(gone)), request))).toBe(
      'Declined. They are told; nothing was charged.',
    );
  });

  it('says how it stands when it has just been ended otherwise', async () => {
    const request = await asked();
    await withdrawRequest(speaking(bob), request);
    expect(said(await declineRequest(speaking(ann), request))).toBe('That request is withdrawn.');
    const requests = {
      ...town.world.requests,
      commit: async () => 'conflict' as const,
      get: async () => undefined,
    };
    expect(said(await declineRequest(speaking(ann, { requests }), request))).toBe(nothing);
  });

  it('with a person ends what is open between the two, and nothing else', async () => {
    const zoe = await (await town.member('Zoe Hill', 'zoe')).member();
    const toAnn = await asked();
    const ended = await asked();
    await declineRequest(speaking(ann), ended);
    const byAnn = speaking(ann);
    await requestFrom(byAnn, { payer: bob, amount: usd(700) });
    const ofBob = await now({ id: town.world.ids.derived('req', byAnn.event.id) });
    const byBob = speaking(bob);
    await requestFrom(byBob, { payer: zoe, amount: usd(800) });
    const toZoe = await now({ id: town.world.ids.derived('req', byBob.event.id) });

    await closeRequestsWith(speaking(bob), ann.id);

    expect(await journalOf(toAnn)).toEqual([
      ['asked', 'payee'],
      ['withdrawn', 'payee'],
    ]);
    expect(await journalOf(ofBob)).toEqual([
      ['asked', 'payee'],
      ['declined', 'payer'],
    ]);
    expect((await now(toZoe)).state).toBe('open');
    expect((await now(ended)).version).toBe(2);
  });
});

describe('reminding', () => {
  it('is once a day, from a whole day on', async () => {
    const request = await asked();
    expect(said(await remindOfRequest(speaking(bob), request))).toBe('Reminded.');
    const reminded = await now(request);
    expect(await journalOf(request)).toContainEqual(['reminded', 'payee']);

    town.pass(dayMs - 1);
    expect(said(await remindOfRequest(speaking(bob), reminded))).toContain('reminded already');
    town.pass(1);
    expect(said(await remindOfRequest(speaking(bob), reminded))).toBe('Reminded.');
  });

  it('is of what is open, and not of who does not want to hear of it', async () => {
    const request = await asked();
    const blocks = { ...town.world.blocks, isBlockedBetween: async () => true };
    expect(said(await remindOfRequest(speaking(bob, { blocks }), request))).toBe(
      'You cannot ask this person for money here.',
    );
    await declineRequest(speaking(ann), request);
    expect(said(await remindOfRequest(speaking(bob), await now(request)))).toBe(
      'That request is declined.',
    );
    expect(said(await remindOfRequest(speaking(bob), request))).toBe('That request is declined.');
  });
});

describe('what is due', () => {
  it('is a reminder by the clock and then the end, each not before its time', async () => {
    const request = await asked();
    const { createdAtMs, dueAtMs = 0, expiresAtMs } = request;
    await advanceRequest(town.world, 'req_none');
    town.pass(dueAtMs - createdAtMs - 1);
    await advanceRequest(town.world, request.id);
    expect((await now(request)).version).toBe(1);

    town.pass(1);
    await advanceRequest(town.world, request.id);
    expect(await now(request)).toMatchObject({ state: 'open', remindedAtMs: dueAtMs });
    town.pass(expiresAtMs - dueAtMs - 1);
    await advanceRequest(town.world, request.id);
    expect((await now(request)).state).toBe('open');
    town.pass(1);
    await advanceRequest(town.world, request.id);

    expect((await now(request)).state).toBe('expired');
    expect(await journalOf(request)).toEqual([
      ['asked', 'payee'],
      ['reminded', 'clock'],
      ['expired', 'clock'],
    ]);
    await advanceRequest(town.world, request.id);
    expect((await now(request)).version).toBe(3);
  });
});

describe('asking', () => {
  it('is not of oneself, nor of nobody', async () => {
    const from = (name: string) => ({
      amount: usd(500),
      from: { kind: 'handle', handle: name } as const,
    });
    expect(said(await requestMoney(speaking(bob), from('bob')))).toContain('That is you.');
    expect(said(await requestMoney(speaking(bob), from('nobody')))).toContain('@nobody');
  });

  it('of a name that several have asks which, and keeps what it is for', async () => {
    const other = await (await town.member('Ann Baker', 'annb')).member();
    for (const note of ['pizza', undefined]) {
      const turn = await requestMoney(speaking(bob), {
        amount: usd(500),
        from: { kind: 'name', name: 'Ann' },
        ...(note === undefined ? {} : { note }),
      });
      expect(turn.replies).toHaveLength(1);
      expect(turn.pending).toStrictEqual({
        kind: 'which_person',
        intent: note === undefined ? { purpose: 'request' } : { purpose: 'request', note },
        amount: usd(500),
        choices: expect.arrayContaining([ann.id, other.id]),
      });
    }
  });

  it('is refused where people may not be paid, or not in that currency', async () => {
    const settings = { ...town.world.settings, live: true };
    const wanted = { payer: ann, amount: usd(500) };
    expect(said(await requestFrom(speaking(bob, { settings }), wanted))).toContain(
      'not switched on',
    );
    const inYuan = { payer: ann, amount: money(500, 'CNY') };
    expect(said(await requestFrom(speaking(bob), inYuan))).toContain('do not take this currency');
    expect(await town.world.requests.ofPerson(bob.id, { limit: 9 })).toEqual([]);
  });

  it('keeps a note that was given, and none that was not', async () => {
    expect((await asked('pizza')).note).toBe('pizza');
    expect(await asked()).not.toHaveProperty('note');
    expect(await asked()).toMatchObject({ state: 'open', acceptances: 0 });
  });

  it('has at most three open to one person, whatever others ask of the asker', async () => {
    for (let index = 0; index < 4; index += 1)
      await requestFrom(speaking(ann), { payer: bob, amount: usd(100 + index) });
    const first = await asked();
    await asked();
    await asked();
    const turn = await requestFrom(speaking(bob), { payer: ann, amount: usd(100) });
    expect(said(turn)).toBe('You have 3 open requests to @ann already.');

    await declineRequest(speaking(ann), first);
    expect(said(await requestFrom(speaking(bob), { payer: ann, amount: usd(100) }))).toContain(
      'Asked Ann for $1.00',
    );
  });

  it('is not counted to whoever is asked', async () => {
    const request = await asked();
    const crowd = Array.from({ length: 20 }, () => ({
      ...request,
      askerId: ann.id,
      payerId: bob.id,
    }));
    const requests = { ...town.world.requests, ofPerson: async () => crowd };
    const turn = await requestFrom(speaking(bob, { requests }), { payer: ann, amount: usd(100) });
    expect(said(turn)).toContain('Asked Ann for $1.00');
  });

  it('by the same message again is no further request', async () => {
    await asked();
    await asked();
    const by = speaking(bob);
    const wanted = { payer: ann, amount: usd(100) };
    await requestFrom(by, wanted);
    expect(said(await requestFrom(by, wanted))).toContain('Asked Ann for $1.00');
    expect(await town.world.requests.ofPerson(bob.id, { limit: 9 })).toHaveLength(3);
  });

  it('counts those of the last day, which ends when the day is over', async () => {
    const begun = town.world.clock.now();
    for (let index = 0; index < 5; index += 1) await withdrawRequest(speaking(bob), await asked());
    town.pass(begun + dayMs - 1 - town.world.clock.now());
    const again = { payer: ann, amount: usd(100) };
    expect(said(await requestFrom(speaking(bob), again))).toContain('enough asking for one day');
    town.pass(1);
    expect(said(await requestFrom(speaking(bob), again))).toContain('Asked Ann');
  });
});
