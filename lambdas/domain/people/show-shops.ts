// In the wallet: the shops whose chats are joined, how the last orders there stand, and the way to take each apart.
import { say } from '../chat/reply.ts';
import { answer, type Speaking, type Turn } from '../chat/turn.ts';
import { formatMoney } from '../money/format-money.ts';
import type { Order } from '../orders/order.ts';
import { orderStateWords } from '../orders/replies.ts';
import { undoInWallet } from './join-replies.ts';
import type { JoinedShop, Member } from './person.ts';

/** Of each shop. */
const mostOrders = 3;

const none = say(
  'No chat with a shop is joined to your account. Write “link my wallet” in your chat with a shop, and its orders show here.',
);

export async function showShops({ world, person }: Speaking<Member>): Promise<Turn> {
  const { joined = [] } = person;
  if (joined.length === 0) return answer(none);
  const places = await Promise.all(joined.map((place) => lookUp(world, place)));
  const shown = places.filter((place) => place !== undefined);
  const lines = shown.flatMap(({ name, orders }) => [
    orders.length === 0 ? `${name}: no orders yet` : `${name}:`,
    ...orders.map((order) => `• ${orderWords(order, person)}`),
  ]);
  const buttons = shown.map(({ name, personId }) => undoInWallet(personId, `Unlink ${name}`));
  return answer(say(lines.join('\n'), buttons));
}

async function lookUp(
  world: Speaking['world'],
  { shopId, personId }: JoinedShop,
): Promise<
  { readonly name: string; readonly personId: Member['id']; readonly orders: Order[] } | undefined
> {
  const [shop, orders] = await Promise.all([
    world.shops.get(shopId),
    world.orders.ofBuyer(shopId, personId, mostOrders),
  ]);
  return shop === undefined ? undefined : { name: shop.name, personId, orders };
}

function orderWords(order: Order, { locale }: Member): string {
  const total = formatMoney(order.bill.total, locale);
  return `${order.number} · ${total} · ${orderStateWords(order)}`;
}
