// The world of a town: every port a twin, a clock that only moves when told, ids and tokens that a seed would repeat.
import { quickHasher } from '../quick-hasher.ts';
import { createHash } from 'node:crypto';
import {
  createMemoryProvider,
  type MemoryProvider,
  type MemoryProviderOptions,
} from '../../../lambdas/adapters/memory/payment-provider.ts';
import {
  createMemoryShopProvider,
  type MemoryShopProvider,
} from '../../../lambdas/adapters/memory/shop-provider.ts';
import { memoryStores } from '../../../lambdas/adapters/memory/stores.ts';
import type { InboundEvent } from '../../../lambdas/domain/chat/inbound-event.ts';
import type { OutboxItem, SendOutcome, SendRequest } from '../../../lambdas/domain/chat/ports.ts';
import type { OrderEntry } from '../../../lambdas/domain/orders/ports.ts';
import type { PaymentEntry } from '../../../lambdas/domain/payments/ports.ts';
import type { RequestEntry } from '../../../lambdas/domain/requests/money-request.ts';
import type { Settings } from '../../../lambdas/domain/settings.ts';
import type { World } from '../../../lambdas/domain/world.ts';
import { derivedIds } from '../../../lambdas/wiring/randomness.ts';

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

export interface TownOptions {
  readonly settings?: Partial<Settings>;
  readonly faultFor?: MemoryProviderOptions['faultFor'];
  /** Stands between the handlers and the world, such as a death that waits in it. */
  readonly around?: (world: HandlersWorld) => HandlersWorld;
}

export type HandlersWorld = World & { readonly providerOrigins: readonly string[] };

export type Entry = PaymentEntry | RequestEntry | OrderEntry;

/** A profile as Messenger tells it. */
export interface TownProfile {
  readonly name?: string;
  readonly locale?: string;
}

export interface TownWorld {
  /** For whoever looks on. */
  readonly world: HandlersWorld;
  /** What deployed functions reach. */
  readonly running: HandlersWorld;
  readonly provider: MemoryProvider;
  readonly shopProvider: MemoryShopProvider;
  /** Set forward by whoever tells the time. */
  readonly time: { nowMs: number };
  readonly nextNumber: () => number;
  readonly entries: Entry[];
  /** Entries that nobody has been told of, wakes and bubbles that wait. */
  readonly untold: Entry[];
  readonly wakes: { readonly subject: string; readonly atMs: number }[];
  readonly unsent: Pick<OutboxItem, 'id' | 'to' | 'attempts'>[];
  /** By PSID, oldest first. */
  readonly said: Map<string, SendRequest[]>;
  readonly profiles: Map<string, TownProfile>;
  readonly nextSends: SendOutcome[];
  /** Of what was sent: Messenger tells the page what the page said. */
  readonly echoes: InboundEvent[];
}

export function openTownWorld(options: TownOptions): TownWorld {
  const time = { nowMs: startedAtMs };
  let made = 0;
  const nextNumber = () => (made += 1);
  const clock = { now: () => time.nowMs };
  const { faultFor } = options;
  const provider = createMemoryProvider({ clock, ...(faultFor === undefined ? {} : { faultFor }) });
  const shopProvider = createMemoryShopProvider({ clock });
  const kept = {
    entries: new Array<Entry>(),
    untold: new Array<Entry>(),
    wakes: new Array<TownWorld['wakes'][number]>(),
    unsent: new Array<TownWorld['unsent'][number]>(),
    said: new Map<string, SendRequest[]>(),
    profiles: new Map<string, TownProfile>(),
    nextSends: new Array<SendOutcome>(),
    echoes: new Array<InboundEvent>(),
  };
  const world = {
    ...memoryStores((entry) => {
      kept.entries.push(entry);
      kept.untold.push(entry);
    }),
    clock,
    ids: derivedIds,
    tokens: { newToken: () => `token${nextNumber()}`.padEnd(43, 'x'), fingerprint: hash },
    settings: { ...townSettings, ...options.settings },
    publicUrl: 'https://tender.example',
    providerOrigins: [],
    pinHasher: quickHasher(nextNumber),
    profiles: { profileOf: async ({ psid }) => kept.profiles.get(psid) },
    messenger: messengerTwin(kept, nextNumber),
    resendQueue: { sayAgain: async (item) => void kept.unsent.push(item) },
    provider: provider.provider,
    shopProvider: shopProvider.shopProvider,
    lastWord: { ask: async () => ({ kind: 'go' }) as const },
    dueQueue: {
      wake: async (subject, inSeconds) =>
        void kept.wakes.push({ subject, atMs: time.nowMs + inSeconds * 1000 }),
    },
  } satisfies TownWorld['world'];
  const running = options.around?.(world) ?? world;
  return { ...kept, world, running, provider, shopProvider, time, nextNumber };
}

function messengerTwin(
  kept: Pick<TownWorld, 'said' | 'nextSends' | 'echoes'>,
  nextNumber: () => number,
): World['messenger'] {
  return {
    async send(request) {
      const outcome = kept.nextSends.shift() ?? { kind: 'sent', messageId: `m_${nextNumber()}` };
      if (outcome.kind === 'sent') {
        kept.said.set(request.to.psid, [...(kept.said.get(request.to.psid) ?? []), request]);
        kept.echoes.push(echoOf(request, outcome.messageId));
      }
      return outcome;
    },
    typing: async () => undefined,
  };
}

function echoOf({ to, outboxId }: SendRequest, messageId: string): InboundEvent {
  return {
    kind: 'echo',
    id: `${messageId}:echo`,
    address: to,
    atMs: startedAtMs,
    outboxId,
    messageId,
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
