// A turn: what is answered to one thing that a person said, and the question that then waits.
import type { Cart } from '../orders/cart.ts';
import type { Address } from '../people/address.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import type { Conversation, PendingQuestion } from './conversation.ts';
import type { InboundEvent } from './inbound-event.ts';
import { type Reply, say } from './reply.ts';

/** What a conversation may reach: no provider, so no card is charged from the thread. */
export type ChatWorld = Omit<
  World,
  | 'provider'
  | 'providerEvents'
  | 'shopProvider'
  | 'lastWord'
  | 'dueIndex'
  | 'dueQueue'
  | 'pins'
  | 'pinHasher'
>;

export interface Turn {
  readonly replies: readonly Reply[];
  /** The next question; none asked means that the old one is over. */
  readonly pending?: PendingQuestion;
  /** Kept until first contact is finished. */
  readonly claimCode?: string;
  /** What the cart holds from now on; without it the cart stays as it is. */
  readonly cart?: Cart;
  /** What others are told of it, in their own threads. */
  readonly toOthers?: readonly { readonly to: Address; readonly reply: Reply }[];
}

/** Who speaks, where, and what was asked of them before. */
export interface Speaking<Who extends Person = Person> {
  readonly world: ChatWorld;
  readonly person: Who;
  readonly conversation: Conversation;
  readonly event: InboundEvent;
}

export function answer(...replies: readonly (Reply | string)[]): Turn {
  return { replies: replies.map((each) => (typeof each === 'string' ? say(each) : each)) };
}
