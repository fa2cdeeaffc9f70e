// A claim link: the first to open it is the recipient for good; everyone else learns no more than they may.
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { claimPayment } from '../../../lambdas/domain/payments/claim-payment.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentStep } from '../../../lambdas/domain/payments/payment-steps.ts';
import type { PaymentChange } from '../../../lambdas/domain/payments/ports.ts';
import type { Person } from '../../../lambdas/domain/people/person.ts';
import {
  aClaimDraft,
  charged,
  confirmed,
  next,
  noonMs,
  someSettings,
} from '../../builders/payments.ts';
import { aPerson } from '../../builders/people.ts';

const claimCode = 'claim-code-of-robin';
const dayMs = 24 * 60 * 60 * 1000;

function openWorld() {
  const time = { nowMs: noonMs + 60_000 };
  const world = { ...memoryStores(), clock: { now: () => time.nowMs }, settings: someSettings };
  return { time, world };
}

let town: ReturnType<typeof openWorld>;
let ann: Person;
let robin: Person;
beforeEach(async () => {
  town = openWorld();
  ann = aPerson();
  robin = aPerson();
  for (const person of [ann, robin]) await town.world.people.create(person);
});

async function commit(change: PaymentChange): Promise<Payment> {
  expect(await town.world.payments.commit(change)).toBe('done');
  return change.payment;
}

const aDraftedClaim = () => commit(aClaimDraft(claimCode, { payerId: ann.id }));

async function aHeldClaim(): Promise<Payment> {
  const drafted = await aDraftedClaim();
  return commit(charged(await commit(confirmed(drafted, undefined))));
}

const claim = (claimer: Person = robin, code = claimCode) =>
  claimPayment(town.world, { claimCode: code, claimer });
async function latestOf({ id }: Payment): Promise<Payment> {
  const payment = await town.world.payments.get(id);
  if (payment === undefined) throw new Error(`There is no ${id}.`);
  return payment;
}
const stateNow = async ({ id }: Payment) => (await town.world.payments.get(id))?.state;

describe('the first who opens the link', () => {
  it('is the recipient, and stays so when they open it again', async () => {
    const held = await aHeldClaim();

    expect(await claim()).toMatchObject({ kind: 'claimed', payment: { id: held.id } });
    expect(await town.world.payments.get(held.id)).toMatchObject({
      state: 'held',
      payee: { kind: 'person', personId: robin.id },
    });
    expect(await claim()).toMatchObject({ kind: 'already_yours', payment: { id: held.id } });
  });

  it('is one of ten who open it at once', async () => {
    await aHeldClaim();
    const crowd = Array.from({ length: 10 }, () => aPerson());
    const outcomes = await Promise.all(crowd.map((person) => claim(person)));

    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      'claimed',
      ...Array.from({ length: 9 }, () => 'taken'),
    ]);
  });

  it('is in the journal as the payee, who did it', async () => {
    const held = await aHeldClaim();
    await claim();
    const entries = await town.world.payments.journalOf(held.id);

    expect(entries.at(-1)).toMatchObject({ step: 'claimed', actor: 'payee' });
  });
});

describe('nobody gets it', () => {
  it('by a link that is none, or by one’s own', async () => {
    const held = await aHeldClaim();

    expect(await claim(robin, 'another-code')).toEqual({ kind: 'not_found' });
    expect(await claim(ann)).toEqual({ kind: 'your_own' });
    expect(await stateNow(held)).toBe('held');
  });

  it.each(['payer', 'claimer'])(
    'whom the %s has blocked, and they hear of no payment',
    async (who) => {
      await aHeldClaim();
      const [by, whom] = who === 'payer' ? [ann, robin] : [robin, ann];
      await town.world.blocks.block(by.id, whom.id, noonMs);

      expect(await claim()).toEqual({ kind: 'not_found' });
    },
  );

  it('before it is paid', async () => {
    const drafted = await aDraftedClaim();
    expect(await claim()).toEqual({ kind: 'not_paid_yet' });

    const charging = await commit(confirmed(drafted, undefined));
    expect(await claim()).toEqual({ kind: 'not_paid_yet' });
    for (const step of ['charge_unknown', 'action_needed'] as const) {
      const from = step === 'charge_unknown' ? charging : await latestOf(charging);
      await commit(next(from, step));
      expect(await claim(), step).toEqual({ kind: 'not_paid_yet' });
    }
  });

  it('from the very moment on that the payer was told', async () => {
    const held = await aHeldClaim();
    town.time.nowMs = noonMs + 7 * dayMs;

    expect(await claim()).toEqual({ kind: 'gone' });
    expect(await town.world.payments.get(held.id)).toMatchObject({ payee: { kind: 'claim' } });
    town.time.nowMs -= 1;
    expect(await claim()).toMatchObject({ kind: 'claimed' });
  });

  it.each<[string, readonly PaymentStep[]]>([
    ['is on its way back', ['undone']],
    ['is on its way back and stuck', ['undone', 'refund_failed']],
    ['was called off before it was paid', []],
  ])('once it %s', async (_what, steps) => {
    const drafted = await aDraftedClaim();
    let payment =
      steps.length === 0
        ? await commit(next(drafted, 'draft_cancelled'))
        : await commit(charged(await commit(confirmed(drafted, undefined))));
    for (const step of steps) payment = await commit(next(payment, step));

    expect(await claim()).toEqual({ kind: 'gone' });
    expect(await town.world.payments.get(payment.id)).toEqual(payment);
  });
});

it('a payment that goes back is gone for whoever had claimed it, too', async () => {
  await aHeldClaim();
  const claimed = await claim();
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind);
  const undone = await commit(next(claimed.payment, 'undone'));

  expect(await claim()).toEqual({ kind: 'gone' });
  await commit(next(undone, 'refund_failed'));
  expect(await claim()).toEqual({ kind: 'gone' });
});
