// What the domain needs of Messenger and of a conversation's memory.
import type { Address } from '../people/address.ts';
import type { Conversation } from './conversation.ts';
import type { InboundEvent } from './inbound-event.ts';
import type { Reply } from './reply.ts';

/**
 * What became of one send. `sent`: Messenger gave it an id. `doubtful`: it may or may not be there: wait for the echo
 * before saying it again. `later`: refused for now, nothing was said. `window_closed`: outside the 24 hours and no
 * template would do. `unreachable`: this person will not get it. `not_ours`: others have the thread, and Messenger lets
 * nobody else write to it. `stopped`: the page itself may not send; `why` is for the operator.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'doubtful'; readonly why: string }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'window_closed' }
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'not_ours'; readonly why: string }
  | { readonly kind: 'stopped'; readonly why: string };

export interface SendRequest {
  readonly to: Address;
  readonly reply: Reply;
  /** Travels in the message's metadata and comes back in its echo. */
  readonly outboxId: string;
  /** Whether the 24-hour window is open; outside of it only `reply.utility` is sent. */
  readonly isWindowOpen: boolean;
}

export interface Messenger {
  /** Once a reply that hands over is out, the people of the Page are given the thread: best effort, for they see it anyway. */
  send(request: SendRequest): Promise<SendOutcome>;
  /** Best effort: a failure is not told. */
  typing(to: Address): Promise<void>;
}

/** Hands a bubble that could not be said now to its person's own queue. */
export interface ResendQueue {
  sayAgain(item: Pick<OutboxItem, 'id' | 'to' | 'attempts'>): Promise<void>;
}

/** Tells the chat worker of what did not come from Messenger, in its person's own order. */
export interface EventQueue {
  put(events: readonly InboundEvent[]): Promise<void>;
}

/** What is said in answer to one inbound event, kept until all of it has gone out. */
export interface HandledEvent {
  readonly eventId: string;
  readonly address: Address;
  readonly replies: readonly Reply[];
  /** Said to other people because of it, after its own replies. */
  readonly toOthers?: readonly { readonly to: Address; readonly reply: Reply }[];
  readonly atMs: number;
}

/** What is known of an event when it comes in. */
export interface Opened {
  readonly conversation?: Conversation;
  /** Whether this event was committed already. */
  readonly wasHandled: boolean;
}

export interface ConversationStore {
  /** Where a conversation stands, and whether it has had this event: one read. */
  open(address: Address, eventId: string): Promise<Opened>;
  of(address: Address): Promise<Conversation | undefined>;
  /**
   * Marks the event handled, keeps its replies as `outboxOf` makes them and saves the conversation: all or nothing.
   * `handled_before` when the event was committed already, `conflict` when the conversation moved on.
   */
  commit(
    handled: HandledEvent,
    next: Conversation,
  ): Promise<'done' | 'handled_before' | 'conflict'>;
  /** Those at this Page that its people have now, in no particular order; two days without a word and they may be missing. */
  withTheShop(pageId: string): Promise<Conversation[]>;
}

/** `sending` is written before a send: whoever finds it cannot know whether the bubble went out, and waits for its echo. */
export type OutboxState = 'waiting' | 'sending' | 'doubtful' | 'sent' | 'undeliverable';

/** One bubble on its way: from decided to sent or undeliverable. Its words are dropped once they are out. */
export interface OutboxItem {
  readonly id: string;
  readonly version: number;
  readonly to: Address;
  readonly state: OutboxState;
  readonly reply?: Reply;
  readonly attempts: number;
  readonly atMs: number;
  readonly lastAttemptAtMs?: number;
  readonly messageId?: string;
  readonly why?: string;
}

export interface OutboxStore {
  get(id: string): Promise<OutboxItem | undefined>;
  /** Version 1 only where there is none; else over version - 1. */
  save(item: OutboxItem): Promise<'saved' | 'conflict'>;
  /** An echo came: whatever the state, it is out. Unknown ids are ignored. */
  confirm(id: string, messageId: string): Promise<void>;
  /** Of one event's replies, in the order in which they are to be said. */
  ofEvent(eventId: string): Promise<OutboxItem[]>;
}
