// One thing that arrived from a thread: decided once, written down with its answers, then said.
import { firstContact } from '../people/first-contact.ts';
import { changePerson } from '../people/change-person.ts';
import { addressKey } from '../people/address.ts';
import { joinLater } from '../people/join-replies.ts';
import { takeBackLeaving } from '../people/joined-people.ts';
import { meet } from '../people/meet.ts';
import { isMember, type Person } from '../people/person.ts';
import { RetryLater } from '../retry-later.ts';
import type { Shop } from '../shops/shop.ts';
import { shopTurn } from '../shops/shop-turn.ts';
import { actOnCommand } from './act-on-command.ts';
import { catchUp } from './catch-up.ts';
import type { Command } from './command.ts';
import { type Conversation, isWindowOpen } from './conversation.ts';
import type { Opened, OutboxItem } from './ports.ts';
import type { InboundEvent } from './inbound-event.ts';
import { isMarked, outboxOf } from './outbox.ts';
import { readPayload, readRef } from './payloads.ts';
import { readCommand } from './read-command.ts';
import { readHandle } from './read-recipient.ts';
import { cannotRead, secretTyped } from './replies.ts';
import { sendMarked, sendOutboxItem, threadNotOurs } from './send-outbox.ts';
import { staysWithTheShop } from './stays-with-the-shop.ts';
import { answer, type ChatWorld, type Turn } from './turn.ts';

const maxTries = 4;

/** Why an event was done with; `policy` and `unknown_page` are for the operator. */
export type HandledAs = 'answered' | 'noted' | 'handled_before' | 'policy' | 'unknown_page';

/** Twice, late or out of order: the same event is decided once, and what was not yet said of its answers is said. */
export async function handleEvent(world: ChatWorld, event: InboundEvent): Promise<HandledAs> {
  switch (event.kind) {
    case 'echo':
      if (event.outboxId !== undefined) await world.outbox.confirm(event.outboxId, event.messageId);
      return 'noted';
    case 'policy':
      return 'policy';
    // Terms are frozen when the draft is made: an edit of the message changes nothing.
    case 'edit':
    case 'delivered':
    case 'read':
      return 'noted';
    case 'unsent':
      await sayUnsent(world, event.outboxId);
      return 'noted';
    case 'reaction':
    case 'message':
    case 'attachment':
    case 'postback':
    case 'referral':
    case 'opt_out':
    case 'taken_over':
    case 'handed_back':
      return converse(world, event);
  }
}

/** A bubble that could not be said when it was decided: tried again in its person's own queue, so nobody else waits. */
async function sayUnsent(world: ChatWorld, outboxId: string): Promise<void> {
  const item = await world.outbox.get(outboxId);
  if (item !== undefined) await sendOutboxItem(world, item);
}

/** The wallet speaks at its own Page; at any other the shop that sells there. */
type Room = 'wallet' | Shop;

async function converse(world: ChatWorld, event: InboundEvent): Promise<HandledAs> {
  const { pageId } = event.address;
  const room = pageId === world.settings.pageId ? 'wallet' : await world.shops.byPage(pageId);
  // Nobody's Page: there is nothing to say in whose name, and most likely no token to say it with.
  if (room === undefined) return 'unknown_page';
  const opened = await world.conversations.open(event.address, event.id);
  // Who has never written has nothing that could be handed on.
  if (isHandover(event) && (room === 'wallet' || opened.conversation === undefined)) return 'noted';
  const fresh = opened.wasHandled ? undefined : await typeAndDecide(world, { event, room }, opened);
  for (const item of fresh ?? (await world.outbox.ofEvent(event.id)))
    await say(world, item, { ...opened, event, isFresh: fresh !== undefined });
  return 'answered';
}

function isHandover({ kind }: InboundEvent): boolean {
  return kind === 'taken_over' || kind === 'handed_back';
}

interface Saying {
  readonly event: InboundEvent;
  /** As it was before the event. */
  readonly conversation?: Conversation;
  readonly isFresh: boolean;
}

/** Whoever has just written has an open window. Everybody else is told from their own queue, whatever waits in this one. */
async function say(world: ChatWorld, item: OutboxItem, saying: Saying): Promise<void> {
  const { event, isFresh } = saying;
  if (addressKey(item.to) !== addressKey(event.address)) {
    if (item.state === 'waiting') await world.resendQueue.sayAgain(item);
    return;
  }
  const said =
    isFresh && isMarked(item)
      ? await sendMarked(world, item, isOpenFor(world, saying))
      : await sendOutboxItem(world, item);
  if (said.why === threadNotOurs) await staysWithTheShop(world, event);
}

function isOpenFor({ clock }: ChatWorld, { event, conversation }: Saying): boolean {
  return !isHandover(event) || isWindowOpen(conversation, clock.now());
}

interface Arrived {
  readonly event: InboundEvent;
  readonly room: Room;
}

/** The dots show while we think; they end with the first bubble, so they are there before it. */
async function typeAndDecide(
  world: ChatWorld,
  arrived: Arrived,
  opened: Opened,
): Promise<OutboxItem[] | undefined> {
  const { event } = arrived;
  const isQuiet =
    event.kind === 'reaction' ||
    isHandover(event) ||
    isOverheard(event) ||
    opened.conversation?.pending?.kind === 'with_the_shop';
  const [decided] = await Promise.all([
    decide(world, arrived, opened),
    isQuiet ? undefined : world.messenger.typing(event.address),
  ]);
  return decided;
}

/** The bubbles that were written down with the event, to be sent now; undefined when another run has handled it. */
async function decide(
  world: ChatWorld,
  { event, room }: Arrived,
  opened: Opened,
): Promise<OutboxItem[] | undefined> {
  let known = opened.conversation;
  for (let attempt = 0; attempt < maxTries; attempt += 1) {
    const conversation = known ?? newConversation(event);
    const person = await meet(world, event.address, known?.personId);
    const turn = await turnFor(world, { event, room, conversation, person });
    const nowMs = world.clock.now();
    const heardAtMs = isHandover(event) ? conversation.lastInboundAtMs : nowMs;
    const handled = {
      eventId: event.id,
      address: event.address,
      replies: turn.replies,
      ...(turn.toOthers === undefined ? {} : { toOthers: turn.toOthers }),
      atMs: nowMs,
    };
    const outcome = await world.conversations.commit(
      handled,
      nextConversation(conversation, { turn, person, heardAtMs }),
    );
    if (outcome === 'done') return outboxOf(handled);
    if (outcome === 'handled_before') return undefined;
    known = await world.conversations.of(event.address);
  }
  throw new RetryLater('conversation_moved');
}

function isOverheard(event: InboundEvent): boolean {
  return event.kind === 'message' && event.isStandby === true;
}

function newConversation({ address, atMs }: InboundEvent): Conversation {
  return { address, version: 0, lastInboundAtMs: atMs };
}

interface Heard extends Arrived {
  readonly conversation: Conversation;
  readonly person: Person;
}

function nextConversation(
  before: Conversation,
  heard: { readonly turn: Turn; readonly heardAtMs: number; readonly person: Person },
): Conversation {
  const { turn, person } = heard;
  const cart = turn.cart ?? before.cart;
  return {
    address: before.address,
    version: before.version + 1,
    personId: person.id,
    // By our own clock: the vendor's may be wrong, and where we are too hopeful Messenger refuses and a template goes out.
    lastInboundAtMs: heard.heardAtMs,
    ...(turn.pending === undefined ? {} : { pending: turn.pending }),
    ...(turn.claimCode === undefined ? {} : { claimCode: turn.claimCode }),
    // Only a turn that says so changes the cart; one that was emptied need not be kept.
    ...(cart === undefined || cart.lines.length === 0 ? {} : { cart }),
  };
}

/** A reaction opens the window and says nothing; everything else is a command of some kind. */
async function turnFor(world: ChatWorld, heard: Heard): Promise<Turn> {
  const { event, room, conversation } = heard;
  if (event.kind === 'reaction') return keepQuestion(conversation);
  if (event.kind === 'message' && event.redacted.length > 0) {
    const replies = isOverheard(event) ? [] : [secretTyped(event.redacted)];
    return { ...keepQuestion(conversation), replies };
  }
  // At the wallet's own Page its people answer as they please: nothing here is about them.
  if (isOverheard(event) && room === 'wallet') return keepQuestion(conversation);
  const isWithTheShop = conversation.pending?.kind === 'with_the_shop';
  if (event.kind === 'attachment')
    return { ...keepQuestion(conversation), replies: isWithTheShop ? [] : [cannotRead] };
  const person = isHandover(event) ? heard.person : await comeBack(world, heard);
  if (room !== 'wallet') return shopTurn({ world, shop: room, person, conversation, event });
  const command = commandIn(event, person, conversation);
  const speaking = { world, person, conversation, event };
  // A handle may have been saved by a try that died before its answer was written down: then it is answered now.
  const isFirstContact = conversation.pending?.kind === 'choose_handle';
  if (isMember(person) && !isFirstContact) {
    const member = { ...speaking, person };
    return (await catchUp(member, command)) ?? actOnCommand(member, command);
  }
  const text = event.kind === 'message' ? event.text : '';
  const turn = await rememberClaim(await firstContact(speaking, command, text), {
    speaking,
    command,
  });
  return command.kind === 'join' ? { ...turn, replies: [joinLater, ...turn.replies] } : turn;
}

function keepQuestion({ pending, claimCode }: Conversation): Turn {
  return {
    replies: [],
    ...(pending === undefined ? {} : { pending }),
    ...(claimCode === undefined ? {} : { claimCode }),
  };
}

/** Writing again is coming back: from "stop", and from the wish to be forgotten while it can still be taken back. */
async function comeBack(world: ChatWorld, { event, person }: Heard): Promise<Person> {
  const leftAtMs = Math.max(person.stoppedAtMs ?? 0, person.deletionRequestedAtMs ?? 0);
  if (leftAtMs === 0 || leftAtMs >= event.atMs || event.kind === 'opt_out') return person;
  // First, for what is left to do after a crash is found by the wish that still stands.
  await takeBackLeaving(world, person);
  const back = await changePerson(world, person.id, (now) => {
    const { stoppedAtMs: _stopped, deletionRequestedAtMs: _wish, ...rest } = now;
    return rest;
  });
  return back ?? person;
}

function commandIn(event: InboundEvent, person: Person, conversation: Conversation): Command {
  switch (event.kind) {
    case 'message': {
      const pressed = event.payload === undefined ? undefined : readPayload(event.payload);
      return pressed ?? claimIn(event.ref) ?? typed(event.text, person, conversation);
    }
    case 'postback': {
      // A claim link that opens a new thread rides on Get Started.
      return claimIn(event.ref) ?? readPayload(event.payload) ?? { kind: 'start' };
    }
    case 'referral':
      return claimIn(event.ref) ?? { kind: 'start' };
    case 'opt_out':
      return { kind: 'stop' };
    case 'attachment':
    case 'echo':
    case 'edit':
    case 'unsent':
    case 'reaction':
    case 'delivered':
    case 'read':
    case 'policy':
    case 'taken_over':
    case 'handed_back':
      return { kind: 'start' };
  }
}

/** "2" answers a question of ours when one waits, and so does "@bob" where it was which person. */
function typed(text: string, person: Person, { pending }: Conversation): Command {
  const bare = text.trim().replace(/^@/u, '');
  if (pending?.kind === 'which_person' || pending?.kind === 'which_amount') {
    if (/^\d{1,2}$/u.test(bare)) return { kind: 'answer', payload: bare };
  }
  const handle = pending?.kind === 'which_person' ? readHandle(text.trim()) : undefined;
  if (handle !== undefined) return { kind: 'answer', payload: `@${handle}` };
  return readCommand(text, person);
}

function claimIn(ref: string | undefined): Command | undefined {
  return ref === undefined ? undefined : readRef(ref);
}

/** A claim that brought someone here is taken up as soon as they have a handle. */
async function rememberClaim(
  turn: Turn,
  {
    speaking,
    command,
  }: { readonly speaking: Parameters<typeof firstContact>[0]; readonly command: Command },
): Promise<Turn> {
  const claimCode = command.kind === 'claim' ? command.code : speaking.conversation.claimCode;
  if (claimCode === undefined) return turn;
  if (turn.pending !== undefined) return { ...turn, claimCode };
  const member = await speaking.world.people.byId(speaking.person.id);
  if (member === undefined || !isMember(member)) return { ...turn, claimCode };
  const claimed = await actOnCommand(
    { ...speaking, person: member },
    { kind: 'claim', code: claimCode },
  );
  return answer(...turn.replies, ...claimed.replies);
}
