// The imitated Messenger as it is now: people, threads, and what each page has set up.
import { createHash } from 'node:crypto';
import type { MessageTemplate } from '../limits/message-template.ts';
import type { MessengerProfile } from '../limits/messenger-profile.ts';
import type { Message } from '../limits/send-request.ts';
import { type WebhookField, webhookFields } from '../webhooks/webhook.ts';
import type { Person, PersonAttachment, ThreadOwner, UtilityWords } from './happening.ts';

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

interface Item {
  readonly mid: string;
  readonly atMs: number;
  readonly replyTo?: string;
  reactions: { person?: string; page?: string };
}

/** One bubble on the person's side: written, or a button's title after a tap. */
export interface PersonItem extends Item {
  readonly from: 'person';
  text?: string;
  readonly attachments?: readonly PersonAttachment[];
  /** Set when the bubble came from a quick reply or a button. */
  readonly payload?: string;
  editCount: number;
}

/** One bubble on the page's side, as it was given to the Send API. */
export interface PageItem extends Item {
  readonly from: 'page';
  readonly message: Message;
  readonly utility?: UtilityWords;
}

export type ThreadItem = PersonItem | PageItem;

export interface Thread {
  readonly pageId: string;
  readonly personId: string;
  items: ThreadItem[];
  /** When the person last did something that opens the 24-hour window. */
  lastInboundAtMs?: number;
  blocked: boolean;
  /** Opened by an m.me link before the first tap: rides on Get Started. */
  pendingRef?: string;
  personReadAtMs: number;
  pageSawAtMs: number;
  /** Whom it was passed to, or who took it; ends with a day without a word. Only where the Page routes. */
  owner?: ThreadOwner;
}

export interface World {
  readonly pages: readonly Page[];
  readonly people: Map<string, Person>;
  readonly threads: Map<string, Thread>;
  readonly profiles: Map<string, MessengerProfile>;
  readonly subscriptions: Map<string, readonly WebhookField[]>;
  readonly templates: Map<string, { readonly id: string; readonly template: MessageTemplate }[]>;
  /** Page id and order number of every receipt sent: the platform wants them unique. */
  readonly orderNumbers: Set<string>;
  /** The default app of each Page that has one: only there do threads have owners. */
  readonly defaultApps: Map<string, ThreadOwner>;
}

/** A page is subscribed to everything from the start, so that a fresh start works without set-up. */
export function emptyWorld(pages: readonly Page[]): World {
  return {
    pages,
    people: new Map(),
    threads: new Map(),
    profiles: new Map(),
    subscriptions: new Map(pages.map((page) => [page.id, webhookFields])),
    templates: new Map(),
    orderNumbers: new Set(),
    defaultApps: new Map(),
  };
}

export const threadKey = (pageId: string, personId: string) => `${pageId}:${personId}`;

export function newThread(pageId: string, personId: string): Thread {
  return {
    pageId,
    personId,
    items: [],
    blocked: false,
    personReadAtMs: 0,
    pageSawAtMs: 0,
  };
}

/** The thread as it stands; one that nothing has happened in yet is empty and not kept. */
export function threadOf(world: World, pageId: string, personId: string): Thread {
  return world.threads.get(threadKey(pageId, personId)) ?? newThread(pageId, personId);
}

/** A person's id at a page: 16 digits, another at every page, the same at every start. */
export function psidOf(person: Person, pageId: string): string {
  if (pageId === person.homePageId) return person.id;
  const hash = createHash('sha256').update(`${pageId}:${person.id}`).digest('hex').slice(0, 12);
  return String(2_000_000_000_000_000n + (BigInt(`0x${hash}`) % 7_000_000_000_000_000n));
}

export function personByPsid(world: World, pageId: string, psid: string): Person | undefined {
  const home = world.people.get(psid);
  if (home?.homePageId === pageId) return home;
  return [...world.people.values()].find((person) => psidOf(person, pageId) === psid);
}

export const orderKey = (pageId: string, orderNumber: string) => `${pageId}:${orderNumber}`;
