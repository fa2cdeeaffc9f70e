// Every store in memory: the twins of adapters/dynamodb, for fast tests and simulation.
import type { Link } from '../../domain/links/link.ts';
import type { OrderEntry } from '../../domain/orders/ports.ts';
import type { World } from '../../domain/world.ts';
import { memoryBlocks } from './blocks.ts';
import { type Books, newBooks } from './books.ts';
import { memoryConsoleSessions } from './console-sessions.ts';
import { memoryContacts } from './contacts.ts';
import { memoryChat } from './conversations.ts';
import { memoryDueIndex } from './due-index.ts';
import { memoryLinks } from './links.ts';
import { newOrderBooks } from './order-books.ts';
import { memoryOrders } from './orders.ts';
import { memoryPasskeys } from './passkeys.ts';
import { memoryPayments } from './payments.ts';
import { memoryPeople } from './people.ts';
import { memoryPictures } from './pictures.ts';
import { memoryPins } from './pins.ts';
import { memoryProducts } from './products.ts';
import { memoryProviderEvents } from './provider-events.ts';
import { type MemoryReports, memoryReports } from './reports.ts';
import { memoryRequests } from './requests.ts';
import { memorySavedCards } from './saved-cards.ts';
import { newShelf } from './shelf.ts';
import { memoryShops } from './shops.ts';
import { memoryStock, newStockShelf } from './stock.ts';

export type MemoryStores = Pick<
  World,
  | 'people'
  | 'contacts'
  | 'blocks'
  | 'pins'
  | 'conversations'
  | 'outbox'
  | 'links'
  | 'consoleSessions'
  | 'passkeys'
  | 'payments'
  | 'requests'
  | 'providerEvents'
  | 'shops'
  | 'products'
  | 'pictures'
  | 'stock'
  | 'orders'
  | 'savedCards'
  | 'dueIndex'
> & { readonly reports: MemoryReports };

/** `onEntry` is told of each journal entry right after its commit: it must only take note, not commit. */
export function memoryStores(
  onEntry?: (entry: Parameters<Books['onEntry']>[0] | OrderEntry) => void,
): MemoryStores {
  const books = newBooks(onEntry);
  const blocks = memoryBlocks();
  const stockShelf = newStockShelf();
  const linkShelf = newShelf<Link>('Link');
  const orderBooks = newOrderBooks(stockShelf, onEntry);
  return {
    people: memoryPeople(linkShelf),
    contacts: memoryContacts(blocks),
    blocks,
    reports: memoryReports(),
    pins: memoryPins(),
    ...memoryChat(),
    links: memoryLinks(linkShelf),
    consoleSessions: memoryConsoleSessions(),
    passkeys: memoryPasskeys(),
    payments: memoryPayments(books),
    requests: memoryRequests(books),
    providerEvents: memoryProviderEvents(),
    shops: memoryShops(),
    products: memoryProducts(),
    pictures: memoryPictures(),
    stock: memoryStock(stockShelf),
    orders: memoryOrders(orderBooks),
    savedCards: memorySavedCards(),
    dueIndex: memoryDueIndex(books, orderBooks),
  };
}
