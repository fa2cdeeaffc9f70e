// What follows from a step: a payee who is ready is not kept waiting, and who has paid somebody is known from then on.
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import { afterStep } from '../../../lambdas/domain/payments/after-step.ts';
import type { Payment } from '../../../lambdas/domain/payments/payment.ts';
import type { PaymentChange } from '../../../lambdas/domain/payments/ports.ts';
import type { Person } from '../../../lambdas/domain/people/person.ts';
import { noonMs, someSettings, wholeLife } from '../../builders/payments.ts';
import { aPerson } from '../../builders/people.ts';

const dayMs = 24 * 60 * 60 * 1000;

function openWorld() {
  const time = { nowMs: noonMs };
  const wakes: { readonly subject: string; readonly inSeconds: number }[] = [];
  const world = {
    ...memoryStores(),
    clock: { now: () => time.nowMs },
    settings: someSettings,
    dueQueue: {
      wake: async (subject: string, inSeconds: number) => void wakes.push({ subject, inSeconds }),
    },
  };
  return { time, wakes, world };
}

let town: ReturnType<typeof openWorld>;
let ann: Person;
let bob: Person;
beforeEach(async () => {
  town = openWorld();
  ann = aPerson({ level: 'new' });
  bob = aPerson({ recipientAccount: { accountId: 'acct_1', status: 'ready' } });
  for (const person of [ann, bob]) await town.world.people.create(person);
});

const life = () => wholeLife({ payerId: ann.id, payee: { kind: 'person', personId: bob.id } });

function stepOf(name: PaymentChange['entry']['step']): PaymentChange {
  const found = life().find(({ entry }) => entry.step === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const follow = ({ entry, payment }: PaymentChange, changes: Partial<Payment> = {}, payee = bob) =>
  afterStep(town.world, { entry, payment: { ...payment, ...changes }, payer: ann, payee });

describe('money that is held for a payee who is ready', () => {
  // Nobody had seen that they were ready: it waits for days.
  const waiting = { dueAtMs: noonMs + 3 * dayMs };

  it('is woken for when the undo window ends, to the second', async () => {
    const held = stepOf('charged');
    await follow(held, waiting);
    const undoEndsAtMs = (held.payment.heldAtMs ?? 0) + 10_000;

    expect(town.wakes).toEqual([
      { subject: held.payment.id, inSeconds: (undoEndsAtMs - noonMs) / 1000 },
    ]);
  });

  it('is woken for as well when they have claimed it', async () => {
    const { payment, entry } = stepOf('charged');
    await follow({ payment, entry: { ...entry, step: 'claimed' } }, waiting);

    expect(town.wakes.map(({ subject }) => subject)).toEqual([payment.id]);
  });

  it('is woken for at once when the window is over', async () => {
    town.time.nowMs += dayMs;
    await follow(stepOf('charged'), waiting);

    expect(town.wakes.map(({ inSeconds }) => inSeconds)).toEqual([0]);
  });

  it('needs no waking where it is due by then anyway, has moved on, or the payee is not ready', async () => {
    const held = stepOf('charged');
    await follow(held, { dueAtMs: (held.payment.heldAtMs ?? 0) + 10_000 });
    await follow(held, { ...waiting, state: 'refunding' });
    await follow(held, waiting, aPerson());
    await follow(stepOf('confirmed'), waiting);

    expect(town.wakes).toEqual([]);
  });
});

describe('whoever has paid somebody', () => {
  const levelOf = async (person: Person) => (await town.world.people.byId(person.id))?.level;
  const contactsOf = (person: Person) => town.world.contacts.of(person.id);

  it('is known from then on, and so is the other to them, however often it is told', async () => {
    const paid = stepOf('paid_out');
    await follow(paid);
    await follow(paid);

    expect(await levelOf(ann)).toBe('known');
    expect(await contactsOf(ann)).toMatchObject([
      { personId: bob.id, lastPaidAtMs: paid.entry.atMs },
    ]);
    expect(await contactsOf(bob)).toEqual([]);
  });

  it('and is known better already stays so, and is not written again', async () => {
    const eve = aPerson({ level: 'verified' });
    await town.world.people.create(eve);
    const { entry, payment } = stepOf('paid_out');

    await afterStep(town.world, { entry, payment, payer: eve, payee: bob });

    expect(await town.world.people.byId(eve.id)).toEqual(eve);
  });

  it('is so only once the money has arrived', async () => {
    for (const step of ['confirmed', 'charged', 'payout_started'] as const) {
      await follow(stepOf(step));
    }

    expect(await levelOf(ann)).toBe('new');
    expect(await contactsOf(ann)).toEqual([]);
  });
});
