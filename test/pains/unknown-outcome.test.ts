// Pain: nobody knows what became of a charge or a refund, and the customer is told something. Unknown is said, asked about, and ends.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ProviderCall,
  ProviderFault,
} from '../../lambdas/adapters/memory/payment-provider.ts';
import { charge } from '../../lambdas/adapters/stripe/charges.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import { type ScriptedStripe, startScriptedStripe } from '../adapters/stripe/scripted-stripe.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  dayMs,
  hourMs,
  minuteMs,
  moved,
  secondMs,
} from '../builders/scenes.ts';

/** 30 s, 5 min, an hour, five days. */
const janitor = [30 * secondMs, 5 * minuteMs, hourMs, ...Array.from({ length: 5 }, () => dayMs)];

describe('a charge', () => {
  let stripe: ScriptedStripe;
  beforeEach(async () => {
    stripe = await startScriptedStripe();
  });
  afterEach(() => stripe.close());

  it('that ends in a 502 is unknown, and the payer reads so: neither paid nor under way (juspay/hyperswitch#13180)', async () => {
    stripe.script({ status: 502, body: { error: { type: 'api_error' } } });
    const answer = await charge(stripe.client, {
      paymentId: 'pay_1',
      total: money(2000, 'USD'),
      customerId: 'cus_1',
      instrumentId: 'pm_1',
      returnUrl: 'https://tender.test/back',
    });
    expect(answer.kind).toBe('unknown');

    const { town, ann } = await aDraft(await annAndBob());
    town.provider.failNext('charge', 'lost_before');
    expect(await ann.pays()).toContain('We are finding out');
    expect(ann.heard().at(-1)).toContain('We do not know yet');
    expect(ann.heard().join(' ')).not.toMatch(/charged to|processing/u);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'that nobody knows of is asked about again and ends known at the %i. look, or with a person (killbill/killbill-docs#69, killbill/killbill-docs#435)',
    async (silentLooks) => {
      const fault: { now: ProviderFault | undefined } = { now: undefined };
      const faultFor = (call: ProviderCall) => {
        if (!['charge', 'lookUp.charge', 'lookUp.chargeOf'].includes(call)) return undefined;
        return fault.now;
      };
      const { town, ann } = await aDraft(await annAndBob({ faultFor }));
      town.holdEvents();
      fault.now = 'lost_after';
      await ann.pays();
      expect((await town.paymentOf(ann)).state).toBe('unknown');

      for (const [at, waitMs] of janitor.entries()) {
        if (at === silentLooks) fault.now = undefined;
        if (at <= silentLooks) await town.later(waitMs);
      }

      expect(['held', 'paid']).toContain((await town.paymentOf(ann)).state);
      expect(moved(town).filter((kind) => kind === 'charge')).toHaveLength(1);
      await town.checkBooks();
    },
  );
});

describe('a refund', () => {
  it('that never reached the provider is not told as under way, and is asked for again (juspay/hyperswitch#9622)', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    town.provider.failNext('refund', 'lost_before');

    await ann.taps('Undo');

    expect((await town.paymentOf(ann)).state).toBe('refunding');
    expect(ann.heard().join(' ')).not.toContain('on its way back');
    await town.later(30 * secondMs);
    expect((await town.paymentOf(ann)).state).toBe('refunded');
    expect(ann.heard().at(-1)).toContain('on its way back');
  });

  it('whose answer was lost has its id in the end, and is one refund (juspay/hyperswitch#3751)', async () => {
    const { town, ann } = await aHeldPayment(await annAndBob());
    town.holdEvents();
    town.provider.failNext('refund', 'lost_after');
    await ann.taps('Undo');
    expect((await town.paymentOf(ann)).trail.refundId).toBeUndefined();

    await town.later(30 * secondMs);

    const { trail } = await town.paymentOf(ann);
    expect([...town.provider.books.refunds.keys()]).toEqual([trail.refundId]);
    expect(moved(town)).toEqual(['charge', 'refund']);
  });
});
