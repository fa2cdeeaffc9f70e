// Buying at a shop's Page, from the greeting to the bill: what fills a cart, what changes it, what only shows things.
import { beforeEach, describe, expect, it } from 'vitest';
import { handleEvent } from '../../../lambdas/domain/chat/handle-event.ts';
import { startedAtMs } from '../../builders/town/town-world.ts';
import {
  type Customer,
  inCart,
  openShopThread,
  products,
  type ShopThread,
} from '../../builders/shop-thread.ts';

const dayMs = 24 * 60 * 60 * 1000;

let thread: ShopThread;
let ann: Customer;

beforeEach(async () => {
  thread = await openShopThread();
  ann = thread.customer();
});

const cartOf = async (who = ann) => inCart(await who.cart());

describe('looking around', () => {
  it('begins with a greeting by name and the categories, and needs no handle and no terms', async () => {
    await ann.does({ kind: 'postback', payload: 'v1:start' });

    expect(ann.hears()).toContain(
      'Hi Ann! This is Joe’s Coffee, and I am its automated assistant.',
    );
    await ann.taps('Bakery');
    expect(ann.hears()).toBe(
      '[Almond croissant — $4.25] [Banana muffin — $3.75] [Blueberry muffin — $3.50] [Croissant — $3.25]',
    );
    expect(await cartOf()).toEqual([]);
  });

  it('shows ten cards at most, and the rest by “Show more”', async () => {
    await ann.says('beans');
    const shown = ann.replies().at(-1);
    expect(shown?.kind === 'cards' && shown.cards).toHaveLength(10);

    await ann.taps('Show more');

    const rest = ann.replies().at(-1);
    expect(rest?.kind === 'cards' && rest.cards.map(({ title }) => title)).toEqual([
      'Roast J',
      'Roast K',
      'Roast L',
      'Roast M',
      'Roast N',
    ]);
  });

  it('pages through what some words find, too', async () => {
    await ann.says('do you have roasts?');
    await ann.taps('Show more');

    const rest = ann.replies().at(-1);
    expect(rest?.kind === 'cards' && rest.cards.map(({ title }) => title)).toEqual([
      'Roast J',
      'Roast K',
      'Roast L',
      'Roast M',
      'Roast N',
    ]);
  });

  it.each([
    ['latte', '[Latte — from $4.50] [Chai latte — from $4.75]'],
    ['muffins', '[Banana muffin — $3.75] [Blueberry muffin — $3.50]'],
    ['do you have croissants?', '[Croissant — $3.25] [Almond croissant — $4.25]'],
    ['capp', 'I did not find “capp” on our menu.'],
    ['pizza?', 'I did not find “pizza” on our menu.'],
    ['how much is an espresso?', '[Espresso — $2.75]'],
  ])('finds %j', async (text, expected) => {
    await ann.says(text);

    expect(ann.hears()).toContain(expected);
    expect(await cartOf()).toEqual([]);
  });

  it('says what is sold out instead of a price, and has no button for it', async () => {
    await thread.town.world.stock.set('shp_joe', products.mug.id, 0);
    await ann.says('mugs');

    const shown = ann.replies().at(-1);
    expect(shown?.kind === 'cards' && shown.cards).toEqual([
      { title: 'Mug', subtitle: 'Sold out', buttons: [] },
    ]);
  });

  it('tells the hours', async () => {
    await ann.says('when do you open?');
    expect(ann.hears()).toContain('Joe’s Coffee is always open.');
  });
});

describe('an order in words', () => {
  it.each([
    ['order two flat whites', ['2 flat, Small']],
    ['2 lattes large with oat milk', ['2 latte, Large, Oat milk']],
    ['a large oat latte', ['1 latte, Large, Oat milk']],
    ['add a croissant', ['1 croissant']],
    ['an almond croissant', ['1 almond']],
    ['a latte and a croissant', ['1 latte, Small, Whole milk', '1 croissant']],
    ['two lattes, large and with oat milk', ['2 latte, Large, Oat milk']],
    ['a latte with whole milk, two croissants', ['1 latte, Small, Whole milk', '2 croissant']],
    ['two lattes and two lattes', ['4 latte, Small, Whole milk']],
    ['one chai latte', ['1 chai, Small, Whole milk']],
    ['half a dozen croissants', ['6 croissant']],
  ])('%j fills the cart', async (text, lines) => {
    await ann.says(text);
    expect(await cartOf()).toEqual(lines);
    expect(ann.hears()).toContain('Added to your cart: ');
  });

  it.each([
    'I ordered two flat whites yesterday',
    "don't add a croissant",
    'two lattes?',
    'two lattes were cold',
    'order two lattes tomorrow',
    'order two pizzas',
    'order 1000 croissants',
    'flat white',
    'a latte without sugar',
    'a croissant with caramel',
    'a muffin',
    'order 4242 4242 4242 4242',
  ])('%j adds nothing', async (text) => {
    await ann.says(text);
    expect(await cartOf()).toEqual([]);
    expect(ann.hears()).not.toBe('');
  });

  it('asks which where several fit, and takes the answer tapped or typed', async () => {
    await ann.says('two muffins');
    expect(ann.hears()).toContain('Which muffin?');
    await ann.taps('Banana muffin');
    expect(await cartOf()).toEqual(['2 banana']);

    await ann.says('a muffin');
    await ann.says('the blueberry one');
    expect(await cartOf()).toEqual(['2 banana', '1 blueberry']);
  });

  it('puts in what is sure and asks about the rest', async () => {
    await ann.says('an espresso and two muffins');
    expect(ann.hears()).toMatch(/Added to your cart: 1 × Espresso\.[^]*Which muffin\?/u);
    expect(await cartOf()).toEqual(['1 espresso']);
    await ann.says('1');
    expect(await cartOf()).toEqual(['1 espresso', '2 blueberry']);
  });

  it('never leaves out in silence what it cannot promise', async () => {
    await ann.says('a latte without lactose');
    expect(ann.hears()).toContain('I cannot promise “without lactose” for it. Nothing was added');
    await ann.taps('Add it so');
    expect(await cartOf()).toEqual(['1 latte, Small, Whole milk']);
  });

  it('adds once, however often the message comes, and again when it is said again', async () => {
    await ann.says('two lattes', 'm_same');
    await ann.says('two lattes', 'm_same');
    expect(await cartOf()).toEqual(['2 latte, Small, Whole milk']);

    await ann.says('two lattes');
    expect(await cartOf()).toEqual(['4 latte, Small, Whole milk']);
  });

  it('keeps the cart when the answer could not be said or its process died', async () => {
    await ann.says('a croissant');
    const dying = new Error('The process died.');
    const commit = () => Promise.reject(dying);
    const world = {
      ...thread.world,
      conversations: { ...thread.world.conversations, commit },
    };
    const event = {
      kind: 'message',
      text: 'two lattes',
      redacted: [],
      id: 'm_late',
      address: { pageId: '2000', psid: ann.psid },
      atMs: startedAtMs,
    } as const;
    await expect(handleEvent(world, event)).rejects.toBe(dying);
    expect(await cartOf()).toEqual(['1 croissant']);

    await handleEvent(thread.world, event);
    expect(await cartOf()).toEqual(['1 croissant', '2 latte, Small, Whole milk']);
  });

  it('says when there is too little of something', async () => {
    await thread.town.world.stock.set('shp_joe', products.mug.id, 1);
    await ann.says('two mugs');
    expect(ann.hears()).toContain('There is only 1 × Mug left. Nothing of it was added.');
    await ann.says('a mug');
    await ann.says('another mug');
    expect(ann.hears()).toContain('only 1 × Mug left, and 1 of it in your cart already');
    expect(await cartOf()).toEqual(['1 mug']);
  });
});

describe('a product that was tapped', () => {
  it('has its options asked one by one, then it is in the cart', async () => {
    await ann.says('latte');
    await ann.does({ kind: 'postback', payload: 'v1:shop:choose:prd_latte:1:1:' });
    expect(ann.hears()).toContain('Latte: size?');
    await ann.taps('Large +$0.75');
    expect(ann.hears()).toContain('Latte: milk?');
    await ann.says('oat');

    expect(await cartOf()).toEqual(['1 latte, Large, Oat milk']);
  });

  it('takes another wish instead of an answer, and forgets the question', async () => {
    await ann.does({ kind: 'postback', payload: 'v1:shop:choose:prd_latte:1:1:' });
    await ann.says('menu');
    expect(ann.hears()).toContain('What would you like?');
    await ann.says('large');
    expect(await cartOf()).toEqual([]);
  });

  it('asks again where the product has changed since its buttons were shown', async () => {
    await thread.town.changeProduct(products.latte, {
      options: products.latte.options.toReversed(),
    });
    await ann.does({ kind: 'postback', payload: 'v1:shop:choose:prd_latte:1:1:1.1' });
    expect(ann.hears()).toContain('Latte: milk?');
    expect(await cartOf()).toEqual([]);
  });

  it.each(['v1:shop:choose:prd_nothing:1:1:', 'v1:shop:choose:prd_latte:1:1:0.0.0.0'])(
    'adds nothing of a button that nobody made: %s',
    async (payload) => {
      await ann.does({ kind: 'postback', payload });
      expect(await cartOf()).toEqual([]);
    },
  );
});

describe('the cart', () => {
  it('is shown with its bill, and changed by buttons and by words', async () => {
    await ann.says('two large flat whites and a croissant');
    ann.hears();
    await ann.says('cart');
    expect(ann.hears()).toBe(
      'Your cart at Joe’s Coffee:\n2 × Flat white (Large) · $10.50\n1 × Croissant · $3.25\n\nTax · $1.22\nTotal · $14.97',
    );

    await ann.says('change');
    await ann.taps('One less');
    expect(await cartOf()).toEqual(['1 flat, Large', '1 croissant']);
    await ann.says('remove the croissant');
    expect(await cartOf()).toEqual(['1 flat, Large']);
    await ann.says('empty cart');
    expect(await cartOf()).toEqual([]);
    await ann.says('cart');
    expect(ann.hears()).toContain('Your cart is empty.');
  });

  it('ignores a button about a line that is gone, and one tapped twice', async () => {
    await ann.says('three croissants and a latte');
    await ann.says('change');
    await ann.taps('One less');
    await ann.taps('One less');
    expect(await cartOf()).toEqual(['2 croissant', '1 latte, Small, Whole milk']);
    await ann.taps('Take out');
    await ann.taps('Take out');
    expect(ann.hears()).toContain('That is not in your cart any more.');
    expect(await cartOf()).toEqual(['2 croissant']);
  });

  it('is kept for days, and drops what the shop sells no more, by name', async () => {
    await ann.says('two lattes and a mug');
    thread.town.time.nowMs += 5 * dayMs;
    await thread.town.changeProduct(products.mug, { isActive: false });
    await ann.says('cart');

    expect(ann.hears()).toContain('No longer on the menu, and taken out: Mug.');
    expect(await cartOf()).toEqual(['2 latte, Small, Whole milk']);
  });

  it('survives whatever else is said, sent or refused', async () => {
    await ann.says('two lattes');
    for (const text of ['hi', 'asdf qwer', 'pizza', 'thanks', 'hours', 'console', 'x'.repeat(2000)])
      await ann.says(text);
    await ann.does({ kind: 'attachment' });
    await ann.does({ kind: 'reaction' });
    await ann.does({ kind: 'message', text: 'my card [removed]', redacted: ['card_number'] });
    expect(ann.hears()).toContain('That looked like a card number. I took it out');

    expect(await cartOf()).toEqual(['2 latte, Small, Whole milk']);
  });

  it('holds no more than anybody orders', async () => {
    await ann.says('99 croissants');
    await ann.says('one more croissant');
    expect(ann.hears()).toContain('That is more than fits into a cart');
    expect(await cartOf()).toEqual(['99 croissant']);
  });
});

describe('checkout', () => {
  it('shows the bill and leads to our page; nothing is charged in the thread', async () => {
    await ann.says('two large flat whites');
    ann.hears();
    await ann.says('checkout');

    const [order] = await ann.orders();
    expect(ann.hears()).toBe(
      `Order ${order?.number} at Joe’s Coffee\n2 × Flat white (Large) · $10.50\n\nTax · $0.93\nTotal · $11.43\n\nYou choose pick-up or shipping, and pay, on our page, outside this chat. Nothing is charged until you pay there.`,
    );
    expect(ann.link('Review and pay')).toMatch(/^https:\/\/tender\.example\/order\/token/u);
    expect(order).toMatchObject({ state: 'draft', address: { pageId: '2000', psid: ann.psid } });
  });

  it('is one order when it comes twice, and the same order for the same cart', async () => {
    await ann.says('a latte');
    await ann.says('checkout', 'm_out');
    await ann.says('checkout', 'm_out');
    await ann.says('checkout');
    expect(await ann.orders()).toHaveLength(1);
  });

  it('calls the earlier bill off when the cart has changed, so that nobody pays both', async () => {
    await ann.says('a latte');
    await ann.says('checkout');
    await ann.says('a croissant');
    await ann.says('checkout');

    const orders = await ann.orders();
    expect(orders.map(({ state }) => state).toSorted()).toEqual(['cancelled', 'draft']);
    expect(orders.find(({ state }) => state === 'draft')?.bill.lines).toHaveLength(2);
  });

  it('ends the cart once it is paid, and not before', async () => {
    await ann.says('a latte');
    await ann.says('checkout');
    await ann.says('hi');
    expect(await cartOf()).toEqual(['1 latte, Small, Whole milk']);
    await ann.pays();
    await ann.says('cart');
    expect(ann.hears()).toContain('Your cart is empty.');
    await ann.says('a croissant');
    expect(await cartOf()).toEqual(['1 croissant']);
  });

  it('does nothing with an empty cart', async () => {
    await ann.says('checkout');
    expect(ann.hears()).toContain('Your cart is empty.');
    expect(await ann.orders()).toEqual([]);
  });

  it('splits a bill that is longer than a card', async () => {
    for (const letter of 'ABCDEFGHIJKLMN') await ann.says(`one roast ${letter}`);
    ann.hears();
    await ann.says('checkout');
    const [bill, card] = ann.replies().slice(-2);
    expect(bill?.kind).toBe('text');
    expect(card?.kind === 'buttons' && card.text.length).toBeLessThan(640);
  });

  it('shows what has gone from the menu meanwhile instead of ordering the rest', async () => {
    await ann.says('a latte and a mug');
    await thread.town.changeProduct(products.mug, { isActive: false });
    await ann.says('checkout');
    expect(ann.hears()).toContain('taken out: Mug.');
    expect(await ann.orders()).toEqual([]);
  });

  it.each([
    [{ isPaused: true }, 'Joe’s Coffee is not taking orders at the moment. Your cart is kept.'],
    [
      { account: { accountId: 'acct_joe', status: 'started', missing: [] } } as const,
      'is not set up to take cards yet',
    ],
    [
      { account: { accountId: 'acct_joe', status: 'restricted', missing: [] } } as const,
      'cannot take cards at the moment',
    ],
    // The town begins on Sunday at seven in the morning.
    [
      { hours: Array.from({ length: 7 }, () => [{ from: 8 * 60, to: 9 * 60 }]) },
      'Joe’s Coffee is closed now and opens at 8:00 AM. Your cart is kept.',
    ],
  ])('says plainly why a shop sells nothing now (%#)', async (change, words) => {
    await ann.says('a latte');
    await thread.town.changeShop(change);
    await ann.says('checkout');
    expect(ann.hears().replaceAll(' ', ' ')).toContain(words);
    expect(await ann.orders()).toEqual([]);
    expect(await cartOf()).toHaveLength(1);
  });

  it('says that shipping comes on top where nothing can be picked up', async () => {
    await thread.town.changeShop({ offersPickUp: false });
    await ann.says('a mug');
    await ann.says('cart');
    expect(ann.hears()).toContain('Shipping comes on top.');
    await ann.says('checkout');
    expect(ann.hears()).toContain('You choose shipping, and pay, on our page');
  });
});

describe('a Page that is nobody’s', () => {
  it('is answered nothing, and the operator can see it', async () => {
    const event = {
      kind: 'message',
      text: 'hi',
      redacted: [],
      id: 'm_stray',
      address: { pageId: '9999', psid: '5' },
      atMs: startedAtMs,
    } as const;
    expect(await handleEvent(thread.world, event)).toBe('unknown_page');
    expect(thread.sent).toEqual([]);
    expect(await thread.world.people.byAddress(event.address)).toBeUndefined();
  });
});

describe('words that choose, right after something was added', () => {
  it.each([
    ['large with oat milk', '1 latte, Large, Oat milk'],
    ['make it large please', '1 latte, Large, Whole milk'],
    ['with oat milk', '1 latte, Small, Oat milk'],
    ['Oat milk!', '1 latte, Small, Oat milk'],
  ])('“%s” changes that line', async (text, line) => {
    await ann.says('a latte');
    ann.hears();
    await ann.says(text);
    expect(await cartOf()).toEqual([line]);
    expect(ann.hears()).toContain('Changed to');
    expect(await ann.orders()).toEqual([]);
  });

  it('can be put right again, also to what comes by itself', async () => {
    await ann.says('a latte');
    await ann.says('large');
    await ann.says('actually make it small');
    expect(await cartOf()).toEqual(['1 latte, Small, Whole milk']);
  });

  it('changes as many as were just added, and joins what is the same', async () => {
    await ann.says('2 lattes');
    await ann.says('one latte');
    await ann.says('large');
    expect(await cartOf()).toEqual(['2 latte, Small, Whole milk', '1 latte, Large, Whole milk']);
    await ann.says('small');
    expect(await cartOf()).toEqual(['3 latte, Small, Whole milk']);
  });

  it.each([
    'large?',
    'not large',
    'large and loud',
    '2 large',
    'large latte',
    'chai',
    'size',
    'ok',
  ])('“%s” changes nothing of it: it could mean anything else', async (text) => {
    await ann.says('a latte');
    await ann.says(text);
    expect((await cartOf())[0]).toBe('1 latte, Small, Whole milk');
    expect(ann.hears()).not.toContain('Changed to');
  });

  it('means nothing later, nor after two things at once, nor for a message that is handled twice', async () => {
    await ann.says('a latte and a chai latte');
    await ann.says('large');
    expect(await cartOf()).toEqual(['1 latte, Small, Whole milk', '1 chai, Small, Whole milk']);

    await ann.says('a latte');
    await ann.says('cart');
    await ann.says('large');
    expect((await cartOf())[0]).toBe('2 latte, Small, Whole milk');

    await ann.says('a chai latte');
    await ann.says('large', 'm_twice');
    await ann.says('large', 'm_twice');
    expect((await cartOf()).at(-1)).toBe('1 chai, Large, Whole milk');
  });
});
