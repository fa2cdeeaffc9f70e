// The provider's events: hints that come twice, late, backwards, too early, about nothing, or about somebody else's things.
import { describe, expect, it } from 'vitest';
import { applyProviderEvent } from '../../../lambdas/domain/payments/apply-provider-event.ts';
import { RetryLater } from '../../../lambdas/domain/retry-later.ts';
import {
  aDraft,
  aHeldPayment,
  annAndBob,
  moved,
  secondMs,
  stepsOf,
} from '../../builders/scenes.ts';

const found = <Thing>(thing: Thing) => ({ kind: 'found', thing }) as const;

describe('an event of the provider', () => {
  it('is applied once, however often it comes', async () => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    const hint = { kind: 'charge_changed', intentId: payment.trail.intentId ?? '' } as const;
    const before = await stepsOf(town, ann);

    expect(await town.hint(hint, { id: 'evt_once' })).toBe('applied');
    expect(await town.hint(hint, { id: 'evt_once', deliveries: 2 })).toBe('seen_before');
    expect(await town.hint(hint, { id: 'evt_another' })).toBe('applied');

    expect(await stepsOf(town, ann)).toEqual(before);
  });

  it.each(['as_sent', 'backwards'] as const)(
    'moves only forward, in whatever order (%s)',
    async (order) => {
      const { town, ann, bob } = await annAndBob();
      town.holdEvents();
      await aHeldPayment({ town, ann, bob });
      await ann.taps('Undo');
      const steps = await stepsOf(town, ann);

      await town.letEventsIn(order);

      expect(await stepsOf(town, ann)).toEqual(steps);
      expect((await town.paymentOf(ann)).state).toBe('refunded');
    },
  );

  it('that is quicker than our own row waits for it, and gives up on what never comes', async () => {
    const { town } = await annAndBob();
    const charged = await town.world.provider.charge({
      paymentId: 'pay_notyet',
      total: { minor: 2000, currency: 'USD' },
      customerId: 'cus_1',
      instrumentId: 'pm_card_visa',
      returnUrl: 'https://tender.example',
    });
    const intentId = charged.kind === 'done' ? charged.intentId : '';
    const hint = { kind: 'charge_changed', intentId } as const;
    town.holdEvents();

    await expect(town.hint(hint, { id: 'evt_early', deliveries: 1 })).rejects.toThrow(RetryLater);
    await expect(town.hint(hint, { id: 'evt_early', deliveries: 3 })).rejects.toThrow(RetryLater);
    expect(await town.hint(hint, { id: 'evt_early', deliveries: 4 })).toBe('gave_up_waiting');
    expect(await town.hint(hint, { id: 'evt_early', deliveries: 5 })).toBe('seen_before');
  });

  it('that could not be looked up comes again, and is then applied', async () => {
    const { town, ann, bob } = await annAndBob();
    await aDraft({ town, ann, bob });
    town.provider.failNext('charge', 'lost_after');
    town.provider.failNext('lookUp.charge', 'lost_before');

    await ann.pays();
    expect((await town.paymentOf(ann)).state).toBe('unknown');
    await town.later(secondMs);

    expect((await town.paymentOf(ann)).state).toBe('held');
    expect(moved(town)).toEqual(['charge']);
  });

  it.each([
    { kind: 'charge_changed', intentId: 'pi_nothing' },
    { kind: 'refund_changed', refundId: 're_nothing' },
    { kind: 'dispute_changed', disputeId: 'du_nothing' },
    { kind: 'recipient_changed', accountId: 'acct_nothing' },
    { kind: 'instrument_saved', setupId: 'cs_nothing' },
  ] as const)('about an unknown object is settled as such ($kind)', async (hint) => {
    const { town } = await annAndBob();

    expect(await town.hint(hint)).toBe('unknown_object');
  });

  it.each([
    ['a refund', { kind: 'refund_changed', refundId: 're_x' }],
    ['a dispute', { kind: 'dispute_changed', disputeId: 'du_x' }],
  ] as const)('about %s of another charge with our mark on it moves nothing', async (_, event) => {
    const { town, ann, bob } = await annAndBob();
    const { payment } = await aHeldPayment({ town, ann, bob });
    await ann.taps('Undo');
    const before = await town.paymentOf(ann);
    const told = { paymentId: payment.id, chargeId: 'ch_of_somebody_else' };
    const lookUp = {
      ...town.world.provider.lookUp,
      refund: async () =>
        found({ ...told, answer: { kind: 'declined', why: 'forged', refundId: 're_x' } as const }),
      dispute: async () => found({ ...told, status: 'lost' as const }),
    };
    const world = { ...town.world, provider: { ...town.world.provider, lookUp } };

    const settled = await applyProviderEvent(world, { eventId: 'evt_x', event, deliveries: 1 });

    expect(settled).toBe('unknown_object');
    expect(await town.paymentOf(ann)).toEqual(before);
  });

  it('about another intent with our mark on it neither pays nor declines', async () => {
    const { town, ann, bob } = await annAndBob();
    await aDraft({ town, ann, bob });
    await ann.pays({ card: 'pm_card_authenticationRequired' });
    const before = await town.paymentOf(ann);
    expect(before.state).toBe('needs_action');
    const total = { minor: 2000, currency: 'USD' } as const;
    const answer = { kind: 'done', intentId: 'pi_x', chargeId: 'ch_x' } as const;
    const lookUp = {
      ...town.world.provider.lookUp,
      charge: async () => found({ paymentId: before.id, total, answer }),
    };
    const world = { ...town.world, provider: { ...town.world.provider, lookUp } };
    const event = { kind: 'charge_changed', intentId: 'pi_x' } as const;

    const settled = await applyProviderEvent(world, { eventId: 'evt_x', event, deliveries: 1 });

    expect(settled).toBe('unknown_object');
    expect(await town.paymentOf(ann)).toEqual(before);
  });

  it('from another account is not ours, and nothing of it is kept', async () => {
    const { town } = await annAndBob();

    expect(await town.hint({ kind: 'not_for_us', type: 'invoice.paid' }, { id: 'evt_x' })).toBe(
      'not_for_us',
    );
    expect(await town.world.providerEvents.begin('evt_x', 0)).toBe('new');
  });
});
