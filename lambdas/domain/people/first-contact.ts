// First contact: what this is, the terms, and a handle. Nothing else happens before.
import type { Command } from '../chat/command.ts';
import { writePayload } from '../chat/payloads.ts';
import { type Reply, say } from '../chat/reply.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { changePerson } from './change-person.ts';
import { isMember, type Person, shortName } from './person.ts';
import { limitsFor } from '../payments/limits.ts';
import { amountFor } from '../payments/words.ts';
import { isReservedHandle, readHandle } from './handle.ts';
import { nameKeyOf } from './name-keys.ts';

export async function firstContact(
  speaking: Speaking,
  command: Command,
  text: string,
): Promise<Turn> {
  const { person } = speaking;
  if (command.kind === 'delete_my_data' || command.kind === 'stop') {
    return answer(
      'We keep nothing about you but this thread’s address. Write “start” whenever you like.',
    );
  }
  if (person.termsAcceptedAtMs === undefined) return terms(speaking, command);
  return handle(speaking, command, text);
}

async function terms(speaking: Speaking, command: Command): Promise<Turn> {
  const { world, person } = speaking;
  const isAnswered = speaking.conversation.pending?.kind === 'accept_terms';
  if (!isAnswered || command.kind !== 'yes') {
    return {
      replies: welcome(person, `${world.publicUrl}/terms`),
      pending: { kind: 'accept_terms' },
    };
  }
  const next = { ...person, version: person.version + 1, termsAcceptedAtMs: world.clock.now() };
  await world.people.save(next, person);
  return askForHandle(speaking, next);
}

async function handle(speaking: Speaking, command: Command, text: string): Promise<Turn> {
  const { world, person } = speaking;
  // A button's payload and a sentence may name anything: both pass the same gate as a bare handle.
  if (isMember(person)) return answer(ready(person));
  const wanted = handleIn(command, text);
  if (wanted === undefined) return askForHandle(speaking, person);
  if (isReservedHandle(wanted)) return askForHandle(speaking, person, `@${wanted} is taken.`);
  // The same message again, or two at once: then the handle is there.
  const now = await changePerson(world, person.id, (each) =>
    each.handle === undefined ? { ...each, handle: wanted } : undefined,
  );
  if (now !== undefined && isMember(now)) return answer(ready(now));
  return askForHandle(speaking, person, `@${wanted} is taken.`);
}

/** "help" and "yes" are said to us and are nobody's name; with an @ anything is meant as a handle. */
function handleIn(command: Command, text: string): string | undefined {
  if (command.kind === 'choose_handle') return readHandle(command.handle);
  const isPlain = command.kind === 'not_understood' || text.trim().startsWith('@');
  return isPlain ? readHandle(text) : undefined;
}

function welcome(person: Person, termsUrl: string): Reply[] {
  const hello = person.name === undefined ? 'Hello!' : `Hello ${shortName(person)}!`;
  return [
    say(
      `${hello} I am Tender, an automated assistant. With me you send and ask for money right here: “send $20 to @bob for lunch”. You always see what will happen before it happens.`,
    ),
    {
      kind: 'buttons',
      text: 'Payments are made by Stripe; your card number never comes into this chat. Please read the terms and agree to start.',
      buttons: [
        { kind: 'link', title: 'Read the terms', url: termsUrl },
        { kind: 'action', title: 'I agree', payload: writePayload({ kind: 'yes' }) },
      ],
    },
  ];
}

async function askForHandle(speaking: Speaking, person: Person, why = ''): Promise<Turn> {
  const suggestions = await freeHandles(speaking, person);
  const text =
    `${why} Choose a handle: 3 to 20 letters, digits or _. It is how people find you.`.trim();
  const quickReplies = suggestions.map((each) => ({
    title: `@${each}`,
    payload: writePayload({ kind: 'choose_handle', handle: each }),
  }));
  return { replies: [say(text, quickReplies)], pending: { kind: 'choose_handle' } };
}

/** Up to two handles made of the name that nobody has yet. */
async function freeHandles(speaking: Speaking, person: Person): Promise<string[]> {
  const { world } = speaking;
  const words = nameKeyOf(person.name ?? '')
    .replaceAll(/[^a-z0-9 ]/gu, '')
    .split(' ');
  const first = words[0] ?? '';
  const candidates = [first, words.join('_'), `${first}_${person.id.slice(4, 8)}`]
    .map(readHandle)
    .filter((each) => each !== undefined)
    .filter((each) => !isReservedHandle(each));
  const free: string[] = [];
  for (const candidate of new Set(candidates)) {
    if (free.length < 2 && (await world.people.byHandle(candidate)) === undefined)
      free.push(candidate);
  }
  return free;
}

function ready(person: Person): Reply {
  const first = amountFor(person, limitsFor(person.level, person.currency).perPayment);
  const text = `You are @${person.handle ?? ''}. Write “send $20 to @bob for lunch” or “ask @bob for $5”, or “help”. To begin with you can send up to ${first} at once.`;
  return say(text, [
    { title: 'Help', payload: writePayload({ kind: 'help' }) },
    { title: 'My limits', payload: writePayload({ kind: 'limits' }) },
  ]);
}
