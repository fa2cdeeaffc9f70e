// Tells payer and payee what a step of their payment means for them, and does what follows from it.
import type { Reply } from '../chat/reply.ts';
import { makeLink } from '../links/make-link.ts';
import { afterStep } from '../payments/after-step.ts';
import { type Announcements, announcementsOf, isSilent } from '../payments/announcements.ts';
import { type Payment, payeeId } from '../payments/payment.ts';
import type { PaymentEntry } from '../payments/ports.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import { sayToPerson, type SayWorld } from './say-to-person.ts';

export type PaymentNewsWorld = SayWorld &
  Pick<
    World,
    'payments' | 'people' | 'contacts' | 'links' | 'tokens' | 'dueQueue' | 'settings' | 'publicUrl'
  >;

export async function announcePayment(world: PaymentNewsWorld, entry: PaymentEntry): Promise<void> {
  // Nothing follows from such a step either.
  if (isSilent(entry.step)) return;
  const payment = await world.payments.get(entry.subject);
  if (payment === undefined)
    throw new Error(`Entry ${entry.subject}#${entry.sequence} has no payment.`);
  const { payer, payee } = await peopleOf(world, await asToldBy(world, entry, payment));
  if (payer === undefined) throw new Error(`Payment ${payment.id} has no payer.`);
  await afterStep(world, { entry, payment, payer, payee });
  const told = await announcementsOf({
    entry,
    payment,
    payer,
    payee,
    settings: world.settings,
    claimUrl: claimUrlOf(world, payment),
    links: {
      payout: () => linkFor(world, payee, { kind: 'payout' }),
      pay: () => linkFor(world, payer, { kind: 'pay', paymentId: payment.id }),
    },
  });
  await sayToBoth(world, { entry, told, payer, payee });
}

/** A charge told again after the claim was made for nobody yet: whoever claimed it was told by the claim. */
async function asToldBy(
  world: PaymentNewsWorld,
  entry: PaymentEntry,
  payment: Payment,
): Promise<Payment> {
  if (entry.step !== 'charged' || payment.version === entry.sequence) return payment;
  const journal = await world.payments.journalOf(payment.id);
  if (!journal.some(({ step }) => step === 'claimed')) return payment;
  return { ...payment, payee: { kind: 'claim', claimCode: '', calledName: 'them' } };
}

async function sayToBoth(
  world: PaymentNewsWorld,
  said: { entry: PaymentEntry; told: Announcements; payer: Person; payee: Person | undefined },
): Promise<void> {
  const { entry, told, payer, payee } = said;
  const reachedPayee =
    payee === undefined || (await sayToPerson(world, { entry, to: payee, replies: told.toPayee }));
  const unreachable =
    payee !== undefined && !reachedPayee && entry.step === 'charged' ? [couldNotTell(payee)] : [];
  await sayToPerson(world, { entry, to: payer, replies: [...told.toPayer, ...unreachable] });
}

/** The sender can do what we cannot: tell them by another way. */
function couldNotTell(payee: Person): Reply {
  return {
    kind: 'text',
    text: `We could not reach @${payee.handle ?? 'them'} in Messenger. Tell them to open this chat: the money waits for them.`,
  };
}

async function peopleOf(world: PaymentNewsWorld, payment: Payment) {
  const payee = payeeId(payment);
  const people = await world.people.byIds(
    payee === undefined ? [payment.payerId] : [payment.payerId, payee],
  );
  return {
    payer: people.find((each) => each.id === payment.payerId),
    payee: people.find((each) => each.id === payee),
  };
}

function claimUrlOf(world: PaymentNewsWorld, payment: Payment): string | undefined {
  const { payee } = payment;
  return payee.kind === 'claim'
    ? `https://m.me/${world.settings.pageId}?ref=claim-${payee.claimCode}`
    : undefined;
}

async function linkFor(
  world: PaymentNewsWorld,
  person: Person | undefined,
  purpose: Parameters<typeof makeLink>[1]['purpose'],
): Promise<string> {
  const [address] = person?.addresses ?? [];
  if (person === undefined || address === undefined) throw new Error('A link is for somebody.');
  return makeLink(world, { purpose, personId: person.id, address });
}
