// What a person asks about themselves: who they are here, limits, settings, stopping, being forgotten.
import { answer, type ChatWorld, type Speaking, type Turn } from '../chat/turn.ts';
import { makeLink } from '../links/make-link.ts';
import type { Currency } from '../money/currency.ts';
import { isWalletCurrency, leftOf, limitsFor } from '../payments/limits.ts';
import { cannotDraft } from '../payments/replies.ts';
import { stopPayment } from '../payments/stop-payment.ts';
import { changePerson } from './change-person.ts';
import { leaveEverywhere } from './joined-people.ts';
import { isReadyToBePaid, type Member, type PersonId } from './person.ts';
import {
  askToDelete,
  deletionNoted,
  limitsReply,
  settingsReply,
  stoppedWriting,
  whoYouAre,
} from './replies.ts';

export async function showWhoYouAre({ world, person, event }: Speaking<Member>): Promise<Turn> {
  if (isReadyToBePaid(person)) return answer(whoYouAre(person, undefined));
  const purpose = { kind: 'payout' } as const;
  const url = await makeLink(world, { purpose, personId: person.id, address: event.address });
  return answer(whoYouAre(person, url));
}

export async function showLimits({ world, person }: Speaking<Member>): Promise<Turn> {
  const spending = await world.payments.spendingOf(person.id);
  const limits = limitsFor(person.level, person.currency);
  return answer(limitsReply(person, leftOf(limits, spending, world.clock.now())));
}

export async function showSettings({ world, person, event }: Speaking<Member>): Promise<Turn> {
  const url = await makeLink(world, {
    purpose: { kind: 'settings' },
    personId: person.id,
    address: event.address,
  });
  return answer(settingsReply(person, url));
}

export async function setCurrency(
  { world, person }: Speaking<Member>,
  currency: Currency,
): Promise<Turn> {
  if (!isWalletCurrency(currency))
    return answer(cannotDraft({ kind: 'currency_not_taken' }, person));
  await changePerson(world, person.id, (now) =>
    now.currency === currency ? undefined : { ...now, currency },
  );
  return answer(`Amounts without a sign are now ${currency}.`);
}

/** A handle is how others find someone: it does not change under them. */
export async function chooseAnotherHandle({ person }: Speaking<Member>): Promise<Turn> {
  return answer(`You are @${person.handle}, and people pay you by that. It stays yours.`);
}

/** Opting out is obeyed at once; writing again is coming back. */
export async function stopWriting({ world, person, event }: Speaking<Member>): Promise<Turn> {
  await changePerson(world, person.id, (now) => ({ ...now, stoppedAtMs: event.atMs }));
  return answer(stoppedWriting);
}

export async function askForDeletion(): Promise<Turn> {
  return { replies: [askToDelete], pending: { kind: 'confirm_deletion' } };
}

export async function requestDeletion({
  world,
  person,
  event,
}: Pick<Speaking, 'world' | 'person' | 'event'>): Promise<Turn> {
  await changePerson(world, person.id, (now) =>
    now.deletionRequestedAtMs === undefined
      ? { ...now, deletionRequestedAtMs: event.atMs }
      : undefined,
  );
  await leaveEverywhere(world, person, event.atMs);
  await declineWhatWaits(world, person.id);
  return answer(deletionNoted);
}

const pageSize = 25;

/** Money that waits for them goes back now, and not when its time is over. */
async function declineWhatWaits(world: ChatWorld, personId: PersonId): Promise<void> {
  const waiting = await world.payments.heldFor(personId, pageSize);
  for (const { id: paymentId } of waiting) await stopPayment(world, { paymentId, personId });
  if (waiting.length === pageSize) await declineWhatWaits(world, personId);
}
