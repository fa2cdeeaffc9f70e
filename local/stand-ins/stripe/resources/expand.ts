// Replaces ids by the objects behind them, as `expand[]` asks.
import { PLATFORM, type Desk } from '../desk.ts';
import { invalidParameter } from '../server/api-error.ts';
import { getBalanceTransaction } from './balance.ts';
import { listLineItems } from './checkout-sessions.ts';
import { listRefunds } from './refunds.ts';

const DEEPEST = 4;

/** `answer` with every path of `paths` (`data.latest_charge.balance_transaction`) expanded. */
export function expand(desk: Desk, answer: object, paths: string[]): unknown {
  return paths.reduce<unknown>((tree, path) => {
    const names = path.split('.');
    if (names.length > DEEPEST) throw cannotExpand(path);
    return follow(desk, tree, { names, path });
  }, answer);
}

interface Path {
  names: string[];
  path: string;
}

function follow(desk: Desk, node: unknown, { names, path }: Path): unknown {
  const [name, ...rest] = names;
  if (name === undefined || node === null) return node;
  if (Array.isArray(node)) return node.map((each) => follow(desk, each, { names, path }));
  if (typeof node !== 'object') throw cannotExpand(path);
  const members = new Map<string, unknown>(Object.entries(node));
  const value = members.get(name) ?? hiddenList(desk, members, name);
  if (value === undefined) {
    if (members.has(name)) return node;
    throw cannotExpand(path);
  }
  const object = typeof value === 'string' ? lookUp(desk, value, path) : value;
  members.set(name, follow(desk, object, { names: rest, path }));
  return Object.fromEntries(members);
}

function lookUp(desk: Desk, id: string, path: string): object {
  const { shelves } = desk;
  const found =
    shelves.charges.get(id) ??
    shelves.paymentIntents.get(id) ??
    shelves.customers.get(id) ??
    shelves.cards.get(id)?.method ??
    shelves.setupIntents.get(id) ??
    shelves.refunds.get(id) ??
    shelves.transfers.get(id) ??
    shelves.disputes.get(id) ??
    shelves.payouts.get(id) ??
    // What went back of a fee is booked on both accounts; the fee itself is the platform's.
    desk.at(PLATFORM).shelves.applicationFees.get(id) ??
    reversalOf(desk, id) ??
    (shelves.balanceTransactions.get(id) && getBalanceTransaction(desk, id));
  if (!found) throw cannotExpand(path);
  return found;
}

/** Reversals are kept in their transfer. */
function reversalOf(desk: Desk, id: string): object | undefined {
  if (!id.startsWith('trr_')) return undefined;
  const reversals = desk.shelves.transfers.all().flatMap((transfer) => transfer.reversals.data);
  return reversals.find((each) => each.id === id);
}

/** Lists that Stripe shows only when they are asked for. */
function hiddenList(desk: Desk, members: Map<string, unknown>, name: string): object | undefined {
  const id = members.get('id');
  if (typeof id !== 'string') return undefined;
  const object = members.get('object');
  if (object === 'charge' && name === 'refunds') return listRefunds(desk, { charge: id });
  if (object === 'checkout.session' && name === 'line_items') return listLineItems(desk, id, {});
  return undefined;
}

function cannotExpand(path: string) {
  const message = `This property cannot be expanded (${path}).`;
  return invalidParameter({ param: 'expand', message });
}
