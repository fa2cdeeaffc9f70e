// Pain: the provider has charged and our own write failed, or the other way round. Asked again under the same key: one charge.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { charge } from '../../lambdas/adapters/stripe/charges.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import { confirmPayment } from '../../lambdas/domain/payments/confirm-payment.ts';
import { RetryLater } from '../../lambdas/domain/retry-later.ts';
import { intentObject } from '../adapters/stripe/objects.ts';
import { type ScriptedStripe, startScriptedStripe } from '../adapters/stripe/scripted-stripe.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  type SceneWithPayment,
  secondMs,
} from '../builders/scenes.ts';
import { oneMug, openShopTown } from '../builders/shop-town/open-shop-town.ts';
import { aBuyer } from '../builders/shop-town/shop-buyer.ts';
import { createDeath, ProcessDied } from '../builders/town/death.ts';

const confirms = async ({ town, ann, payment }: SceneWithPayment, world = town.world) => {
  const { id: personId, instruments } = await ann.member();
  const [card] = instruments;
  const pin = { newPin: '258013', newPinAgain: '258013' };
  return confirmPayment(world, {
    paymentId: payment.id,
    personId,
    instrumentId: card?.id ?? '',
    pin,
  });
};

describe('a charge whose write fails', () => {
  it('three times over is one charge (odoo/odoo#150102)', async () => {
    const scene = await aDraft(await annAndBob());
    const { town, ann } = scene;
    town.holdEvents();
    const { commit } = town.world.payments;
    let refusals = 0;
    const payments: typeof town.world.payments = {
      ...town.world.payments,
      commit: async (change) => {
        if (change.entry.step !== 'charged') return commit(change);
        refusals += 1;
        throw new RetryLater('store_throttled');
      },
    };
    for (let time = 0; time < 3; time += 1)
      await confirms(scene, { ...town.world, payments }).catch(() => undefined);
    expect(refusals).toBeGreaterThan(0);

    await town.later(minuteMs);

    expect((await town.paymentOf(ann)).state).toBe('held');
    expect(moved(town)).toEqual(['charge']);
  });

  it('because the process died in between is found and written, wherever it died (getlago/lago-api#1373, island-is/island.is#22818)', async () => {
    const calls = await callsOfConfirming();
    const at = calls.indexOf('provider.charge');
    expect(at).toBeGreaterThan(0);

    for (const call of [at + 1, at + 2]) {
      const death = createDeath();
      const scene = await aDraft(await annAndBob());
      scene.town.holdEvents();
      death.await({ call, when: call === at + 1 ? 'after' : 'before' });
      await expect(confirms(scene, death.around(scene.town.world))).rejects.toThrow(ProcessDied);

      await scene.town.later(minuteMs);

      expect((await scene.town.paymentOf(scene.ann)).state).toBe('held');
      expect(moved(scene.town)).toEqual(['charge']);
      await scene.town.checkBooks();
    }
  });
});

async function callsOfConfirming(): Promise<readonly string[]> {
  const death = createDeath();
  const scene = await aDraft(await annAndBob());
  death.await();
  await confirms(scene, death.around(scene.town.world));
  return death.calls;
}

it('a payout whose function ran out of time is not made again when its mark would have lapsed (aws-powertools/powertools-lambda-python#8049, aws-powertools/powertools-lambda-python#738)', async () => {
  const { town, ann } = await aHeldPayment(await annAndBob());
  town.provider.failNext('payOut', 'lost_after');
  await town.later(10 * secondMs);
  expect((await town.paymentOf(ann)).state).toBe('paying_out');

  // Longer than any function runs, and longer than the provider remembers a key.
  for (const ms of [15 * minuteMs, hourMs, 25 * hourMs, 2 * dayMs]) await town.later(ms);

  expect((await town.paymentOf(ann)).state).toBe('paid');
  expect(moved(town)).toEqual(['charge', 'payout']);
});

it('what a charge is asked for under follows from the message, so no lost row can take it away (mercurjs/mercur#1266)', async () => {
  const town = await openShopTown();
  const ann = aBuyer(town);
  const first = await ann.orders(oneMug, 'm_1');
  await ann.pressesPay(first.id);

  const again = await ann.orders(oneMug, 'm_1');
  await ann.pressesPay(again.id);

  expect(again.id).toBe(first.id);
  expect(town.provider.books.sessions.size).toBe(1);
});

it('an event that is quicker than our own row comes again until the row is there (duncanmcclean/statamic-cargo#190)', async () => {
  const { town, ann } = await aDraft(await annAndBob());
  const [early] = await Promise.allSettled([
    town.hint({ kind: 'charge_changed', intentId: await chargedElsewhere(town, 'pay_not_yet') }),
  ]);
  expect(early).toMatchObject({ status: 'rejected', reason: { reason: 'row_not_there_yet' } });

  town.holdEvents();
  town.provider.failNext('charge', 'lost_after');
  await ann.pays();
  await town.letEventsIn();
  expect((await town.paymentOf(ann)).state).toBe('held');
});

async function chargedElsewhere(
  town: SceneWithPayment['town'],
  paymentId: `pay_${string}`,
): Promise<string> {
  const answer = await town.world.provider.charge({
    paymentId,
    total: money(2000, 'USD'),
    customerId: 'cus_1',
    instrumentId: 'pm_card_visa',
    returnUrl: 'https://tender.example',
  });
  return answer.kind === 'done' ? answer.intentId : '';
}

describe('the key of a charge', () => {
  let stripe: ScriptedStripe;
  beforeEach(async () => {
    stripe = await startScriptedStripe();
  });
  afterEach(() => stripe.close());

  it('is the same for each request about it, never random (formancehq/wallets#109)', async () => {
    const asked = {
      paymentId: 'pay_1',
      total: money(2000, 'USD'),
      customerId: 'cus_1',
      instrumentId: 'pm_1',
      returnUrl: 'https://tender.test/back',
    } as const;
    // The library itself tries a broken connection twice.
    stripe.script('drop', 'drop', { body: intentObject() });

    expect((await charge(stripe.client, asked)).kind).toBe('unknown');
    expect((await charge(stripe.client, asked)).kind).toBe('done');

    const keys = stripe.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys)).toEqual(new Set(['pay_1:charge:1']));
  });
});
