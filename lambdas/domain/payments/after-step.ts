// What follows from a step for the people themselves: who has paid whom, and how well we know them.
import { changePerson } from '../people/change-person.ts';
import type { World } from '../world.ts';
import { type Payment, payeeId } from './payment.ts';
import type { PaymentEntry } from './ports.ts';

/** Twice is once: derived from the entry, and safe to repeat. */
export async function afterStep(
  world: Pick<World, 'people' | 'contacts'>,
  { entry, payment }: { readonly entry: PaymentEntry; readonly payment: Payment },
): Promise<void> {
  const payee = payeeId(payment);
  if (entry.step !== 'paid_out' || payee === undefined) return;
  await world.contacts.remember(payment.payerId, { personId: payee, lastPaidAtMs: entry.atMs });
  await changePerson(world, payment.payerId, (now) =>
    now.level === 'new' ? { ...now, level: 'known' } : undefined,
  );
}
