// How people say things to a shop, and what of it fills a cart: an order does, talking about one does not.
import { describe, expect, it } from 'vitest';
import { readShopCommand } from '../../../lambdas/domain/shops/read-shop-command.ts';
import type { ShopCommand } from '../../../lambdas/domain/shops/shop-command.ts';

/** "2 flat white + croissant": how many of what was read; no number where none was said. */
function inShort(command: ShopCommand): string {
  if (command.kind === 'order')
    return `order ${command.asked
      .map(({ quantity, words }) => [quantity ?? '?', ...words].join(' '))
      .join(' + ')}`;
  if (command.kind === 'take_out')
    return `take_out ${[command.asked.quantity ?? 'all', ...command.asked.words].join(' ')}`;
  if (command.kind === 'search') return `search ${command.words.join(' ')}`;
  if (command.kind === 'not_understood') return `not_understood ${command.why}`;
  if (command.kind === 'my_orders')
    return ['my_orders', ...(command.number === undefined ? [] : [command.number])].join(' ');
  if (command.kind === 'ask_refund')
    return ['ask_refund', ...(command.why === undefined ? [] : [command.why])].join(' ');
  return command.kind === 'join_team' ? `join_team ${command.code}` : command.kind;
}

const orders: readonly (readonly [string, string])[] = [
  ['order two flat whites', 'order 2 flat white'],
  ['Order two flat whites please', 'order 2 flat white'],
  ['two flat whites', 'order 2 flat white'],
  ['two flat whites please!', 'order 2 flat white'],
  ['2 flat whites', 'order 2 flat white'],
  ['2x flat white', 'order 2 flat white'],
  ['2 x flat white', 'order 2 flat white'],
  ['flat white x2', 'order 2 flat white'],
  ['flat white × 3', 'order 3 flat white'],
  ['2 lattes large with oat milk', 'order 2 latte large oat milk'],
  ['a large latte with oat milk', 'order 1 large latte oat milk'],
  ['add a croissant', 'order 1 croissant'],
  ['add a croissant to my cart', 'order 1 croissant'],
  ['add croissant', 'order ? croissant'],
  ['add another croissant', 'order 1 croissant'],
  ['add two more croissants', 'order 2 croissant'],
  ["I'd like a latte", 'order 1 latte'],
  ['I’d like a latte', 'order 1 latte'],
  ['i would like two lattes and a croissant', 'order 2 latte + 1 croissant'],
  ["I'll have an espresso", 'order 1 espresso'],
  ["i'll take three muffins", 'order 3 muffin'],
  ['can i get a latte', 'order 1 latte'],
  ['Can I get a latte please?', 'order 1 latte'],
  ['could i have two espressos please', 'order 2 espresso'],
  ['can we have four croissants?', 'order 4 croissant'],
  ['may i have a mocha', 'order 1 mocha'],
  ['can you add a muffin', 'order 1 muffin'],
  ['could you please add two muffins?', 'order 2 muffin'],
  ['give me a cappuccino', 'order 1 cappuccino'],
  ['gimme 2 mochas', 'order 2 mocha'],
  ['get me an americano', 'order 1 americano'],
  ['let me get a cold brew', 'order 1 cold brew'],
  ['buy a mug', 'order 1 mug'],
  ['buy house blend', 'order ? house blend'],
  ['i want a latte', 'order 1 latte'],
  ['i want to order two lattes', 'order 2 latte'],
  ["i'd like to order a chai latte", 'order 1 chai latte'],
  ['i need a coffee', 'order 1 coffee'],
  ['we want 5 croissants', 'order 5 croissant'],
  ['hi, can i get a flat white', 'order 1 flat white'],
  ['hello! two lattes please', 'order 2 latte'],
  ['hey a latte and a croissant pls', 'order 1 latte + 1 croissant'],
  ['a latte, an espresso and two croissants', 'order 1 latte + 1 espresso + 2 croissant'],
  ['a latte & a muffin', 'order 1 latte + 1 muffin'],
  ['1 latte\n2 croissants', 'order 1 latte + 2 croissant'],
  ['a couple of muffins', 'order 2 muffin'],
  ['half a dozen croissants', 'order 6 croissant'],
  ['a dozen croissants', 'order 12 croissant'],
  ['twenty croissants', 'order 20 croissant'],
  ['one latte', 'order 1 latte'],
  ['order 3 cups of earl grey', 'order 3 earl grey'],
  ['please bring me two teas', 'order 2 tea'],
  ['put two croissants in my basket', 'order 2 croissant'],
  ['order a latte to go', 'order 1 latte'],
  ['order a latte without sugar', 'order 1 latte without sugar'],
  ['two lattes, large and with oat milk', 'order 2 latte + ? large + ? oat milk'],
  ['añade', 'search anade'],
];

const others: readonly (readonly [string, string])[] = [
  ['link my wallet', 'link_wallet'],
  ['Link my wallet please', 'link_wallet'],
  ['can you link my wallet?', 'link_wallet'],
  ['This is me!', 'link_wallet'],
  ["that's me", 'link_wallet'],
  ['connect my Tender account', 'link_wallet'],
  ['I already have an account', 'link_wallet'],
  ['unlink', 'unlink_wallet'],
  ['please unlink my wallet', 'unlink_wallet'],
  ["this isn't me", 'unlink_wallet'],
  ['a wallet', 'order 1 wallet'],
  ['I want to buy a wallet', 'order 1 wallet'],
  ['add a leather wallet', 'order 1 leather wallet'],
  ['wallet', 'search wallet'],
  ['do you have wallets', 'search wallet'],
  ['2 cufflinks', 'order 2 cufflink'],
  // Looking around.
  ['hi', 'start'],
  ['Good morning!', 'start'],
  ['👋', 'start'],
  ['menu', 'menu'],
  ['show me the menu', 'menu'],
  ['what do you have?', 'menu'],
  ['What can I order?', 'menu'],
  ["i'd like to order", 'menu'],
  ['order', 'not_understood nothing_named'],
  ['latte', 'search latte'],
  ['Lattes', 'search latte'],
  ['latte?', 'search latte'],
  ['oat milk', 'search oat milk'],
  ['do you have oat', 'search oat'],
  ['do you have any oat milk?', 'search oat milk'],
  ['do you sell mugs?', 'search mug'],
  ['got any croissants?', 'search croissant'],
  ['any muffins left?', 'search muffin'],
  ['search latte', 'search latte'],
  ['search for cold brew', 'search cold brew'],
  ['find croissants', 'search croissant'],
  ["i'm looking for a mug", 'search mug'],
  ['show me your teas', 'search tea'],
  ['what teas do you have?', 'search tea'],
  ['which coffees are there?', 'search coffee'],
  ['how much is a latte?', 'search latte'],
  ['how much are the croissants', 'search croissant'],
  ["what's the price of a flat white?", 'search flat white'],
  ['tell me about the house blend', 'search house blend'],
  ['is there decaf?', 'search decaf'],
  ['two lattes?', 'search two latte'],
  ['what is it?', 'not_understood question'],
  ['what’s up?', 'not_understood question'],
  ['hours', 'hours'],
  ['are you open?', 'hours'],
  ['when do you close', 'hours'],
  ['do you deliver?', 'handover'],
  ['I have a promo code', 'handover'],
  ['delete my data', 'delete_my_data'],
  // The cart.
  ['cart', 'cart'],
  ["what's in my cart?", 'cart'],
  ['how much is that', 'cart'],
  ['🛒', 'cart'],
  ['change my order', 'change_cart'],
  ['remove the croissant', 'take_out all croissant'],
  ['remove one croissant', 'take_out 1 croissant'],
  ['remove 2 lattes', 'take_out 2 latte'],
  ['take out the latte', 'take_out all latte'],
  ['take the latte out', 'take_out all latte'],
  ['delete the muffin from my cart', 'take_out all muffin'],
  ['cancel the croissant', 'take_out all croissant'],
  ['empty cart', 'empty_cart'],
  ['remove everything', 'empty_cart'],
  ['checkout', 'check_out'],
  ['check out please', 'check_out'],
  ["that's all", 'check_out'],
  ['pay now', 'check_out'],
  ['i want to pay', 'check_out'],
  // After.
  ['where is my order?', 'my_orders'],
  ["where's my order", 'my_orders'],
  ['is my order ready yet?', 'my_orders'],
  ['track my order', 'my_orders'],
  ['did you get my order?', 'my_orders'],
  ['where is K7M-2QX', 'my_orders K7M-2QX'],
  ['order k7m-2qx', 'my_orders K7M-2QX'],
  ['#K7M-2QX', 'my_orders K7M-2QX'],
  ['reorder', 'reorder'],
  ['same again', 'reorder'],
  ['the usual please', 'reorder'],
  ['cancel', 'cancel_order'],
  ['cancel my order', 'cancel_order'],
  ['can i cancel my order?', 'cancel_order'],
  ['refund', 'ask_refund'],
  ['i want a refund', 'ask_refund'],
  ['can i get a refund?', 'ask_refund'],
  ['can I get my money back', 'ask_refund'],
  ['refund because it was cold', 'ask_refund it was cold'],
  ['i want my money back, it never came', 'ask_refund it never came'],
  ['talk to a person', 'talk_to_shop'],
  ['can i speak to a human?', 'talk_to_shop'],
  ['bot', 'come_back'],
  ['stop', 'stop'],
  ['help', 'help'],
  ['?', 'help'],
  ['no thanks', 'no'],
  ['thanks!', 'no'],
  ['yes', 'yes'],
  // The team.
  ['console', 'console'],
  ['owner k3v9x2m4q8w1z7t5', 'join_team k3v9x2m4q8w1z7t5'],
  ['Owner: K3V9X2', 'join_team K3V9X2'],
  // A code may be letters alone.
  ['owner eqbowisdrxyyzsul', 'join_team eqbowisdrxyyzsul'],
  ['pause', 'pause'],
  ['open', 'open'],
];

/** None of these may put anything into a cart. */
const notOrders: readonly string[] = [
  'I ordered two flat whites yesterday',
  'I ordered a latte and got a mocha',
  'two lattes were cold',
  'my two lattes are late',
  'I had two croissants last week',
  'my friend had a latte',
  'the two lattes I got yesterday were great',
  'a latte was missing',
  "don't add a croissant",
  'do not order two lattes',
  "I don't want a latte",
  'i never want a latte again',
  'no latte',
  'not two lattes',
  'never mind the two lattes',
  'can I get a refund',
  'can i get my money back',
  'can i get a receipt',
  'i want to cancel',
  'i want to talk to a person',
  'i need help',
  'i want to pay',
  'is the flat white good?',
  'are the croissants vegan?',
  'do you have two lattes?',
  'how much are two lattes?',
  'how much would two lattes cost',
  'what is a flat white?',
  'why is the latte so expensive',
  'two lattes?',
  'two lattes tomorrow',
  'order two lattes for tomorrow',
  'order a latte next week',
  'order two lattes when you open',
  'order a latte every monday',
  'latte',
  'oat milk',
  'I love your lattes',
  'your croissants are the best',
  'we ordered 3 muffins and got 2',
  'he wants a latte',
  'where are my two lattes',
  'did you get my order of two lattes',
  'you forgot my croissant',
  'remove two lattes',
  'cancel two lattes',
  'order 1000 croissants',
  'order 0 croissants',
  '100 lattes',
  'order',
  'add',
  'thanks, the latte was great',
  'my card is 4242 4242 4242 4242',
  'order with card 4242424242424242',
  `order ${'a latte and '.repeat(60)}`,
  'a, a, a, a, a, a, a, a, a latte',
  '',
  ' ',
  '!!!',
  '12',
  '\u0000',
  '<script>alert(1)</script>',
];

describe('what people say to a shop', () => {
  it.each(orders)('%j', (text, expected) => {
    expect(inShort(readShopCommand(text))).toBe(expected);
  });

  it.each(others)('%j', (text, expected) => {
    expect(inShort(readShopCommand(text))).toBe(expected);
  });

  it.each(notOrders)('%j orders nothing', (text) => {
    expect(readShopCommand(text).kind).not.toBe('order');
  });

  it('says why it orders nothing', () => {
    const why = (text: string) => inShort(readShopCommand(text));
    expect(why("don't order two lattes")).toBe('not_understood negated');
    expect(why('two lattes were cold')).toBe('not_understood statement');
    expect(why('order two lattes tomorrow')).toBe('not_understood not_now');
    expect(why('order 1000 croissants')).toBe('not_understood too_many');
    expect(why('my card is 4242 4242 4242 4242')).toBe('not_understood looks_like_card_number');
    expect(why('x'.repeat(600))).toBe('not_understood too_long');
  });
});
