// A town on the twins: people who chat, tap and open pages against the real domain, on a clock that only moves when told.
import { createHash } from 'node:crypto';
import {
  createMemoryProvider,
  type MemoryProvider,
} from '../../lambdas/adapters/memory/payment-provider.ts';
import type { MemoryCardName } from '../../lambdas/adapters/memory/provider-cards.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import { handleEvent } from '../../lambdas/domain/chat/handle-event.ts';
import type { InboundContent, InboundEvent } from '../../lambdas/domain/chat/inbound-event.ts';
import type { SendOutcome, SendRequest } from '../../lambdas/domain/chat/ports.ts';
import type { Button, Reply } from '../../lambdas/domain/chat/reply.ts';
import { announceEntry } from '../../lambdas/domain/journal/announce-entry.ts';
import { advance } from '../../lambdas/domain/payments/advance.ts';
import { applyProviderEvent } from '../../lambdas/domain/payments/apply-provider-event.ts';
import type { PaymentEntry } from '../../lambdas/domain/payments/ports.ts';
import { sweep } from '../../lambdas/domain/payments/sweep.ts';
import type { Member, PersonId } from '../../lambdas/domain/people/person.ts';
import type { RequestEntry } from '../../lambdas/domain/requests/money-request.ts';
import { RetryLater } from '../../lambdas/domain/retry-later.ts';
import type { Settings } from '../../lambdas/domain/settings.ts';
import type { World } from '../../lambdas/domain/world.ts';
import { derivedIds } from '../../lambdas/wiring/randomness.ts';
import type { PageAnswer } from '../../web/page-answer.ts';
import { pageRoutes } from '../../web/routes.ts';

export const startedAtMs = Date.UTC(2026, 10, 22, 12);

export const townSettings: Settings = {
  live: false,
  peerPaymentsApproval: null,
  pageId: '1000',
  undoSeconds: 10,
  claimDays: 7,
  draftMinutes: 30,
  requestDays: 14,
  defaultCurrency: 'USD',
  country: 'US',
  feePercent: 0,
};

export interface Town {
  readonly world: World;
  readonly provider: MemoryProvider;
  readonly entries: readonly (PaymentEntry | RequestEntry)[];
  /** A new person on the wallet's page. */
  person(name: string): Neighbour;
  /** A person who has agreed to the terms and has this handle. */
  member(name: string, handle: string): Promise<Neighbour>;
  /** Lets everything happen that needs no clock: the journal is told, what is due is done, provider's events arrive. */
  settle(): Promise<void>;
  /** Moves the clock and lets happen what is due by then. */
  later(ms: number): Promise<void>;
  handle(event: InboundEvent): Promise<void>;
  /** What the next send of a bubble comes to, instead of `sent`. */
  failNextSend(outcome: SendOutcome): void;
}

export interface Neighbour {
  readonly psid: string;
  says(text: string): Promise<void>;
  does(content: InboundContent): Promise<void>;
  /** Taps the newest button or quick reply of that title. */
  taps(title: string): Promise<void>;
  /** The URL of the newest link button of that title. */
  link(title: string): string;
  /** Everything said to them, as one text a bubble, oldest first. */
  heard(): string[];
  replies(): readonly Reply[];
  member(): Promise<Member>;
  /** Opens a page of ours, or submits its form. */
  opens(url: string): Promise<string>;
  submits(url: string, form?: Record<string, string>): Promise<PageAnswer>;
  /** Adds a card on the provider's page, reached from the pay page. */
  addsCard(payUrl: string, card: MemoryCardName): Promise<void>;
  /** Confirms the newest review card: adds the card, chooses or enters the PIN. */
  pays(options?: { card?: MemoryCardName; pin?: string }): Promise<string>;
  /** Sets up payouts from the newest link. */
  setsUpPayouts(title?: string): Promise<void>;
}

export interface TownOptions {
  readonly settings?: Partial<Settings>;
}

export function openTown(options: TownOptions = {}): Town {
  let nowMs = startedAtMs;
  let made = 0;
  const clock = { now: () => nowMs };
  const entries: (PaymentEntry | RequestEntry)[] = [];
  const untold: (PaymentEntry | RequestEntry)[] = [];
  const said = new Map<string, SendRequest[]>();
  const nextSends: SendOutcome[] = [];
  const names = new Map<string, string>();
  const provider = createMemoryProvider({ clock });
  const unsent: { id: string; psid: string; attempts: number }[] = [];

  const world: World & { providerOrigins: string[] } = {
    ...memoryStores((told) => {
      entries.push(told);
      untold.push(told);
    }),
    clock,
    ids: derivedIds,
    tokens: {
      newToken: () => `token${(made += 1)}`.padEnd(43, 'x'),
      fingerprint: (token) => createHash('sha256').update(token).digest('hex'),
    },
    settings: { ...townSettings, ...options.settings },
    publicUrl: 'https://tender.example',
    providerOrigins: [],
    pinHasher: {
      newSalt: () => `salt${(made += 1)}`,
      hash: async (pin, salt) => createHash('sha256').update(`${salt}:${pin}`).digest('hex'),
      isSame: (one, other) => one === other,
    },
    profiles: {
      profileOf: async ({ psid }) => {
        const name = names.get(psid);
        return name === undefined ? undefined : { name, locale: 'en-US' };
      },
    },
    messenger: {
      async send(request) {
        const outcome = nextSends.shift() ?? { kind: 'sent', messageId: `m_${(made += 1)}` };
        if (outcome.kind === 'sent') {
          said.set(request.to.psid, [...(said.get(request.to.psid) ?? []), request]);
        }
        return outcome;
      },
      typing: async () => undefined,
    },
    resendQueue: {
      sayAgain: async (item) =>
        void unsent.push({ id: item.id, psid: item.to.psid, attempts: item.attempts }),
    },
    provider: provider.provider,
    dueQueue: {
      wake: async (subject, inSeconds) => {
        wakes.push({ subject, atMs: nowMs + inSeconds * 1000 });
      },
    },
  };
  const wakes: { subject: string; atMs: number }[] = [];
  const providerEvents: {
    id: string;
    event: Parameters<typeof applyProviderEvent>[1]['event'];
    deliveries: number;
  }[] = [];

  async function settle(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      for (const event of provider.takeEvents()) {
        providerEvents.push({ id: `evt_${(made += 1)}`, event, deliveries: 0 });
      }
      const busy = (await tellOne()) || (await wakeOne()) || (await applyOne());
      if (!busy) return;
    }
    throw new Error('The town does not come to rest.');
  }

  async function tellOne(): Promise<boolean> {
    const told = untold.shift();
    if (told === undefined) return false;
    await announceEntry(world, told);
    return true;
  }

  async function wakeOne(): Promise<boolean> {
    const at = wakes.findIndex((each) => each.atMs <= nowMs);
    const [wake] = at === -1 ? [] : wakes.splice(at, 1);
    if (wake === undefined) return false;
    await advance(world, wake.subject);
    return true;
  }

  async function applyOne(): Promise<boolean> {
    const arrived = providerEvents.shift();
    if (arrived === undefined) return false;
    const deliveries = arrived.deliveries + 1;
    try {
      await applyProviderEvent(world, { eventId: arrived.id, event: arrived.event, deliveries });
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      providerEvents.push({ ...arrived, deliveries });
    }
    return true;
  }

  /** A minute of the sweeper's at a time where the jump is short, else straight to the end and one sweep. */
  async function later(ms: number): Promise<void> {
    nowMs += ms;
    for (const each of unsent.splice(0)) {
      const address = { pageId: world.settings.pageId, psid: each.psid };
      await handleEvent(world, {
        kind: 'unsent',
        id: `unsent:${each.id}:${each.attempts}`,
        address,
        atMs: nowMs,
        outboxId: each.id,
      });
    }
    await settle();
    await sweep(world);
    await settle();
  }

  function person(name: string): Neighbour {
    const psid = String(24_000_000_000_000_000 + (made += 1));
    names.set(psid, name);
    return neighbour(psid);
  }

  function neighbour(psid: string): Neighbour {
    const address = { pageId: world.settings.pageId, psid };
    const replies = () => (said.get(psid) ?? []).map((request) => request.reply);
    const self: Neighbour = {
      psid,
      replies,
      says: (text) => self.does({ kind: 'message', text, redacted: [] }),
      async does(content) {
        const id = `mid.${(made += 1)}`;
        // The clock ticks between two things that one person does.
        nowMs += 1;
        await handleEvent(world, { ...content, id, address, atMs: nowMs });
        await settle();
      },
      async taps(title) {
        const found = replies()
          .flatMap(tappable)
          .findLast((each) => each.title === title);
        if (found === undefined)
          throw new Error(`Nothing to tap is called ${title}: ${self.heard().join(' | ')}`);
        await self.does(
          found.isQuick
            ? { kind: 'message', text: title, redacted: [], payload: found.payload }
            : { kind: 'postback', payload: found.payload },
        );
      },
      link(title) {
        const found = replies()
          .flatMap(buttonsOf)
          .findLast((each) => each.kind === 'link' && each.title === title);
        if (found?.kind !== 'link')
          throw new Error(`No link is called ${title}: ${self.heard().join(' | ')}`);
        return found.url;
      },
      heard: () => replies().map(textOf),
      async member() {
        const found = await world.people.byAddress(address);
        if (found?.handle === undefined || found.termsAcceptedAtMs === undefined)
          throw new Error('Not a member yet.');
        return { ...found, handle: found.handle, termsAcceptedAtMs: found.termsAcceptedAtMs };
      },
      async opens(url) {
        const answer = await visit('GET', url, {});
        return answer.kind === 'page' ? answer.html : answer.to;
      },
      submits: (url, form = {}) => visit('POST', url, form),
      async addsCard(payUrl, card) {
        const to = await visit('POST', `${payUrl}/card`, {});
        if (to.kind !== 'redirect') throw new Error(to.html);
        await visit('GET', provider.hands.saveCard(to.to, card), {});
        await settle();
      },
      async pays({ card = 'pm_card_visa', pin = '258013' } = {}) {
        const url = self.link('Review and pay');
        const { instruments } = await self.member();
        if (instruments.length === 0 || card !== 'pm_card_visa') await self.addsCard(url, card);
        const now = await self.member();
        const answer = await visit('POST', url, {
          instrument: now.instruments[0]?.id ?? '',
          pin,
          newPin: pin,
          newPinAgain: pin,
        });
        await settle();
        return answer.kind === 'page' ? answer.html : answer.to;
      },
      async setsUpPayouts(title = 'Get paid') {
        const url = self.link(title);
        await visit('POST', url, {});
        const { recipientAccount } = await self.member();
        if (recipientAccount === undefined) throw new Error('Onboarding did not start.');
        provider.hands.finishOnboarding(recipientAccount.accountId);
        await visit('GET', `${url}/return`, {});
        await settle();
      },
    };

    async function visit(
      method: 'GET' | 'POST',
      url: string,
      form: Record<string, string>,
    ): Promise<PageAnswer> {
      const { pathname, searchParams } = new URL(url);
      const [, room = '', token = '', rest] = pathname.split('/');
      const route = pageRoutes[`${method} /${room}/{token}${rest === undefined ? '' : `/${rest}`}`];
      if (route === undefined) throw new Error(`No page at ${method} ${pathname}`);
      return route(world, {
        method,
        token,
        browser: psid.padEnd(43, 'b'),
        query: Object.fromEntries(searchParams),
        form: new URLSearchParams(form),
      });
    }
    return self;
  }

  return {
    world,
    provider,
    entries,
    person,
    settle,
    later,
    failNextSend: (outcome) => void nextSends.push(outcome),
    async handle(event) {
      await handleEvent(world, event);
      await settle();
    },
    async member(name, handle) {
      const self = person(name);
      await self.does({ kind: 'postback', payload: 'v1:start' });
      await self.taps('I agree');
      await self.says(`@${handle}`);
      await self.member();
      return self;
    },
  };
}

export async function paymentsOf(town: Town, personId: PersonId) {
  return town.world.payments.ofPerson(personId, { limit: 20 });
}

function buttonsOf(reply: Reply): readonly Button[] {
  if (reply.kind === 'buttons') return reply.buttons;
  return reply.kind === 'cards' ? reply.cards.flatMap((card) => card.buttons) : [];
}

function tappable(reply: Reply): { title: string; payload: string; isQuick: boolean }[] {
  const quick = reply.kind === 'text' ? (reply.quickReplies ?? []) : [];
  return [
    ...buttonsOf(reply).flatMap((each) =>
      each.kind === 'action' ? [{ ...each, isQuick: false }] : [],
    ),
    ...quick.map((each) => ({ ...each, isQuick: true })),
  ];
}

function textOf(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
    case 'buttons':
      return reply.text;
    case 'cards':
      return reply.cards.map((card) => `[${card.title} — ${card.subtitle ?? ''}]`).join(' ');
    case 'receipt':
      return `Receipt ${reply.receipt.orderNumber}: ${reply.receipt.lines.map((line) => line.title).join(', ')}`;
  }
}
