// Every payment, order and request with its journal, read from the whole Transactions table: for the bookkeeper alone.
import type { Book } from '../../domain/books/book.ts';
import type { BookShelf } from '../../domain/books/ports.ts';
import type { ItemFormat } from './item-format.ts';
import { orderEntryItem, paymentEntryItem, requestEntryItem } from './items/journal.ts';
import { orderItem } from './items/orders.ts';
import { paymentItem } from './items/payments.ts';
import { requestItem } from './items/requests.ts';
import { journalPrefix } from './keys.ts';
import { scan, type ScannedItem } from './scan.ts';
import type { Table } from './table.ts';

/** A book is whole when the next partition begins. A read unit for 4 KB, read consistently: a million payments of 5 KB are 1.3 million units. */
export function dynamoBookShelf(transactions: Table): BookShelf {
  return {
    async *books() {
      let pk: string | undefined;
      let items: ScannedItem[] = [];
      for await (const item of scan(transactions)) {
        if (item['pk'] !== pk) {
          yield* bookOf(pk, items);
          pk = String(item['pk']);
          items = [];
        }
        items.push(item);
      }
      yield* bookOf(pk, items);
    },
  };
}

function bookOf(pk: string | undefined, items: readonly ScannedItem[]): Book[] {
  const [kind, id = ''] = pk?.split('#') ?? [];
  const entries = items.filter(({ sk }) => String(sk).startsWith(journalPrefix));
  const subjectAt = (sk: string) => items.find((item) => item['sk'] === sk);
  try {
    switch (kind ?? '') {
      case 'PAY':
        return [
          {
            of: 'payment',
            id,
            ...read(paymentItem, paymentEntryItem)(subjectAt('PAYMENT'), entries),
          },
        ];
      case 'ORDER':
        return [
          { of: 'order', id, ...read(orderItem, orderEntryItem)(subjectAt('ORDER'), entries) },
        ];
      case 'REQ':
        return [
          {
            of: 'request',
            id,
            ...read(requestItem, requestEntryItem)(subjectAt('REQUEST'), entries),
          },
        ];
      default:
        return [];
    }
  } catch (error) {
    // Names the entity and the fields, never what is in them.
    return [{ of: 'unreadable', id, why: error instanceof Error ? error.message : 'not an item' }];
  }
}

function read<Subject, Entry>(subjects: ItemFormat<Subject>, journal: ItemFormat<Entry>) {
  return (subject: ScannedItem | undefined, entries: readonly ScannedItem[]) => ({
    subject: subject === undefined ? undefined : subjects.read(subject),
    journal: entries.map(journal.read),
  });
}
