// Everything a use case may reach: the stores, the providers, the clock. Each takes only what it names of this.
import type { ConversationStore, Messenger, OutboxStore, ResendQueue } from './chat/ports.ts';
import type { ConsoleSessionStore, PasskeyStore } from './console/ports.ts';
import type { LinkStore } from './links/link.ts';
import type { LastWord, OrderStore, SavedCardStore, ShopProvider } from './orders/ports.ts';
import type {
  DueIndex,
  DueQueue,
  PaymentProvider,
  PaymentStore,
  ProviderEventStore,
} from './payments/ports.ts';
import type {
  BlockStore,
  ContactStore,
  PeopleStore,
  PinHasher,
  PinStore,
  ProfileSource,
  ReportStore,
} from './people/ports.ts';
import type { Clock, Ids, Tokens } from './ports.ts';
import type { RequestStore } from './requests/ports.ts';
import type { Settings } from './settings.ts';
import type { PictureStore } from './shops/picture.ts';
import type { ProductStore, ShopStore, StockStore } from './shops/ports.ts';

export interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly settings: Settings;
  /** Origin of our own pages, without a trailing slash. */
  readonly publicUrl: string;

  readonly people: PeopleStore;
  readonly contacts: ContactStore;
  readonly blocks: BlockStore;
  readonly reports: ReportStore;
  readonly pins: PinStore;
  readonly pinHasher: PinHasher;
  readonly profiles: ProfileSource;

  readonly conversations: ConversationStore;
  readonly outbox: OutboxStore;
  readonly messenger: Messenger;
  readonly resendQueue: ResendQueue;
  readonly links: LinkStore;
  readonly consoleSessions: ConsoleSessionStore;
  readonly passkeys: PasskeyStore;

  readonly payments: PaymentStore;
  readonly requests: RequestStore;
  readonly provider: PaymentProvider;
  readonly providerEvents: ProviderEventStore;
  readonly shops: ShopStore;
  readonly products: ProductStore;
  readonly pictures: PictureStore;
  readonly stock: StockStore;
  readonly orders: OrderStore;
  readonly savedCards: SavedCardStore;
  readonly shopProvider: ShopProvider;
  readonly lastWord: LastWord;
  readonly dueIndex: DueIndex;
  readonly dueQueue: DueQueue;
}
