// Two acts on one payment at the same moment, in every order in which their writes can fall.
import { describe, expect, it } from 'vitest';
import { claimPayment } from '../../../lambdas/domain/payments/claim-payment.ts';
import { confirmPayment } from '../../../lambdas/domain/payments/confirm-payment.ts';
import type { Payment, PaymentState } from '../../../lambdas/domain/payments/payment.ts';
import { advancePayment } from '../../../lambdas/domain/payments/advance-payment.ts';
import { stopPayment } from '../../../lambdas/domain/payments/stop-payment.ts';
import { type Act, inEveryOrder } from '../../builders/interleavings.ts';
import { type Neighbour, openTown, somePin, type Town } from '../../builders/town.ts';

interface Scene {
  readonly town: Town;
  readonly ann: Neighbour;
  readonly bob: Neighbour;
  readonly payment: Payment;
}

interface Ended extends Scene {
  readonly outcomes: readonly unknown[];
  readonly moved: readonly string[];
}

/** Both acts in every order; each time the books must hold, and `then` looks at how it ended. */
async function race(
  begin: () => Promise<Scene>,
  acts: (scene: Scene) => Promise<readonly Act[]>,
  then: (ended: Ended) => void | Promise<void>,
): Promise<void> {
  const orders = await inEveryOrder(async () => {
    const scene = await begin();
    return {
      world: scene.town.world,
      acts: await acts(scene),
      async finally(results) {
        const { town } = scene;
        await town.settle();
        await town.untilNothingIsDue();
        await town.checkBooks();
        const outcomes = results.map((each) =>
          typeof each === 'object' && each !== null && 'kind' in each ? each.kind : 'done',
        );
        const payment = await town.paymentOf(scene.ann);
        const moved = town.provider.movements().map(({ kind }) => kind);
        await then({ ...scene, payment, outcomes, moved });
      },
    };
  });
  expect(orders).toBeGreaterThan(2);
}

async function aDraft(): Promise<Scene> {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.payee('Bob Stone', 'bob');
  await ann.says('send $20 to @bob for lunch');
  await ann.addsCard(ann.link('Review and pay'), 'pm_card_visa');
  return { town, ann, bob, payment: await town.paymentOf(ann) };
}

async function aHeldPayment(): Promise<Scene> {
  const scene = await aDraft();
  await scene.ann.pays();
  return { ...scene, payment: await scene.town.paymentOf(scene.ann) };
}

/** Held and at the very end of its undo window: a payout may start now. */
async function atTheEndOfTheUndoWindow(): Promise<Scene> {
  const scene = await aHeldPayment();
  scene.town.pass(10_000);
  return scene;
}

async function anOpenClaim(): Promise<Scene> {
  const town = openTown();
  const ann = await town.member('Ann Archer', 'ann');
  const bob = await town.payee('Zoe Hill', 'zoe');
  await ann.says('send $20 to my plumber');
  await ann.pays();
  return { town, ann, bob, payment: await town.paymentOf(ann) };
}

async function confirming({ ann, payment }: Scene): Promise<Act> {
  const { id, instruments } = await ann.member();
  const [card] = instruments;
  const pin = { pin: somePin, newPin: somePin, newPinAgain: somePin };
  return (world) =>
    confirmPayment(world, {
      paymentId: payment.id,
      personId: id,
      instrumentId: card?.id ?? '',
      pin,
    });
}

async function stopping({ payment }: Scene, who: Neighbour): Promise<Act> {
  const personId = await who.id();
  return (world) => stopPayment(world, { paymentId: payment.id, personId });
}

function comingDue({ payment }: Scene): Act {
  return (world) => advancePayment(world, payment.id);
}

async function claiming({ payment }: Scene, who: Neighbour): Promise<Act> {
  const claimer = await who.member();
  const { payee } = payment;
  const claimCode = payee.kind === 'claim' ? payee.claimCode : '';
  return (world) => claimPayment(world, { claimCode, claimer });
}

describe('exactly one of two wins', () => {
  it('when the payer confirms twice: charged once, paid once, and nobody is told that the PIN was wrong', async () => {
    await race(
      aDraft,
      async (scene) => [await confirming(scene), await confirming(scene)],
      ({ outcomes, moved, payment, ann }) => {
        expect(outcomes).toContain('held');
        expect(outcomes.filter((each) => each !== 'held')).toEqual(
          outcomes.includes('no_longer_a_draft') ? ['no_longer_a_draft'] : [],
        );
        expect(moved).toEqual(['charge', 'payout']);
        expect(payment.state).toBe('paid');
        expect(ann.heard().filter((each) => each.includes('charged to'))).toHaveLength(1);
      },
    );
  });

  it('when the payer confirms and cancels: charged or cancelled, and told which', async () => {
    await race(
      aDraft,
      async (scene) => [await confirming(scene), await stopping(scene, scene.ann)],
      ({ outcomes, moved, payment }) => {
        const ends: Partial<Record<PaymentState, unknown>> = {
          cancelled: { outcomes: ['no_longer_a_draft', 'cancelled'], moved: [] },
          refunded: { outcomes: ['held', 'refunding'], moved: ['charge', 'refund'] },
          paid: { outcomes: ['held', 'too_early'], moved: ['charge', 'payout'] },
        };
        expect({ outcomes, moved }).toEqual(ends[payment.state]);
      },
    );
  });

  it('when the draft runs out while it is confirmed: charged or not, never both', async () => {
    await race(
      async () => {
        const scene = await aDraft();
        const { createdAtMs } = scene.payment;
        scene.town.pass(createdAtMs + 30 * 60_000 - scene.town.world.clock.now());
        return scene;
      },
      async (scene) => [await confirming(scene), comingDue(scene)],
      ({ outcomes, moved, payment }) => {
        expect(payment.state).toBe('cancelled');
        expect(outcomes[0]).toBe('no_longer_a_draft');
        expect(moved).toEqual([]);
      },
    );
  });

  it('when the payer undoes and the payout starts', async () => {
    await race(
      atTheEndOfTheUndoWindow,
      async (scene) => [await stopping(scene, scene.ann), comingDue(scene)],
      ({ outcomes, moved, payment, ann, bob }) => {
        const isUndone = outcomes[0] === 'refunding';
        expect(isUndone || outcomes[0] === 'too_late').toBe(true);
        expect(payment.state).toBe(isUndone ? 'refunded' : 'paid');
        expect(moved).toEqual(['charge', isUndone ? 'refund' : 'payout']);
        expect(bob.heard().some((each) => each.includes('took back'))).toBe(isUndone);
        expect(ann.heard().some((each) => each === 'Bob got your $20.00.')).toBe(!isUndone);
      },
    );
  });

  it('when the payee declines and the payout starts', async () => {
    await race(
      atTheEndOfTheUndoWindow,
      async (scene) => [await stopping(scene, scene.bob), comingDue(scene)],
      ({ outcomes, moved, payment, ann }) => {
        const isDeclined = outcomes[0] === 'refunding';
        expect(isDeclined || outcomes[0] === 'too_late').toBe(true);
        expect(payment.state).toBe(isDeclined ? 'refunded' : 'paid');
        expect(moved).toEqual(['charge', isDeclined ? 'refund' : 'payout']);
        expect(ann.heard().some((each) => each.includes('Bob declined your'))).toBe(isDeclined);
      },
    );
  });

  it('when the payer undoes twice, and when payer and payee stop it together: refunded once', async () => {
    for (const other of ['ann', 'bob'] as const) {
      await race(
        aHeldPayment,
        async (scene) => [await stopping(scene, scene.ann), await stopping(scene, scene[other])],
        ({ outcomes, moved, payment }) => {
          // The same person's two taps in one millisecond are one act, and may both be told so.
          expect(outcomes).toContain('refunding');
          expect(outcomes.filter((each) => each === 'already_stopped').length).toBe(
            other === 'bob' || outcomes.includes('already_stopped') ? 1 : 0,
          );
          expect(payment.state).toBe('refunded');
          expect(moved).toEqual(['charge', 'refund']);
        },
      );
    }
  });

  it('when two wake-ups pay out at once: paid once', async () => {
    await race(
      atTheEndOfTheUndoWindow,
      async (scene) => [comingDue(scene), comingDue(scene)],
      ({ moved, payment, bob }) => {
        expect(payment.state).toBe('paid');
        expect(moved).toEqual(['charge', 'payout']);
        expect(bob.heard().filter((each) => each.startsWith('Receipt'))).toHaveLength(1);
      },
    );
  });

  it('when two people open one claim link', async () => {
    let yan: Neighbour | undefined;
    await race(
      async () => {
        const scene = await anOpenClaim();
        yan = await scene.town.payee('Yan Wu', 'yan');
        return scene;
      },
      async (scene) => [await claiming(scene, scene.bob), await claiming(scene, yan ?? scene.ann)],
      async ({ outcomes, moved, payment, bob }) => {
        expect(new Set(outcomes)).toEqual(new Set(['claimed', 'taken']));
        const winner = outcomes[0] === 'claimed' ? bob : yan;
        expect(payment.payee).toEqual({ kind: 'person', personId: await winner?.id() });
        expect(moved).toEqual(['charge', 'payout']);
        const loser = outcomes[0] === 'claimed' ? yan : bob;
        expect(loser?.heard().some((each) => each.includes('sent you'))).toBe(false);
      },
    );
  });

  it('when the payer takes back what someone claims', async () => {
    await race(
      anOpenClaim,
      async (scene) => [await claiming(scene, scene.bob), await stopping(scene, scene.ann)],
      ({ outcomes, moved, payment }) => {
        expect(payment.state).toBe('refunded');
        expect(outcomes[1]).toBe('refunding');
        expect(['claimed', 'gone']).toContain(outcomes[0]);
        expect(moved).toEqual(['charge', 'refund']);
      },
    );
  });

  it('when a claim comes at the moment of expiry, and just before it', async () => {
    for (const beforeMs of [0, 1]) {
      await race(
        async () => {
          const scene = await anOpenClaim();
          const { claimBeforeMs } = scene.payment;
          await scene.town.later((claimBeforeMs ?? 0) - 60_000 - scene.town.world.clock.now());
          scene.town.pass(60_000 - beforeMs);
          return { ...scene, payment: await scene.town.paymentOf(scene.ann) };
        },
        async (scene) => [await claiming(scene, scene.bob), comingDue(scene)],
        ({ outcomes, moved, payment }) => {
          const isClaimed = beforeMs > 0;
          expect(outcomes[0]).toBe(isClaimed ? 'claimed' : 'gone');
          expect(payment.state).toBe(isClaimed ? 'paid' : 'refunded');
          expect(moved).toEqual(['charge', isClaimed ? 'payout' : 'refund']);
        },
      );
    }
  });
});

describe('all at once, without any order', () => {
  it('ten confirmations, three cancellations and two wake-ups leave one charge or none', async () => {
    const scene = await aDraft();
    const acts = [
      ...(await Promise.all(Array.from({ length: 10 }, () => confirming(scene)))),
      ...(await Promise.all(Array.from({ length: 3 }, () => stopping(scene, scene.ann)))),
      comingDue(scene),
      comingDue(scene),
    ];

    await Promise.allSettled(acts.map((act) => act(scene.town.world)));
    await scene.town.settle();
    await scene.town.untilNothingIsDue();

    await scene.town.checkBooks();
    const charges = scene.town.provider.movements().filter(({ kind }) => kind === 'charge');
    expect(charges.length).toBeLessThanOrEqual(1);
    expect(['cancelled', 'paid', 'refunded']).toContain(
      (await scene.town.paymentOf(scene.ann)).state,
    );
  });
});
