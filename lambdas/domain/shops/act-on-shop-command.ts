// The one switch over everything that people can say or press at a shop's Page.
import { say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { askForDeletion, requestDeletion } from '../people/about-oneself.ts';
import { emptyCart } from '../orders/cart.ts';
import { changePerson } from '../people/change-person.ts';
import { showCategory, showFound, showMenu } from './browse.ts';
import { askRefund, cancelMyOrder, reorder, showOrders } from './buyer-orders.ts';
import { checkOutTurn } from './check-out-turn.ts';
import { chooseProduct } from './choose-product.ts';
import { orderByWords } from './fill-cart.ts';
import { foldWords, singularOf } from './search-words.ts';
import { openFromLink } from './open-from-link.ts';
import { changeCart, emptyTheCart, setQuantity, showCart, takeOut } from './show-cart.ts';
import type { ShopCommand } from './shop-command.ts';
import { greeting, helpAt, nothingAsked, notUnderstoodAt, toMenu } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { handoverWords, hoursWords, notSellingWords } from './shop-words.ts';
import { type JoinCommand, joinWallet } from './join-wallet.ts';
import { comeBack, talkToShop } from './talk-to-shop.ts';
import { joinTeam, openConsole, setPaused } from './team-turn.ts';

export async function actOnShopCommand(shopping: Shopping, command: ShopCommand): Promise<Turn> {
  switch (command.kind) {
    case 'start':
      return greet(shopping);
    case 'help':
      return answer(helpAt(shopping.shop));
    case 'menu':
      return showMenu(shopping);
    case 'category':
      return showCategory(shopping, command);
    case 'search':
      return lookFor(shopping, command);
    case 'order':
      return orderByWords(shopping, command.asked);
    case 'choose':
      return chooseProduct(shopping, command);
    case 'cart':
    case 'change_cart':
    case 'set_quantity':
    case 'take_out':
    case 'empty_cart':
      return actOnCart(shopping, command);
    case 'check_out':
      return checkOutTurn(shopping);
    case 'my_orders':
    case 'reorder':
    case 'cancel_order':
    case 'ask_refund':
      return actOnOrder(shopping, command);
    case 'talk_to_shop':
      return talkToShop(shopping);
    case 'come_back':
      return comeBack(shopping);
    case 'hours':
    case 'handover':
      return answer(say(aboutShop(shopping, command.kind), [toMenu]));
    case 'open_product':
    case 'open_bill':
    case 'open_nothing':
      return openFromLink(shopping, command);
    case 'console':
    case 'join_team':
    case 'pause':
    case 'open':
      return actForTeam(shopping, command);
    case 'link_wallet':
    case 'confirm_join':
    case 'refuse_join':
    case 'unlink_wallet':
    case 'stop':
    case 'delete_my_data':
      return actForOneself(shopping, command);
    case 'yes':
      return sayYes(shopping);
    case 'no':
      return answer(nothingAsked);
    case 'not_understood':
      return answer(notUnderstoodAt(command.why));
  }
}

type Act<Kind extends ShopCommand['kind']> = Extract<ShopCommand, { kind: Kind }>;

async function actOnCart(
  shopping: Shopping,
  command: Act<'cart' | 'change_cart' | 'set_quantity' | 'take_out' | 'empty_cart'>,
): Promise<Turn> {
  switch (command.kind) {
    case 'cart':
      return showCart(shopping);
    case 'change_cart':
      return changeCart(shopping);
    case 'set_quantity':
      return setQuantity(shopping, command);
    case 'take_out':
      return takeOut(shopping, command.asked);
    case 'empty_cart':
      return emptyTheCart(shopping);
  }
}

async function actOnOrder(
  shopping: Shopping,
  command: Act<'my_orders' | 'reorder' | 'cancel_order' | 'ask_refund'>,
): Promise<Turn> {
  switch (command.kind) {
    case 'my_orders':
      return showOrders(shopping, command);
    case 'reorder':
      return reorder(shopping, command);
    case 'cancel_order':
      return cancelMyOrder(shopping, command);
    case 'ask_refund':
      return askRefund(shopping, command);
  }
}

function actForTeam(
  shopping: Shopping,
  command: Act<'console' | 'join_team' | 'pause' | 'open'>,
): Promise<Turn> {
  switch (command.kind) {
    case 'console':
      return openConsole(shopping);
    case 'join_team':
      return joinTeam(shopping, command.code);
    case 'pause':
    case 'open':
      return setPaused(shopping, command.kind === 'pause');
  }
}

async function actForOneself(
  shopping: Shopping,
  command: Act<'stop' | 'delete_my_data'> | JoinCommand,
): Promise<Turn> {
  switch (command.kind) {
    case 'link_wallet':
    case 'confirm_join':
    case 'refuse_join':
    case 'unlink_wallet':
      return joinWallet(shopping, command);
    case 'stop':
      return stopWriting(shopping);
    case 'delete_my_data':
      return askForDeletion();
  }
}

/** A yes without a question of ours orders nothing. */
async function sayYes(shopping: Shopping): Promise<Turn> {
  return shopping.conversation.pending?.kind === 'confirm_deletion'
    ? { ...(await requestDeletion(shopping)), cart: emptyCart }
    : showCart(shopping);
}

/** The name of a category shows that, all of it. */
function lookFor(
  shopping: Shopping,
  command: Extract<ShopCommand, { kind: 'search' }>,
): Promise<Turn> {
  const said = command.words.join(' ');
  const name = shopping.shop.categories.find(
    (each) => foldWords(each).map(singularOf).join(' ') === said,
  );
  return name === undefined || command.skip !== undefined
    ? showFound(shopping, command)
    : showCategory(shopping, { name });
}

function noticeFor({ world, shop, person }: Shopping): string | undefined {
  return notSellingWords(shop, world.clock.now(), person);
}

function greet(shopping: Shopping): Turn {
  return showMenu(shopping, greeting(shopping.shop, shopping.person, noticeFor(shopping)));
}

function aboutShop(shopping: Shopping, what: 'hours' | 'handover'): string {
  if (what === 'handover') return handoverWords(shopping.shop, shopping.person);
  const notice = noticeFor(shopping) ?? `${shopping.shop.name} is open now.`;
  return `${notice}\n${hoursWords(shopping.shop)}`;
}

/** Opting out is obeyed at once; writing again is coming back. */
async function stopWriting({ world, person, event }: Shopping): Promise<Turn> {
  await changePerson(world, person.id, (now) => ({ ...now, stoppedAtMs: event.atMs }));
  return answer(
    'All right, I write no more, not even about your orders. Write anything to hear from me again.',
  );
}
