// The payer reminds a payee who has not taken the money yet: once a day at most.
import { type Reply, say } from '../chat/reply.ts';
import type { Speaking } from '../chat/turn.ts';
import { isReadyToBePaid, type Member } from '../people/person.ts';
import { changePayment } from './change-payment.ts';
import { dayMs } from './due-dates.ts';
import { type PaymentId, payeeId } from './payment.ts';
import { takeStep } from './take-step.ts';

export async function remindOfPayment(
  { world, person }: Speaking<Member>,
  id: PaymentId,
): Promise<Reply> {
  const nowMs = world.clock.now();
  let why = 'There is no payment of yours that waits for somebody. Write “activity” to see them.';
  const changed = await changePayment(world, id, async (payment) => {
    if (payment.payerId !== person.id || payment.state !== 'held') return undefined;
    const payee = payeeId(payment);
    if (payee === undefined) {
      why = 'Nobody has opened your link yet. Forward it once more.';
      return undefined;
    }
    if (await world.blocks.isBlockedBetween(person.id, payee)) {
      why = 'You cannot write to this person here. Unclaimed, the money comes back to you.';
      return undefined;
    }
    const recipient = await world.people.byId(payee);
    if (recipient !== undefined && isReadyToBePaid(recipient)) {
      why = 'It is being paid out already; nobody needs to do anything.';
      return undefined;
    }
    if (nowMs - (payment.remindedAtMs ?? 0) < dayMs) {
      why = 'They were reminded already. One reminder a day is enough.';
      return undefined;
    }
    return takeStep(payment, {
      step: 'claim_reminded',
      actor: 'payer',
      nowMs,
      settings: world.settings,
      changes: { remindedAtMs: nowMs },
    });
  });
  return say(changed?.isOurs === true ? 'Reminded.' : why);
}
