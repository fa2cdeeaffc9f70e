// A provider's event is a hint: look its object up and move forward only.
import type { AdvanceOrderWorld } from '../orders/advance-order.ts';
import { applyShopEvent } from '../orders/apply-shop-event.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';
import type { AdvanceWorld } from './advance-payment.ts';
import { followDispute } from './disputes.ts';
import { rememberInstrument } from './instruments.ts';
import type { EventSettled } from './event-settled.ts';
import type { Payment, PaymentId } from './payment.ts';
import type { Found, FoundCharge, ProviderEvent } from './ports.ts';
import { refreshRecipient } from './recipients.ts';
import { settleRefund } from './refund.ts';
import { answerOf, settleCharge } from './settle-charge.ts';

export type EventWorld = AdvanceWorld & AdvanceOrderWorld & Pick<World, 'providerEvents'>;

export interface ArrivedEvent {
  readonly eventId: string;
  readonly event: ProviderEvent;
  /** How often the queue has handed it over, this time included. */
  readonly deliveries: number;
}

/** After so many deliveries an event whose payment we do not have is somebody else's. */
const deliveriesBeforeGivingUp = 4;

/**
 * Throws RetryLater while the provider does not answer or our own row is not there yet: the queue then brings the
 * event again, and in the end puts it where an alarm looks.
 */
export async function applyProviderEvent(
  world: EventWorld,
  arrived: ArrivedEvent,
): Promise<EventSettled> {
  const { eventId, event } = arrived;
  if (event.kind === 'not_for_us') return 'not_for_us';
  if ((await world.providerEvents.begin(eventId, world.clock.now())) === 'seen')
    return 'seen_before';
  const settled = await apply(world, event, arrived.deliveries);
  await world.providerEvents.settle(eventId, settled);
  return settled;
}

async function apply(
  world: EventWorld,
  event: Exclude<ProviderEvent, { kind: 'not_for_us' }>,
  deliveries: number,
): Promise<EventSettled> {
  switch (event.kind) {
    case 'charge_changed': {
      const charge = mustAnswer(await world.provider.lookUp.charge(event.intentId));
      const told = { paymentId: charge?.paymentId, intentId: event.intentId, deliveries };
      return withPayment(world, told, async (paymentId) => {
        if (charge !== undefined) await settleFoundCharge(world, paymentId, charge);
      });
    }
    case 'refund_changed': {
      const refund = mustAnswer(await world.provider.lookUp.refund(event.refundId));
      const told = { paymentId: refund?.paymentId, chargeId: refund?.chargeId, deliveries };
      return withPayment(world, told, async (paymentId) => {
        if (refund !== undefined) await settleRefund(world, paymentId, refund.answer);
      });
    }
    case 'dispute_changed': {
      const dispute = mustAnswer(await world.provider.lookUp.dispute(event.disputeId));
      const told = { paymentId: dispute?.paymentId, chargeId: dispute?.chargeId, deliveries };
      return withPayment(world, told, async (paymentId) => {
        const { disputeId } = event;
        if (dispute !== undefined)
          await followDispute(world, paymentId, { disputeId, status: dispute.status });
      });
    }
    case 'payout_changed':
      // What we asked for ourselves: its answer, or the next look, has told us all of it.
      return 'applied';
    case 'recipient_changed':
      return applyToAccount(world, event.accountId, deliveries);
    case 'shop_event':
      return applyShopEvent(world, { ...event, deliveries });
    case 'instrument_saved':
      return rememberFromEvent(world, event.setupId);
  }
}

/** Accounts of recipients and of shops tell of themselves in the same events: what is nobody's may be a shop's. */
async function applyToAccount(
  world: EventWorld,
  accountId: string,
  deliveries: number,
): Promise<EventSettled> {
  if ((await refreshRecipient(world, accountId)) !== undefined) return 'applied';
  return applyShopEvent(world, { accountId, about: { kind: 'merchant_changed' }, deliveries });
}

async function settleFoundCharge(
  world: EventWorld,
  paymentId: PaymentId,
  charge: FoundCharge,
): Promise<void> {
  const payment = await world.payments.get(paymentId);
  if (payment === undefined) return;
  await settleCharge(world, payment, { answer: answerOf(payment, charge), actor: 'provider' });
}

async function rememberFromEvent(world: EventWorld, setupId: string): Promise<EventSettled> {
  const outcome = await rememberInstrument(world, setupId);
  switch (outcome.kind) {
    case 'saved':
      return 'applied';
    case 'not_finished':
    case 'not_found':
      return 'unknown_object';
    case 'unknown':
      throw new RetryLater('provider_unknown');
  }
}

/** What an object says of itself: whose it is by our mark, and which charge it is or is about. */
interface ToldOf {
  readonly paymentId: PaymentId | undefined;
  readonly intentId?: string;
  readonly chargeId?: string | undefined;
  readonly deliveries: number;
}

/** Parks (by coming again) an event that is quicker than our own row; gives up on what is not ours. */
async function withPayment(
  world: Pick<World, 'payments'>,
  told: ToldOf,
  act: (paymentId: PaymentId) => Promise<void>,
): Promise<EventSettled> {
  if (told.paymentId === undefined) return 'unknown_object';
  const payment = await world.payments.get(told.paymentId);
  if (payment === undefined) {
    if (told.deliveries >= deliveriesBeforeGivingUp) return 'gave_up_waiting';
    throw new RetryLater('row_not_there_yet');
  }
  if (isOfAnotherCharge(payment, told)) return 'unknown_object';
  await act(told.paymentId);
  return 'applied';
}

/** The mark alone moves no money: it can be copied by whoever may write at the provider. The charge cannot. */
function isOfAnotherCharge({ trail }: Payment, told: ToldOf): boolean {
  return differ(trail.intentId, told.intentId) || differ(trail.chargeId, told.chargeId);
}

function differ(ours: string | undefined, theirs: string | undefined): boolean {
  return ours !== undefined && theirs !== undefined && ours !== theirs;
}

function mustAnswer<Thing>(found: Found<Thing>): Thing | undefined {
  if (found.kind === 'unknown') throw new RetryLater('provider_unknown');
  return found.kind === 'found' ? found.thing : undefined;
}
