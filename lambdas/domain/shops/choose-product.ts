// A product was tapped: its options are asked one by one, each by buttons or by a word, then it is in the cart.
import { type QuickReply, say } from '../chat/reply.ts';
import type { PendingQuestion } from '../chat/conversation.ts';
import { answer, type Turn } from '../chat/turn.ts';
import { isPositive } from '../money/money.ts';
import { changeLastLine } from './change-last-line.ts';
import { putIntoCart } from './fill-cart.ts';
import { chooseByWords } from './match-products.ts';
import type { Product } from './product.ts';
import type { ShopCommand } from './shop-command.ts';
import { writeShopPayload } from './shop-payloads.ts';
import { isGone, toMenu } from './shop-replies.ts';
import type { Shopping } from './shopping.ts';
import { priceFor } from './shop-words.ts';

type Choose = Extract<ShopCommand, { kind: 'choose' }>;

export async function chooseProduct(shopping: Shopping, said: Choose): Promise<Turn> {
  const { world, shop } = shopping;
  const product = await world.products.get(shop.id, said.productId);
  if (product === undefined || !product.isActive) return answer(isGone);
  // The places of another version may mean other choices: they are asked for again.
  const places = said.version === product.version ? said.chosen : [];
  const chosen = places.map((place, index) => product.options[index]?.choices[place]?.name);
  const known = chosen.filter((name) => name !== undefined);
  return known.length < chosen.length
    ? next(shopping, product, { quantity: said.quantity, chosen: [] })
    : next(shopping, product, { quantity: said.quantity, chosen: known });
}

interface Chosen {
  readonly quantity: number;
  readonly chosen: readonly string[];
}

async function next(shopping: Shopping, product: Product, so: Chosen): Promise<Turn> {
  const { quantity, chosen } = so;
  const option = product.options[chosen.length];
  if (option === undefined) {
    const line = {
      productId: product.id,
      choices: chosen.slice(0, product.options.length),
      quantity,
    };
    return putIntoCart(shopping, [{ line, product }]);
  }
  const places = chosen.map((name, index) =>
    Math.max(0, product.options[index]?.choices.findIndex((each) => each.name === name) ?? 0),
  );
  const buttons = option.choices.map(({ name, extra }, place): QuickReply => {
    const more = isPositive(extra) ? ` +${priceFor(shopping.person, extra)}` : '';
    const payload = writeShopPayload({
      kind: 'choose',
      productId: product.id,
      quantity,
      version: product.version,
      chosen: [...places, place],
    });
    return { title: `${name.slice(0, Math.max(1, 20 - more.length))}${more}`, payload };
  });
  return {
    replies: [say(`${product.name}: ${option.name.toLowerCase()}?`, [...buttons, toMenu])],
    pending: { kind: 'which_choice', productId: product.id, quantity, chosen },
  };
}

/** "Large", "the oat one", "2": an answer to what was asked; undefined where it is none. */
export async function answerByWords(
  shopping: Shopping,
  pending: PendingQuestion | undefined,
  text: string,
): Promise<Turn | undefined> {
  if (pending?.kind === 'which_choice') return answerChoice(shopping, pending, text);
  if (pending?.kind === 'just_added') return changeLastLine(shopping, pending, text);
  if (pending?.kind === 'which_product') return answerProduct(shopping, pending, text);
  return undefined;
}

async function answerChoice(
  shopping: Shopping,
  pending: Extract<PendingQuestion, { kind: 'which_choice' }>,
  text: string,
): Promise<Turn | undefined> {
  const { world, shop } = shopping;
  const { quantity, chosen } = pending;
  const product = await world.products.get(shop.id, pending.productId);
  const option = product?.options[chosen.length];
  if (product === undefined || option === undefined || !product.isActive) return undefined;
  const choice = chooseByWords(text, option.choices);
  if (choice === undefined) return undefined;
  return next(shopping, product, { quantity, chosen: [...chosen, choice.name] });
}

async function answerProduct(
  shopping: Shopping,
  { quantity, choices }: Extract<PendingQuestion, { kind: 'which_product' }>,
  text: string,
): Promise<Turn | undefined> {
  const { world, shop } = shopping;
  const products = await world.products.byIds(shop.id, choices);
  const inOrder = choices
    .map((id) => products.find((product) => product.id === id))
    .filter((product) => product !== undefined);
  const product = chooseByWords(text, inOrder);
  if (product === undefined || !product.isActive) return undefined;
  return next(shopping, product, { quantity, chosen: [] });
}
