// What the thread says about people: who someone is, which one is meant, blocking, settings, leaving.
import type { RecipientText } from '../chat/command.ts';
import { writePayload } from '../chat/payloads.ts';
import { type Reply, say } from '../chat/reply.ts';
import { type Limits, limitsFor } from '../payments/limits.ts';
import { amountFor, cardWords } from '../payments/words.ts';
import { type Member, nameAndHandle, type Person, type PersonLevel } from './person.ts';

export function askWhichPerson(people: readonly Member[], wanted: RecipientText): Reply {
  const named = wanted.kind === 'name' ? wanted.name : `@${wanted.handle}`;
  const lines = people.map((person, index) => `${index + 1}. ${nameAndHandle(person)}`);
  return say(
    [`I know more than one ${named}. Which one?`, ...lines].join('\n'),
    people.map((person) => ({
      title: `@${person.handle}`,
      payload: writePayload({ kind: 'answer', payload: person.id }),
    })),
  );
}

/** With a link to set up payouts, where there is no payout account yet. */
export function whoYouAre(person: Member, payoutUrl: string | undefined): Reply {
  const text = [
    `You are ${nameAndHandle(person)}. People send you money as @${person.handle}.`,
    payoutUrl === undefined
      ? 'Your payout account is set up: money goes straight to it.'
      : 'You have no payout account yet: set one up now, or when somebody sends you money.',
    person.instruments.length === 0
      ? 'You have no saved card.'
      : `Saved cards: ${person.instruments.map(cardWords).join(', ')}.`,
  ].join('\n');
  if (payoutUrl === undefined) return say(text);
  return {
    kind: 'buttons',
    text,
    buttons: [{ kind: 'link', title: 'Set up payouts', url: payoutUrl }],
  };
}

const levelWords: Record<PersonLevel, string> = {
  new: 'You are new here. After your first payment has arrived your limits grow; they grow again when you set up a payout account, because Stripe then knows who you are.',
  known:
    'Your limits grow again when you set up a payout account, because Stripe then knows who you are.',
  verified: 'These are the highest limits we have.',
};

export function limitsReply(person: Person, left: Limits): Reply {
  const limits = limitsFor(person.level, left.perDay.currency);
  const money = (amount: Limits['perDay']) => amountFor(person, amount);
  return say(
    [
      `One payment: up to ${money(limits.perPayment)}.`,
      `A day: ${money(limits.perDay)}, of which ${money(left.perDay)} is left.`,
      `A week: ${money(limits.perWeek)}, of which ${money(left.perWeek)} is left.`,
      levelWords[person.level],
    ].join('\n'),
  );
}

export const stoppedWriting = say(
  'You will hear no more from us. Payments under way still end as they should. Write anything to come back.',
);

export function nobodyCalled(wanted: RecipientText): Reply {
  const named = wanted.kind === 'name' ? wanted.name : `@${wanted.handle}`;
  return say(`I do not know ${named}. Their handle, such as @bob, works best.`);
}

export function blocked(person: Member): Reply {
  return say(
    `@${person.handle} can no longer send you money or ask you for any, nor you them. They are not told. “unblock @${person.handle}” takes it back.`,
  );
}

export function unblocked(person: Member): Reply {
  return say(`@${person.handle} is no longer blocked.`);
}

export function reported(person: Member): Reply {
  return say(
    `Thank you. @${person.handle} is reported and blocked; a person will look at it. If you were tricked into paying, tell your bank too: write “activity” to see what can still be taken back.`,
  );
}

export const askToDelete = say(
  'Delete what we know about you? Your name, handle, saved cards, PIN and conversations go. The books of past payments must be kept by law, without your name. Money that you have not taken by then goes back to its sender.',
  [
    { title: 'Yes, delete', payload: writePayload({ kind: 'yes' }) },
    { title: 'No', payload: writePayload({ kind: 'no' }) },
  ],
);

export const deletionNoted = say(
  'Noted. From now on nobody can find or pay you here. We delete your data within 30 days and tell you when it is done. If this was a mistake, just write to us before then.',
);

export function settingsReply(person: Member, url: string): Reply {
  return {
    kind: 'buttons',
    text: `Amounts without a sign are ${person.currency}. People ${person.findableByName ? 'can' : 'cannot'} find you by name. Cards, PIN and the rest are on our page.`,
    buttons: [{ kind: 'link', title: 'Open settings', url }],
  };
}
