// "Two flat whites and a croissant": finds each, puts what is sure into the cart, and asks about what is not.
import { type Reply, say } from '../chat/reply.ts';
import { answer, type Turn } from '../chat/turn.ts';
import type { Cart } from '../orders/cart.ts';
import type { WantedLine } from '../orders/order.ts';
import { nothingFound, showProducts } from './browse.ts';
import { withLine } from './cart-changes.ts';
import { findProduct } from './find-products.ts';
import { type Meant, meantOf } from './match-products.ts';
import type { Product } from './product.ts';
import type { AskedFor } from './shop-command.ts';
import { writeShopPayload } from './shop-payloads.ts';
import { isFull, toCart, toChange, toCheckOut, toMenu } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { notSellingWords, thingWords } from './shop-words.ts';

/** More than these are shown as cards, fewer as buttons under the question. */
const mostButtons = 6;

interface Wanted {
  readonly meant: Meant;
  readonly quantity: number;
}

/** What the words came to; the first that is not sure is asked about, after all that is sure went in. */
interface Understood {
  readonly wanted: readonly Wanted[];
  readonly unsure: readonly {
    readonly asked: AskedFor;
    readonly products: readonly Product[];
    readonly almost?: Wanted;
  }[];
}

export async function orderByWords(shopping: Shopping, asked: readonly AskedFor[]): Promise<Turn> {
  const { wanted, unsure } = await understand(shopping, asked);
  const put = wanted.length === 0 ? undefined : await putIntoCart(shopping, wanted.map(lineOf));
  const [question] = unsure;
  if (question === undefined) return put ?? nothingFound(shopping, []);
  const next = { ...shopping, cart: put?.cart ?? shopping.cart };
  const turn = await askAbout(next, question);
  const others = unsure.slice(1).map((each) => each.asked.words.join(' '));
  const also =
    others.length === 0 ? [] : [say(`I did not understand “${others.join('”, “')}” either.`)];
  return { ...turn, replies: [...(put?.replies ?? []), ...also, ...turn.replies], ...cartOf(put) };
}

function cartOf(turn: Turn | undefined): Pick<Turn, 'cart'> {
  return turn?.cart === undefined ? {} : { cart: turn.cart };
}

function lineOf({ meant, quantity }: Wanted): PutLine {
  const { product, choices } = meant;
  return { line: { productId: product.id, choices, quantity }, product };
}

async function understand(
  { world, shop }: Shopping,
  asked: readonly AskedFor[],
): Promise<Understood> {
  const wanted: Wanted[] = [];
  const unsure: Understood['unsure'][number][] = [];
  for (const each of asked) {
    const last = wanted.at(-1);
    const more = last === undefined ? undefined : moreAbout(last, each);
    if (more !== undefined) {
      wanted[wanted.length - 1] = more;
      continue;
    }
    const match = await findProduct(world, shop, each.words);
    const quantity = each.quantity ?? 1;
    if (match.kind === 'one' && match.meant.leftOver.length === 0)
      wanted.push({ meant: match.meant, quantity });
    else if (match.kind === 'one')
      unsure.push({ asked: each, products: [], almost: { meant: match.meant, quantity } });
    else unsure.push({ asked: each, products: match.kind === 'several' ? match.products : [] });
  }
  return { wanted, unsure };
}

/** "a latte, large, and with oat milk": what has no number and only chooses belongs to what stands before it. */
function moreAbout(last: Wanted, { quantity, words }: AskedFor): Wanted | undefined {
  if (quantity !== undefined) return undefined;
  const { product, choices } = last.meant;
  const meant = meantOf(words, product, true);
  const isChoosing = meant.leftOver.length === 0 && product.options.length > 0;
  if (!isChoosing) return undefined;
  const merged = meant.choices.map((choice, index) => {
    const isSaid = choice !== product.options[index]?.choices[0]?.name;
    return isSaid ? choice : (choices[index] ?? choice);
  });
  return { ...last, meant: { ...last.meant, choices: merged } };
}

async function askAbout(
  shopping: Shopping,
  { asked, products, almost }: Understood['unsure'][number],
): Promise<Turn> {
  const quantity = asked.quantity ?? 1;
  if (almost !== undefined) return askWhetherWithout(almost);
  if (products.length === 0) return nothingFound(shopping, asked.words);
  const pending = {
    kind: 'which_product',
    said: asked.words.join(' '),
    quantity,
    choices: products.slice(0, 10).map(({ id }) => id),
  } as const;
  if (products.length > mostButtons)
    return { ...(await showProducts(shopping, products, { words: asked.words })), pending };
  const buttons = products.map((product) => ({
    title: product.name,
    payload: chooseByWordsPayload(product, asked.words, quantity),
  }));
  return { replies: [say(`Which ${asked.words.join(' ')}?`, [...buttons, toMenu])], pending };
}

/** What was said beside the name is chosen already, as far as it goes without a gap. */
function chooseByWordsPayload(
  product: Product,
  words: readonly string[],
  quantity: number,
): string {
  const { choices, leftOver } = meantOf(words, product, false);
  const isAllSaid = leftOver.length === 0 && words.length > 1;
  return writeShopPayload({
    kind: 'choose',
    productId: product.id,
    quantity,
    version: product.version,
    chosen: isAllSaid ? placesOf(product, choices) : [],
  });
}

function placesOf({ options }: Product, choices: readonly string[]): number[] {
  return options.map(({ choices: offered }, index) =>
    Math.max(
      0,
      offered.findIndex(({ name }) => name === choices[index]),
    ),
  );
}

/** What the shop cannot do is never left out in silence: it may be an allergy. */
function askWhetherWithout({ meant, quantity }: Wanted): Turn {
  const { product, choices, leftOver } = meant;
  const what = leftOver.join(' ').slice(0, 60);
  const payload = writeShopPayload({
    kind: 'choose',
    productId: product.id,
    quantity,
    version: product.version,
    chosen: placesOf(product, choices),
  });
  return answer(
    say(
      `We have ${product.name}, but I cannot promise “${what}” for it. Nothing was added for that yet. Shall I add ${thingWords({ name: product.name, choices, quantity })}?`,
      [
        { title: 'Add it so', payload },
        { title: 'No', payload: writeShopPayload({ kind: 'no' }) },
        { title: 'Talk to a person', payload: writeShopPayload({ kind: 'talk_to_shop' }) },
      ],
    ),
  );
}

export interface PutLine {
  readonly line: WantedLine;
  readonly product: Product;
}

/** Puts in what is there; says what is sold out, and how the cart stands. */
export async function putIntoCart(shopping: Shopping, put: readonly PutLine[]): Promise<Turn> {
  const { world, shop } = shopping;
  const levels = await world.stock.levels(shop.id, [
    ...new Set(put.map(({ product }) => product.id)),
  ]);
  let { cart } = shopping;
  const added: PutLine[] = [];
  const replies: Reply[] = [];
  for (const each of put) {
    const short = tooLittle(cart, each, levels.get(each.product.id));
    const next = short === undefined ? withLine(cart, each.line) : undefined;
    if (short !== undefined) replies.push(short);
    else if (next === undefined || next === 'full') replies.push(isFull);
    else {
      cart = next;
      added.push(each);
    }
  }
  if (added.length === 0) return answer(...replies);
  const [only, another] = added;
  const isOne = only !== undefined && another === undefined && only.product.options.length > 0;
  return {
    replies: [...replies, addedReply(shopping, added)],
    cart,
    ...(isOne ? { pending: { kind: 'just_added', line: only.line } } : {}),
  };
}

function tooLittle(
  cart: Cart,
  { line, product }: PutLine,
  level: number | undefined,
): Reply | undefined {
  if (level === undefined) return undefined;
  const inCart = cart.lines
    .filter(({ productId }) => productId === product.id)
    .reduce((count, { quantity }) => count + quantity, 0);
  if (level >= inCart + line.quantity) return undefined;
  if (level < 1) return say(`${product.name} is sold out.`, [toMenu, toCart]);
  const rest = inCart === 0 ? '' : `, and ${inCart} of it in your cart already`;
  return say(`There is only ${level} × ${product.name} left${rest}. Nothing of it was added.`, [
    toCart,
    toMenu,
  ]);
}

function addedReply({ world, shop, person }: Shopping, added: readonly PutLine[]): Reply {
  const things = added.map(({ line, product }) => thingWords({ ...line, name: product.name }));
  const notice = notSellingWords(shop, world.clock.now(), person);
  const text = `Added to your cart: ${things.join(', ')}.`;
  return say(notice === undefined ? text : `${text}\n${notice} Your cart is kept.`, [
    toCheckOut,
    toCart,
    toChange,
    toMenu,
  ]);
}
