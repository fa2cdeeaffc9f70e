// "Large, with oat milk", said right after something was added: changes that line of the cart, and nothing else.
import type { PendingQuestion } from '../chat/conversation.ts';
import { say } from '../chat/reply.ts';
import { isDenied } from '../chat/sentence.ts';
import { answer, type Turn } from '../chat/turn.ts';
import type { WantedLine } from '../orders/order.ts';
import { isSameThing, withLine, withQuantity } from './cart-changes.ts';
import { findProduct } from './find-products.ts';
import { saidChoices } from './match-products.ts';
import { readOne } from './read-asked-for.ts';
import { isFull, toCart, toChange, toCheckOut, toMenu } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { thingWords } from './shop-words.ts';

const leading =
  /^(?:(?:and|but|oh|sorry|actually|please|can you|could you)[, ]+)*(?:(?:make|change|switch) (?:it|that|this|them|those)(?: to)?|(?:i(?:'d| would) like|i want) (?:it|that|them))?\s*/iu;

/**
 * Undefined where anything else could be meant: a product's own name, a number of things, a question, a no, a word that
 * chooses nothing. What it then is, is read as ever.
 */
export async function changeLastLine(
  shopping: Shopping,
  { line }: Extract<PendingQuestion, { kind: 'just_added' }>,
  text: string,
): Promise<Turn | undefined> {
  const { world, shop, cart } = shopping;
  const known = cart.lines.find((each) => isSameThing(each, line));
  if (known === undefined || known.quantity < line.quantity) return undefined;
  const rest = text.trim().replace(leading, '');
  if (rest.endsWith('?') || isDenied(rest)) return undefined;
  const { quantity, words } = readOne(rest.replace(/[.!\s]+$/u, ''));
  if (quantity !== undefined || words.length === 0) return undefined;
  const product = await world.products.get(shop.id, line.productId);
  const said = product?.isActive === true ? saidChoices(words, product) : undefined;
  if (product === undefined || said === undefined) return undefined;
  if ((await findProduct(world, shop, words)).kind !== 'none') return undefined;
  const choices = product.options.map(
    ({ choices: offered }, index) => said[index] ?? line.choices[index] ?? offered[0]?.name ?? '',
  );
  return put(shopping, { line, known, next: { ...line, choices }, name: product.name });
}

function put(
  { cart }: Shopping,
  of: {
    readonly line: WantedLine;
    readonly known: WantedLine;
    readonly next: WantedLine;
    readonly name: string;
  },
): Turn {
  const { line, known, next, name } = of;
  // Of what was there before, only that much which was just added is meant.
  const without = withQuantity(cart, known, known.quantity - line.quantity);
  const changed = withLine(without, next);
  if (changed === 'full') return answer(isFull);
  return {
    replies: [
      say(`Changed to ${thingWords({ ...next, name })}.`, [toCheckOut, toCart, toChange, toMenu]),
    ],
    cart: changed,
    pending: { kind: 'just_added', line: next },
  };
}
