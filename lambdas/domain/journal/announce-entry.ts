// Tells the people concerned what a journal entry says happened, and wakes its subject when it is due.
import { isWindowOpen } from '../chat/conversation.ts';
import { newBubble, outboxId } from '../chat/outbox.ts';
import { sendMarked, sendOutboxItem } from '../chat/send-outbox.ts';
import type { OutboxItem } from '../chat/ports.ts';
import type { Reply } from '../chat/reply.ts';
import { makeLink } from '../links/make-link.ts';
import type { Person } from '../people/person.ts';
import { type Announcements, announcementsOf, isSilent } from '../payments/announcements.ts';
import { afterStep } from '../payments/after-step.ts';
import { type Payment, payeeId } from '../payments/payment.ts';
import type { PaymentEntry } from '../payments/ports.ts';
import type { RequestEntry } from '../requests/money-request.ts';
import { requestAnnouncements } from '../requests/replies.ts';
import { RetryLater } from '../retry-later.ts';
import type { World } from '../world.ts';

/** SQS delays a message 15 minutes at most; what is due later is found by the sweeper. */
export const longestWakeSeconds = 900;

export type AnnounceWorld = Pick<
  World,
  | 'payments'
  | 'requests'
  | 'people'
  | 'contacts'
  | 'links'
  | 'tokens'
  | 'outbox'
  | 'conversations'
  | 'messenger'
  | 'resendQueue'
  | 'dueQueue'
  | 'clock'
  | 'settings'
  | 'publicUrl'
>;

/** An entry handled twice says nothing twice: each bubble has an outbox id made of the entry. */
export async function announceEntry(
  world: AnnounceWorld,
  entry: PaymentEntry | RequestEntry,
): Promise<void> {
  await wakeWhenDue(world, entry);
  if (isAboutPayment(entry)) await announcePayment(world, entry);
  else await announceRequest(world, entry);
}

function isAboutPayment(entry: PaymentEntry | RequestEntry): entry is PaymentEntry {
  return entry.subject.startsWith('pay_');
}

async function wakeWhenDue(
  world: AnnounceWorld,
  entry: PaymentEntry | RequestEntry,
): Promise<void> {
  if (entry.dueAtMs === undefined) return;
  const inSeconds = Math.max(0, Math.ceil((entry.dueAtMs - world.clock.now()) / 1000));
  if (inSeconds <= longestWakeSeconds) await world.dueQueue.wake(entry.subject, inSeconds);
}

async function announcePayment(world: AnnounceWorld, entry: PaymentEntry): Promise<void> {
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
  world: AnnounceWorld,
  entry: PaymentEntry,
  payment: Payment,
): Promise<Payment> {
  if (entry.step !== 'charged' || payment.version === entry.sequence) return payment;
  const journal = await world.payments.journalOf(payment.id);
  if (!journal.some(({ step }) => step === 'claimed')) return payment;
  return { ...payment, payee: { kind: 'claim', claimCode: '', calledName: 'them' } };
}

async function sayToBoth(
  world: AnnounceWorld,
  said: { entry: PaymentEntry; told: Announcements; payer: Person; payee: Person | undefined },
): Promise<void> {
  const { entry, told, payer, payee } = said;
  const reachedPayee =
    payee === undefined || (await sayAll(world, { entry, to: payee, replies: told.toPayee }));
  const unreachable =
    payee !== undefined && !reachedPayee && entry.step === 'charged' ? [couldNotTell(payee)] : [];
  await sayAll(world, { entry, to: payer, replies: [...told.toPayer, ...unreachable] });
}

/** The sender can do what we cannot: tell them by another way. */
function couldNotTell(payee: Person): Reply {
  return {
    kind: 'text',
    text: `We could not reach @${payee.handle ?? 'them'} in Messenger. Tell them to open this chat: the money waits for them.`,
  };
}

/** `false` when any of it will never arrive. */
async function sayAll(
  world: AnnounceWorld,
  said: {
    readonly entry: PaymentEntry | RequestEntry;
    readonly to: Person;
    readonly replies: readonly Reply[];
  },
): Promise<boolean> {
  const { entry, to, replies } = said;
  const [address] = to.addresses;
  if (address === undefined || to.stoppedAtMs !== undefined) return replies.length === 0;
  if (replies.length === 0) return true;
  const conversation = await world.conversations.of(address);
  let isReached = true;
  for (const [index, reply] of replies.entries()) {
    const id = outboxId(`${entry.subject}:${entry.sequence}:${to.id}`, index + 1);
    const nowMs = world.clock.now();
    const fresh = newBubble({ id, to: address, reply, atMs: entry.atMs }, nowMs);
    const said =
      (await world.outbox.save(fresh)) === 'saved'
        ? await orQueue(world, fresh, () =>
            sendMarked(world, fresh, isWindowOpen(conversation, nowMs)),
          )
        : await sayKnown(world, id);
    if (said.state === 'undeliverable') isReached = false;
  }
  return isReached;
}

/** What an earlier run wrote down and may not have said. */
async function sayKnown(world: AnnounceWorld, id: string): Promise<OutboxItem> {
  const item = await world.outbox.get(id);
  if (item === undefined) throw new Error(`Outbox item ${id} conflicts with nothing.`);
  return orQueue(world, item, () => sendOutboxItem(world, item));
}

/** One person whom Messenger refuses for now must not hold up what everybody else is told. */
async function orQueue(
  world: AnnounceWorld,
  item: OutboxItem,
  send: () => Promise<OutboxItem>,
): Promise<OutboxItem> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof RetryLater) || error.reason !== 'messenger_later') throw error;
    await world.resendQueue.sayAgain(item);
    return item;
  }
}

async function announceRequest(world: AnnounceWorld, entry: RequestEntry): Promise<void> {
  const request = await world.requests.get(entry.subject);
  if (request === undefined)
    throw new Error(`Entry ${entry.subject}#${entry.sequence} has no request.`);
  const people = await world.people.byIds([request.askerId, request.payerId]);
  const asker = people.find((each) => each.id === request.askerId);
  const payer = people.find((each) => each.id === request.payerId);
  if (asker === undefined || payer === undefined) return;
  const told = requestAnnouncements(entry, request, { asker, payer });
  await sayAll(world, { entry, to: payer, replies: told.toPayer });
  await sayAll(world, { entry, to: asker, replies: told.toAsker });
}

async function peopleOf(world: AnnounceWorld, payment: Payment) {
  const payee = payeeId(payment);
  const people = await world.people.byIds(
    payee === undefined ? [payment.payerId] : [payment.payerId, payee],
  );
  return {
    payer: people.find((each) => each.id === payment.payerId),
    payee: people.find((each) => each.id === payee),
  };
}

function claimUrlOf(world: AnnounceWorld, payment: Payment): string | undefined {
  const { payee } = payment;
  return payee.kind === 'claim'
    ? `https://m.me/${world.settings.pageId}?ref=claim-${payee.claimCode}`
    : undefined;
}

async function linkFor(
  world: AnnounceWorld,
  person: Person | undefined,
  purpose: Parameters<typeof makeLink>[1]['purpose'],
): Promise<string> {
  const [address] = person?.addresses ?? [];
  if (person === undefined || address === undefined) throw new Error('A link is for somebody.');
  return makeLink(world, { purpose, personId: person.id, address });
}
