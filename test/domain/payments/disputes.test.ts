// A dispute step by step: what a late, repeated or half-answered word about it must not do.
import { beforeEach, describe, expect, it } from 'vitest';
import { followDispute, takeBackFromPayee } from '../../../lambdas/domain/payments/disputes.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { ReversalAnswer } from '../../../lambdas/domain/payments/ports.ts';
import { next } from '../../builders/payments.ts';
import { openWallet, type Wallet } from '../../builders/wallet.ts';

const done: ReversalAnswer = { kind: 'done', reversalId: 'trr_1' };
const silent = { kind: 'unknown', why: 'no_answer' } as const;
const spent: ReversalAnswer = { kind: 'declined', why: 'spent' };

let wallet: Wallet;
let paid: Payment;
beforeEach(async () => {
  wallet = await openWallet();
  paid = await wallet.paymentAfter('paid_out');
});

/** Counts how often the payout is asked back; the last answer is repeated. */
function reversing(...answers: ReversalAnswer[]) {
  const asked = { times: 0 };
  const reversePayOut = async () => {
    const answer = answers[Math.min(asked.times, answers.length - 1)] ?? silent;
    asked.times += 1;
    return answer;
  };
  return { asked, reversePayOut };
}

const told = (status: 'open' | 'won' | 'lost', disputeId = 'du_1') => ({ disputeId, status });
const timesOf = async (step: string) =>
  (await wallet.stepsOf(paid)).filter((each) => each === step).length;

describe('a dispute', () => {
  it('of money that was spent asks for it once, however often it is told', async () => {
    const { asked, reversePayOut } = reversing(spent);
    const world = wallet.answering({ reversePayOut });
    for (let time = 0; time < 3; time += 1) await followDispute(world, paid.id, told('open'));

    expect(asked.times).toBe(1);
    expect(await wallet.latest(paid)).toMatchObject({ state: 'disputed' });
  });

  it('that ended is not opened again by a late word of it', async () => {
    const { reversePayOut } = reversing(spent);
    const lookUp = { payOut: async () => ({ kind: 'not_found' }) as const };
    const world = wallet.answering({ reversePayOut, lookUp });
    await followDispute(world, paid.id, told('won'));
    expect((await wallet.latest(paid)).state).toBe('paid');

    await followDispute(world, paid.id, told('open'));
    await followDispute(world, paid.id, told('won'));

    expect(await timesOf('disputed')).toBe(1);
    expect((await wallet.latest(paid)).state).toBe('paid');
  });

  it('of a payment that is paid looks for no payout: its id is there', async () => {
    let looked = 0;
    const { reversePayOut } = reversing(spent);
    const payOutOf = async () => {
      looked += 1;
      return silent;
    };
    await followDispute(
      wallet.answering({ reversePayOut, lookUp: { payOutOf } }),
      paid.id,
      told('open'),
    );

    expect(looked).toBe(0);
  });

  it('of a payment that is not there is no matter', async () => {
    await followDispute(wallet.world, 'pay_none', told('lost'));

    expect(await wallet.world.payments.get('pay_none')).toBeUndefined();
  });
});

describe('a second dispute whose news is quicker than the end of the first', () => {
  const looking = (status: 'open' | 'won' | 'lost' | 'silent') => {
    const dispute = async () =>
      status === 'silent' ? silent : ({ kind: 'found', thing: { status } } as const);
    const payOut = async () => ({ kind: 'not_found' }) as const;
    return wallet.answering({ ...reversing(spent), lookUp: { dispute, payOut } });
  };
  beforeEach(async () => {
    await followDispute(looking('open'), paid.id, told('open'));
  });

  it('is opened once that one was looked up and is over', async () => {
    await followDispute(looking('won'), paid.id, told('lost', 'du_2'));

    expect((await wallet.stepsOf(paid)).slice(-4)).toEqual([
      'disputed',
      'dispute_won',
      'disputed',
      'dispute_lost',
    ]);
    expect((await wallet.latest(paid)).trail.disputeId).toBe('du_2');
  });

  it('is none where the first was lost: nothing is left to dispute', async () => {
    await followDispute(looking('lost'), paid.id, told('open', 'du_2'));

    expect((await wallet.stepsOf(paid)).slice(-2)).toEqual(['disputed', 'dispute_lost']);
  });

  it.each(['open', 'silent'] as const)('waits while the first is %s', async (status) => {
    for (const second of ['open', 'lost'] as const)
      await expect(
        followDispute(looking(status), paid.id, told(second, 'du_2')),
      ).rejects.toMatchObject({ reason: 'row_not_there_yet' });

    expect(await timesOf('disputed')).toBe(1);
  });

  it('waits for nothing where it was won: it took nothing in the end, or is an old one', async () => {
    await followDispute(looking('open'), paid.id, told('won', 'du_0'));

    expect(await wallet.latest(paid)).toMatchObject({
      state: 'disputed',
      trail: { disputeId: 'du_1' },
    });
  });
});

describe('a payout that is taken back', () => {
  it('is booked once where two ask for it, and one of them is slow', async () => {
    const disputed = await wallet.take(paid, 'disputed', {
      trail: { ...paid.trail, disputeId: 'du_1' },
    });
    const world = wallet.answering(reversing(done));

    await takeBackFromPayee(world, disputed);
    wallet.time.nowMs += 1000;
    await takeBackFromPayee(world, disputed);

    expect(await timesOf('payout_reversed')).toBe(1);
  });

  it('changes nothing where the dispute ended while the provider was answering', async () => {
    const disputed = await wallet.take(paid, 'disputed', {
      trail: { ...paid.trail, disputeId: 'du_1' },
    });
    const reversePayOut = async () => {
      await wallet.world.payments.commit(next(disputed, 'dispute_lost'));
      return done;
    };

    await takeBackFromPayee(wallet.answering({ reversePayOut }), disputed);

    expect((await wallet.latest(paid)).state).toBe('lost');
  });

  it('is asked for by nobody where the payment is not disputed', async () => {
    const { asked, reversePayOut } = reversing(done);
    await takeBackFromPayee(wallet.answering({ reversePayOut }), paid);

    expect(asked.times).toBe(0);
  });
});

describe('the end of a dispute whose payout was asked back without an answer', () => {
  const isReversed = (is: boolean) => ({
    payOut: async () => ({ kind: 'found', thing: { isReversed: is } }) as const,
  });

  it('waits while nobody can tell whose the money is', async () => {
    for (const payOut of [async () => silent]) {
      const world = wallet.answering({ ...reversing(silent), lookUp: { payOut } });
      await expect(followDispute(world, paid.id, told('lost'))).rejects.toMatchObject({
        reason: 'provider_unknown',
      });
    }

    expect((await wallet.latest(paid)).state).toBe('disputed');
  });

  it('waits where it was taken back and the provider will not say how', async () => {
    const world = wallet.answering({ ...reversing(silent), lookUp: isReversed(true) });

    await expect(followDispute(world, paid.id, told('won'))).rejects.toMatchObject({
      reason: 'provider_unknown',
    });
    expect((await wallet.latest(paid)).state).toBe('disputed');
  });

  it('books what was taken back first', async () => {
    const world = wallet.answering({ ...reversing(silent, done), lookUp: isReversed(true) });

    await followDispute(world, paid.id, told('lost'));

    expect((await wallet.stepsOf(paid)).slice(-3)).toEqual([
      'disputed',
      'payout_reversed',
      'dispute_lost',
    ]);
  });

  it('is a loss where it was never taken back', async () => {
    const world = wallet.answering({ ...reversing(silent), lookUp: isReversed(false) });

    await followDispute(world, paid.id, told('lost'));

    expect((await wallet.stepsOf(paid)).slice(-2)).toEqual(['disputed', 'dispute_lost']);
  });
});
