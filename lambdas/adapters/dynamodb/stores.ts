// Every store on DynamoDB, as the use cases name them.
import type { World } from '../../domain/world.ts';
import { dynamoBlocks } from './blocks.ts';
import { dynamoConsoleSessions } from './console-sessions.ts';
import { dynamoContacts } from './contacts.ts';
import { dynamoConversations } from './conversations.ts';
import { dynamoDueIndex } from './due-index.ts';
import { dynamoLinks } from './links.ts';
import { dynamoOrders } from './orders.ts';
import { dynamoOutbox } from './outbox.ts';
import { dynamoPasskeys } from './passkeys.ts';
import { dynamoPayments } from './payments.ts';
import { dynamoPeople } from './people.ts';
import { dynamoPictures } from './pictures.ts';
import { dynamoPins } from './pins.ts';
import { dynamoProducts } from './products.ts';
import { dynamoProviderEvents } from './provider-events.ts';
import { dynamoReports } from './reports.ts';
import { dynamoRequests } from './requests.ts';
import { dynamoSavedCards } from './saved-cards.ts';
import { dynamoShops } from './shops.ts';
import { dynamoStock } from './stock.ts';
import { type Documents, type Table, tableOf } from './table.ts';

export type Stores = Pick<
  World,
  | 'people'
  | 'contacts'
  | 'blocks'
  | 'reports'
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
>;

export interface TableNames {
  readonly users: string;
  readonly transactions: string;
}

export function dynamoStores(
  documents: Documents,
  names: TableNames,
  pause?: Table['pause'],
): Stores {
  const users = tableOf(documents, names.users, pause);
  const transactions = tableOf(documents, names.transactions, pause);
  return {
    people: dynamoPeople(users),
    contacts: dynamoContacts(users),
    blocks: dynamoBlocks(users),
    reports: dynamoReports(users),
    pins: dynamoPins(users),
    conversations: dynamoConversations(users),
    outbox: dynamoOutbox(users),
    links: dynamoLinks(users),
    consoleSessions: dynamoConsoleSessions(users),
    passkeys: dynamoPasskeys(users),
    payments: dynamoPayments(transactions),
    requests: dynamoRequests(transactions),
    providerEvents: dynamoProviderEvents(transactions),
    shops: dynamoShops(users),
    products: dynamoProducts(users),
    pictures: dynamoPictures(users),
    stock: dynamoStock(users),
    orders: dynamoOrders({ transactions, users }),
    savedCards: dynamoSavedCards(users),
    dueIndex: dynamoDueIndex(transactions),
  };
}
