// One thing said or pressed at a shop's Page, and what the shop answers. Nobody needs a handle or terms to buy.
import { isWindowOpen } from '../chat/conversation.ts';
import type { InboundEvent } from '../chat/inbound-event.ts';
import { readPayload } from '../chat/payloads.ts';
import type { Turn } from '../chat/turn.ts';
import { actOnShopCommand } from './act-on-shop-command.ts';
import { showOrders } from './buyer-orders.ts';
import { answerByWords } from './choose-product.ts';
import { readShopCommand } from './read-shop-command.ts';
import type { ShopCommand } from './shop-command.ts';
import { readShopPayload } from './shop-payloads.ts';
import { readShopRef } from './shop-refs.ts';
import { readShopPhrase } from './shop-phrases.ts';
import { foldText } from '../money/fold-text.ts';
import { forgettingWhatWasBought, type Shopping, type Visit, withCart } from './shopping.ts';
import { movedByTheShop, stillWithTheShop, takingBack } from './talk-to-shop.ts';

export async function shopTurn(visit: Visit): Promise<Turn> {
  const moved = movedByTheShop(visit);
  if (moved !== undefined) return moved;
  const pressed = pressedIn(visit.event);
  const command = pressed ?? typedIn(visit.event);
  if (isForTheShop(visit, pressed, command)) return stillWithTheShop(visit.conversation);
  const shopping = await withCart(visit);
  const turn =
    (pressed === undefined ? await answered(shopping) : undefined) ??
    (await withNews(shopping, command, await actOnShopCommand(shopping, command)));
  return takingBack(forgettingWhatWasBought(turn, shopping), visit);
}

/** While its people have the thread; a button, the word for it, or a day without a word brings us back. */
function isForTheShop(
  { world, conversation, event }: Visit,
  pressed: ShopCommand | undefined,
  command: ShopCommand,
): boolean {
  const isForUs = pressed !== undefined || command.kind === 'come_back' || command.kind === 'stop';
  if (isForUs) return false;
  if (event.kind === 'message' && event.isStandby === true) return true;
  return (
    conversation.pending?.kind === 'with_the_shop' && isWindowOpen(conversation, world.clock.now())
  );
}

function pressedIn(event: InboundEvent): ShopCommand | undefined {
  switch (event.kind) {
    case 'message':
      return event.payload === undefined ? entryIn(event.ref) : readPressed(event.payload);
    case 'postback':
      // Get Started, and whatever the Page's menu has of another time.
      return entryIn(event.ref) ?? readPressed(event.payload) ?? { kind: 'start' };
    case 'referral':
      return entryIn(event.ref) ?? { kind: 'start' };
    case 'opt_out':
      return { kind: 'stop' };
    case 'attachment':
    case 'echo':
    case 'edit':
    case 'unsent':
    case 'reaction':
    case 'delivered':
    case 'read':
    case 'policy':
    case 'taken_over':
    case 'handed_back':
      return undefined;
  }
}

/** The m.me link that brought them: told with Get Started where the thread is new, by itself where it is not. */
function entryIn(ref: string | undefined): ShopCommand | undefined {
  return ref === undefined ? undefined : readShopRef(ref);
}

/** Some questions are the same at every Page, and so are their buttons. */
function readPressed(payload: string): ShopCommand | undefined {
  const shared = readPayload(payload)?.kind;
  return shared === 'yes' || shared === 'no' || shared === 'help'
    ? { kind: shared }
    : readShopPayload(payload);
}

function typedIn(event: InboundEvent): ShopCommand {
  return event.kind === 'message' ? readShopCommand(event.text) : { kind: 'start' };
}

/** "Large" answers a question of ours when one waits; "menu" and the like are said at any time. */
async function answered(shopping: Shopping): Promise<Turn | undefined> {
  const { event, conversation } = shopping;
  if (event.kind !== 'message' || readShopPhrase(foldText(event.text)) !== undefined)
    return undefined;
  return answerByWords(shopping, conversation.pending, event.text);
}

/** Somebody is back after a day or more: a template told them only that there is news. */
async function withNews(shopping: Shopping, command: ShopCommand, turn: Turn): Promise<Turn> {
  const { world, conversation } = shopping;
  const wasAway = conversation.version > 0 && !isWindowOpen(conversation, world.clock.now());
  const isAnything = /^(?:start|yes|no|not_understood)$/u.test(command.kind);
  if (!wasAway || !isAnything) return turn;
  const orders = await showOrders(shopping, {});
  const [news] = orders.replies;
  return news?.kind === 'cards' ? { ...turn, replies: [...orders.replies, ...turn.replies] } : turn;
}
