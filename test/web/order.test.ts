// Buying from a shop on its page: what was seen is what is charged, once, whatever happens in between.
import { describe, expect, it } from 'vitest';
import type { LastWord } from '../../lambdas/domain/orders/ports.ts';
import type { PageAnswer } from '../../web/page-answer.ts';
import { anAddress } from '../builders/draft-orders.ts';
import { oneMug } from '../builders/shop-town/open-shop-town.ts';
import { coffee, mug, usd } from '../builders/shop-town/joes-coffee.ts';
import { openTill, type Till, tillPin } from '../builders/till.ts';
import type { PostalAddress } from '../../lambdas/domain/orders/order.ts';
import { isPinNeededFor, usedAddressesOf } from '../../web/order-saved-card.ts';

const htmlOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.html : answer.to);
const statusOf = (answer: PageAnswer) => (answer.kind === 'page' ? answer.status : 303);
const toOf = (answer: PageAnswer) => {
  if (answer.kind !== 'redirect') throw new Error(`Led nowhere: ${textOf(answer)}`);
  return answer.to;
};
/** What people read, tags left out. */
function textOf(answer: PageAnswer): string {
  const body = htmlOf(answer).split('<main>')[1] ?? '';
  return body.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
}

const moved = ({ town }: Till) =>
  town.provider.books.moved.map(({ kind, amount }) => [kind, amount.minor]);
const sessionsOf = ({ town }: Till) => town.provider.books.sessions.size;
/** Two large flat whites: $10.50 and 8.875% of it. */
const total = 1143;
const shipped = { handover: 'ship:slow', ...anAddress };

describe('paying on Stripe’s page', () => {
  it('goes there and back, and shows the number to read out', async () => {
    const till = await openTill();
    expect(textOf(await till.opens())).toContain('Pay $11.43 with card');

    const to = toOf(await till.presses('pay'));
    till.town.provider.hands.payAt(to);
    const back = await till.opens('/return');

    const { number, state } = await till.order();
    expect(state).toBe('paid');
    expect(textOf(back)).toContain(`Paid. Thank you! Joe’s Coffee has your order.`);
    expect(textOf(back)).toContain(`Your order number ${number}`);
    expect(htmlOf(back)).toContain('https://m.me/2000');
    expect(moved(till)).toEqual([['charge', total]]);
    expect(textOf(await till.opens())).toContain(number);
    await till.town.checkBooks();
  });

  it('opens one page and charges once for five presses at once', async () => {
    const till = await openTill();
    const form = { ...(await till.formNow()), do: 'pay' };

    const answers = await Promise.all(Array.from({ length: 5 }, () => till.posts(form)));

    expect(new Set(answers.map(toOf)).size).toBe(1);
    expect(sessionsOf(till)).toBe(1);
  });

  it('comes back unpaid to a page that leads on, and calls off what is no longer wanted', async () => {
    const till = await openTill();
    const to = toOf(await till.presses('pay'));

    const back = await till.opens('/cancel');
    expect(textOf(back)).toContain('Not paid yet');
    expect(toOf(await till.presses('continue'))).toBe(to);
    expect(textOf(await till.presses('cancel'))).toContain('We are closing this order');
    await till.town.settle();

    expect(textOf(await till.opens('/return'))).toContain('Cancelled Nothing was charged');
    expect(till.town.provider.hands.payAt(to)).toBe(false);
    expect(statusOf(await till.presses('pay'))).toBe(409);
    expect(moved(till)).toEqual([]);
  });

  it('coming back proves nothing', async () => {
    const till = await openTill();
    await till.presses('pay');

    const back = await till.opens('/return?session_id=cs_1&paid=true');

    expect(textOf(back)).toContain('Not paid yet');
    expect((await till.order()).state).toBe('awaiting_payment');
  });

  it('waits for a bank that takes days, and says not to pay again', async () => {
    const till = await openTill();
    till.town.provider.hands.payAt(toOf(await till.presses('pay')), { card: 'slow' });

    const back = await till.opens('/return');

    expect(textOf(back)).toContain('Your bank is still deciding');
    expect(htmlOf(back)).not.toContain('value="cancel"');
    expect(textOf(await till.presses('pay'))).toContain('Do not pay again');
    expect(sessionsOf(till)).toBe(1);
  });

  it('that does not open says so, and opens the same one a moment later', async () => {
    const till = await openTill();
    till.town.provider.failNext('openCheckout', 'lost_after');

    const quiet = await till.presses('pay');

    expect(statusOf(quiet)).toBe(502);
    expect(textOf(quiet)).toContain('Stripe does not answer');
    expect(toOf(await till.presses('continue'))).toContain('/checkout/');
    expect(sessionsOf(till)).toBe(1);
  });

  it('of another amount than the bill’s is never taken for paid', async () => {
    const till = await openTill();
    till.town.provider.hands.payAt(toOf(await till.presses('pay')), { taken: usd(1) });

    const back = textOf(await till.opens('/return'));

    expect(back).toContain('A person is looking at it');
    expect(back).not.toContain('Thank you');
  });
});

describe('the kept card', () => {
  it('pays in one tap', async () => {
    const till = await openTill({ card: 'good' });

    const page = await till.presses('pay_saved');

    expect(textOf(page)).toContain('Paid. Thank you!');
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('is charged once for five taps at once', async () => {
    const till = await openTill({ card: 'good' });
    const form = { ...(await till.formNow()), do: 'pay_saved' };

    const answers = await Promise.all(Array.from({ length: 5 }, () => till.posts(form)));

    expect(answers.every((answer) => textOf(answer).includes('Paid. Thank you!'))).toBe(true);
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('that is refused says why and leaves another way', async () => {
    const till = await openTill({ card: 'poor' });

    const page = await till.presses('pay_saved');

    expect(statusOf(page)).toBe(402);
    expect(textOf(page)).toContain('Nothing was charged. Please try another card.');
    till.town.provider.hands.payAt(toOf(await till.presses('pay')));
    expect(textOf(await till.opens('/return'))).toContain('Paid. Thank you!');
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('leads to a bank that wants to see its owner, and back to an address that holds no key', async () => {
    const till = await openTill({ card: 'careful' });
    const to = toOf(await till.presses('pay_saved'));
    expect(textOf(await till.opens())).toContain('Your bank wants to check that it is you');
    expect(toOf(await till.presses('continue'))).toBe(to);

    till.town.provider.hands.answerBank(to, true);
    const { id, number } = await till.order();
    const at = `https://tender.example/order/${id}/return`;

    expect(textOf(await till.visits(at))).toContain(`Your order number ${number}`);
    const elsewhere = textOf(await till.visits(at, 'x'.repeat(43)));
    expect(elsewhere).toContain('Paid. Thank you!');
    expect(elsewhere).not.toContain(number);
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('refused at the bank leads back to the bill', async () => {
    const till = await openTill({ card: 'careful' });
    till.town.provider.hands.answerBank(toOf(await till.presses('pay_saved')), false);

    const back = await till.opens('/return');

    expect(textOf(back)).toContain('Please try another card.');
    expect(textOf(back)).toContain('Another card');
    expect(moved(till)).toEqual([]);
  });

  it('whose answer was lost is not charged again by pressing again', async () => {
    const till = await openTill({ card: 'good' });
    till.town.provider.failNext('chargeSavedCard', 'lost_after');

    const page = await till.presses('pay_saved');
    expect(statusOf(page)).toBe(202);
    expect(textOf(page)).toContain('We are asking the bank');
    expect(htmlOf(page)).toContain('http-equiv="refresh"');

    expect(textOf(await till.posts({ do: 'pay_saved' }))).toContain('Paid. Thank you!');
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('is forgotten where its owner says so', async () => {
    const till = await openTill({ card: 'good' });

    const page = await till.presses('forget_card');

    expect(textOf(page)).toContain('Joe’s Coffee no longer keeps your card.');
    expect(htmlOf(page)).not.toContain('pay_saved');
    expect(statusOf(await till.presses('pay_saved'))).toBe(422);
    expect(moved(till)).toEqual([]);
  });

  it('above the limit wants the PIN: a wrong one, none, or one made up here pays nothing', async () => {
    const three = { lines: [{ productId: mug.id, choices: [], quantity: 3 }] };
    const till = await openTill({ card: 'good', hasPin: true, wish: three });

    for (const form of [{}, { pin: '111222' }, { newPin: '135792', newPinAgain: '135792' }]) {
      const page = await till.presses('pay_saved', form);
      expect([statusOf(page), textOf(page).includes('PIN')]).toEqual([422, true]);
    }
    expect(moved(till)).toEqual([]);

    expect(textOf(await till.presses('pay_saved', { pin: tillPin }))).toContain('Paid. Thank you!');
  });

  it('above the limit is not charged for whoever has no PIN, not even with one that they choose', async () => {
    const three = { lines: [{ productId: mug.id, choices: [], quantity: 3 }] };
    const till = await openTill({ card: 'good', wish: three });

    const page = await till.presses('pay_saved', { newPin: tillPin, newPinAgain: tillPin });

    expect(statusOf(page)).toBe(422);
    expect(await till.world.pins.of(till.buyer.person.id)).toBeUndefined();
    expect(moved(till)).toEqual([]);
    expect(toOf(await till.presses('pay'))).toContain('/checkout/');
  });

  it('wants the PIN for a small order that is sent to a new address, and not again for the same one', async () => {
    const till = await openTill({ card: 'good', hasPin: true });
    expect(htmlOf(await till.opens())).not.toContain('Your PIN');

    expect(htmlOf(await till.presses('update', shipped))).toContain('Your PIN');
    for (const pin of ['', '111222']) {
      const page = await till.presses('pay_saved', { pin });
      expect([statusOf(page), textOf(page).includes('PIN')]).toEqual([422, true]);
    }
    expect(moved(till)).toEqual([]);
    const page = await till.presses('pay_saved', { pin: tillPin });
    expect(textOf(page)).toContain('Paid. Thank you!');

    const order = await till.order();
    const usedAddresses = await usedAddressesOf(till.world, order);
    expect(isPinNeededFor({ order, usedAddresses })).toBe(false);
    const { handover } = order.wish;
    if (handover.kind !== 'shipping') throw new Error('It was to be shipped.');
    const sentTo = (changes: Partial<PostalAddress>) => ({
      order: {
        ...order,
        wish: { ...order.wish, handover: { ...handover, to: { ...handover.to, ...changes } } },
      },
      usedAddresses,
    });
    const { city, street1 } = handover.to;
    expect(isPinNeededFor(sentTo({ city: ` ${city.toUpperCase()}.` }))).toBe(false);
    expect(isPinNeededFor(sentTo({ street1: `${street1} b` }))).toBe(true);
    expect(isPinNeededFor(sentTo({ name: 'Eve Moss' }))).toBe(true);
  });

  it('is not offered for a new address to whoever has no PIN', async () => {
    const till = await openTill({ card: 'good' });
    expect(htmlOf(await till.presses('update', shipped))).not.toContain('pay_saved');
    expect(statusOf(await till.presses('pay_saved'))).toBe(422);
    expect(moved(till)).toEqual([]);
  });

  it('does not know an address from an order that nobody paid', async () => {
    const till = await openTill({ card: 'good', hasPin: true });
    await till.presses('update', shipped);
    await till.presses('cancel');
    expect(await usedAddressesOf(till.world, await till.order())).toEqual([]);
  });

  it('paid for by guessing locks', async () => {
    const three = { lines: [{ productId: mug.id, choices: [], quantity: 3 }] };
    const till = await openTill({ card: 'good', hasPin: true, wish: three });

    for (const pin of ['111222', '111333', '111444', '111555', '111666'])
      await till.presses('pay_saved', { pin });

    expect(textOf(await till.presses('pay_saved', { pin: tillPin }))).toContain(
      'Too many wrong PINs',
    );
    expect(moved(till)).toEqual([]);
  });
});

describe('what was seen', () => {
  it('is counted anew when the buyer chooses otherwise', async () => {
    const till = await openTill();

    const page = await till.presses('update', {
      ...shipped,
      tip: '20',
      code: 'tenoff',
      note: 'ring twice',
    });

    expect(statusOf(page)).toBe(200);
    expect(textOf(page)).toContain(
      'Goods $10.50 Discount (TENOFF) -$1.05 Shipping $5.00 Tax $1.28 Tip (20%) $1.89 Total $17.62',
    );
    expect((await till.order()).wish).toMatchObject({
      note: 'ring twice',
      handover: { to: anAddress },
    });
  });

  it('is not charged when a tip was chosen beside Pay: the new bill is shown first', async () => {
    const till = await openTill({ card: 'good' });

    const page = await till.presses('pay_saved', { tip: '20' });

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain(
      'The tip is now $2.10 instead of $0.00. The total is now $13.53; you saw $11.43.',
    );
    expect(moved(till)).toEqual([]);
    await till.presses('pay_saved', { tip: '20' });
    expect(moved(till)).toEqual([['charge', 1353]]);
  });

  it('is charged at once when only a note was typed beside Pay', async () => {
    const till = await openTill({ card: 'good' });

    expect(textOf(await till.presses('pay_saved', { note: 'extra hot' }))).toContain(
      'Paid. Thank you!',
    );

    expect((await till.order()).wish.note).toBe('extra hot');
    expect(moved(till)).toEqual([['charge', total]]);
  });

  it('is not charged when a price went up, and the page says which', async () => {
    const till = await openTill({ card: 'good' });
    const form = { ...(await till.formNow()), do: 'pay_saved' };
    await till.town.changeProduct(coffee, { price: usd(500) });

    const page = await till.posts(form);

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain('“Flat white” is now $5.75 instead of $5.25.');
    expect(textOf(page)).toContain('Pay $12.52 with Visa');
    // The form of the old bill pays nothing any more, however often it is sent.
    expect(textOf(await till.posts(form))).toContain('The total is now $12.52; you saw $11.43.');
    expect(moved(till)).toEqual([]);
    expect(textOf(await till.presses('pay_saved'))).toContain('Paid. Thank you!');
    expect(moved(till)).toEqual([['charge', 1252]]);
  });

  it('is not charged when another window chose otherwise, and its choice stays', async () => {
    const till = await openTill({ card: 'good' });
    const stale = { ...(await till.formNow()), do: 'pay_saved' };
    await till.presses('update', { tip: '15' });

    const page = await till.posts(stale);

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain('The tip is now $1.58');
    expect((await till.order()).wish.tipPercent).toBe(15);
    expect(moved(till)).toEqual([]);
  });

  it.each([{}, { seen: '' }, { seen: 'x'.repeat(64), was: '1|0.0.0.0|1x1' }])(
    'that nobody can have seen is not charged: %j',
    async (form) => {
      const till = await openTill({ card: 'good' });

      expect(statusOf(await till.posts({ ...form, do: 'pay_saved' }))).toBe(409);
      expect(statusOf(await till.posts({ ...form, do: 'pay' }))).toBe(409);
      expect(moved(till)).toEqual([]);
      expect(sessionsOf(till)).toBe(1);
    },
  );

  it('has to have a way to get it, where the shop only ships', async () => {
    const till = await openTill({ shop: { offersPickUp: false } });

    expect(htmlOf(await till.opens())).not.toContain('value="pay"');
    expect(statusOf(await till.presses('pay'))).toBe(422);
    expect(statusOf(await till.presses('update', { handover: 'pick_up' }))).toBe(422);
    const page = await till.presses('update', shipped);

    expect(textOf(page)).toContain('Shipping $5.00');
    expect(toOf(await till.presses('pay'))).toContain('/checkout/');
  });

  it.each([
    ['an address with holes', { ...shipped, city: '' }, 'Which city?'],
    [
      'a country where it does not go',
      { ...shipped, country: 'FR' },
      'not shipped to this country',
    ],
    ['a code that is none', { code: 'NOPE' }, 'This code does not work'],
    ['a code that has ended', { code: 'SUMMER' }, 'This code does not work'],
    ['a tip of one’s own', { tip: '0.01' }, 'Choose one of these tips'],
    ['a note that holds a card number', { note: '4242 4242 4242 4242' }, 'Leave out card'],
  ])('stays as it is for %s', async (_, form, words) => {
    const till = await openTill();
    const before = await till.order();

    for (const press of ['update', 'pay']) {
      const page = await till.presses(press, form);
      expect(statusOf(page)).toBe(422);
      expect(textOf(page)).toContain(words);
      expect(textOf(page)).toContain('Total $11.43');
    }

    expect(await till.order()).toEqual(before);
    expect(sessionsOf(till)).toBe(0);
  });

  it('shows what was typed again, as text', async () => {
    const till = await openTill();

    const page = htmlOf(
      await till.presses('update', { ...shipped, city: '', name: '"><script>1</script>' }),
    );

    expect(page).toContain('value="&quot;&gt;&lt;script&gt;1&lt;/script&gt;"');
    expect(page).not.toContain('<script');
  });
});

describe('a shop that does not sell', () => {
  const asked = (answer: Awaited<ReturnType<LastWord['ask']>>) =>
    ({
      shop: { lastWord: { url: 'https://joe.example/word', secret: 's' } },
      lastWord: async () => answer,
    }) as const;

  it('that has sold the last one names it', async () => {
    const till = await openTill({ wish: oneMug, mugs: 1 });
    await till.world.stock.set(mug.shopId, mug.id, 0);

    const page = await till.presses('pay');

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain('“Mug” just sold out');
    expect(textOf(page)).toContain('Nothing was charged.');
    expect(sessionsOf(till)).toBe(0);
  });

  it('that took the product off its menu names it', async () => {
    const till = await openTill({ wish: oneMug });
    await till.town.changeProduct(mug, { isActive: false });

    expect(textOf(await till.presses('pay'))).toContain('“Mug” just sold out');
  });

  it('that is closed says when it opens, before and after Pay', async () => {
    const till = await openTill();
    const form = { ...(await till.formNow()), do: 'pay' };
    const never = Array.from({ length: 7 }, () => new Array<{ from: number; to: number }>());
    await till.town.changeShop({ hours: never.with(2, [{ from: 420, to: 1020 }]) });

    const page = await till.posts(form);

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain(
      'is closed now. It opens Tuesday at 7:00 AM. Nothing was charged.',
    );
    expect(textOf(await till.opens())).toContain('It opens Tuesday at 7:00 AM.');
  });

  it.each([
    ['paused', { isPaused: true }, 'takes no orders just now'],
    [
      'restricted',
      { account: { accountId: 'acct_joe', status: 'restricted', missing: ['a passport of Joe'] } },
      'cannot take cards at the moment',
    ],
  ] as const)('that is %s says so, and nothing of its affairs', async (_, change, words) => {
    const till = await openTill();
    const form = { ...(await till.formNow()), do: 'pay' };
    await till.town.changeShop(change);

    const page = await till.posts(form);

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain(words);
    expect(textOf(page)).not.toContain('passport');
    expect(sessionsOf(till)).toBe(0);
  });

  it('that says no in its last word is quoted, made harmless', async () => {
    const till = await openTill(asked({ kind: 'no', why: 'oven <b>broken</b>, see evil.example' }));

    const page = await till.presses('pay');

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain('Joe’s Coffee cannot take this order: “oven &lt;b&gt;broken');
    expect(textOf(page)).not.toContain('evil.example');
    expect(sessionsOf(till)).toBe(0);
  });

  it('that does not answer charges nobody', async () => {
    const till = await openTill(asked({ kind: 'silent' }));

    const page = await till.presses('pay');

    expect(statusOf(page)).toBe(502);
    expect(textOf(page)).toContain('did not answer whether it can take this order');
    expect(sessionsOf(till)).toBe(0);
  });
});

describe('the link of an order', () => {
  const thief = 't'.repeat(43);

  it('belongs to the browser that acts first, and shows others nothing', async () => {
    const till = await openTill();
    await till.presses('update', { tip: '10' });

    for (const page of [await till.opens('', thief), await till.posts({ do: 'cancel' }, thief)]) {
      expect(statusOf(page)).toBe(403);
      expect(textOf(page)).not.toMatch(/\$|Joe/u);
    }
    expect((await till.order()).state).toBe('draft');
  });

  it('followed back from Stripe in another browser tells how it stands, and no more', async () => {
    const till = await openTill();
    till.town.provider.hands.payAt(toOf(await till.presses('pay')));

    const page = textOf(await till.opens('/return', thief));

    expect(page).toContain('Paid. Thank you!');
    const { number, state } = await till.order();
    expect(page).not.toMatch(/\$|Joe/u);
    expect(page).not.toContain(number);
    expect(state).toBe('paid');
  });

  it('shows how it stands for a day, and then nothing', async () => {
    const till = await openTill({ card: 'good' });
    await till.presses('pay_saved');

    till.town.time.nowMs += 23 * 3_600_000;
    expect(textOf(await till.opens())).toContain('Paid. Thank you!');
    till.town.time.nowMs += 2 * 3_600_000;
    expect(statusOf(await till.opens())).toBe(410);
    expect(statusOf(await till.posts({ do: 'cancel' }))).toBe(410);
  });

  it('of an order that has run out says so, before the clock comes round', async () => {
    const till = await openTill({ card: 'good' });
    const form = { ...(await till.formNow()), do: 'pay_saved' };
    till.town.time.nowMs += 31 * 60_000;

    expect(textOf(await till.opens())).toContain('This order has run out');
    expect(statusOf(await till.posts(form))).toBe(409);
    expect(textOf(await till.posts({ ...form, do: 'update', tip: '10' }))).toContain('run out');
    expect(moved(till)).toEqual([]);
  });

  it('leads back from Stripe to an address that only the browser that left can use', async () => {
    const till = await openTill();
    await till.presses('pay');
    const [session] = till.town.provider.books.sessions.values();
    const { successUrl = '', cancelUrl = '' } = session?.request ?? {};
    const { id } = await till.order();
    expect([successUrl, cancelUrl]).toEqual(
      ['return', 'cancel'].map((rest) => `https://tender.example/order/${id}/${rest}`),
    );

    expect(htmlOf(await till.visits(cancelUrl))).toContain(`action="/order/${id}"`);
    const at = `https://tender.example/order/${id}`;
    expect(statusOf(await till.postsTo(at, { do: 'cancel' }, thief))).toBe(404);
    expect((await till.order()).closing).toBeUndefined();
    expect(textOf(await till.postsTo(at, { do: 'cancel' }))).toContain('We are closing this order');
  });

  it('asks Stripe for the same, whichever of two buttons of one order is pressed', async () => {
    const till = await openTill();
    const other = await till.anotherLink();
    till.town.provider.failNext('openCheckout', 'lost_after');
    expect(statusOf(await till.presses('pay'))).toBe(502);

    expect(toOf(await till.postsTo(other, { do: 'continue' }))).toContain('/checkout/');
    expect(sessionsOf(till)).toBe(1);
  });

  it('made for somebody else opens nothing', async () => {
    const till = await openTill();
    const stranger = await till.anotherLink('per_stranger');

    expect(statusOf(await till.visits(stranger))).toBe(404);
  });

  it.each(['nonsense', 'ord_nothing', 'ord_<b>', 'ord_', '..', '%00', `ord_${'x'.repeat(5000)}`])(
    'that was never made opens nothing: %s',
    async (token) => {
      const till = await openTill();

      for (const rest of ['', '/return', '/cancel'])
        expect(statusOf(await till.visits(`https://tender.example/order/${token}${rest}`))).toBe(
          404,
        );
    },
  );

  it('is not the order’s own address, which changes nothing', async () => {
    const till = await openTill();
    const { id } = await till.order();

    expect(statusOf(await till.visits(`https://tender.example/order/${id}`))).toBe(404);
    const page = await till.visits(`https://tender.example/order/${id}/return`);
    expect(textOf(page)).toContain('Not paid yet');
    expect(textOf(page)).not.toMatch(/\$|Joe/u);
  });

  it('takes no button that it does not have', async () => {
    const till = await openTill();

    for (const does of ['', 'refund', 'paid', '__proto__'])
      expect(statusOf(await till.presses(does))).toBe(422);
    expect((await till.order()).version).toBe(1);
  });
});

describe('calling it off', () => {
  it('ends a draft at once', async () => {
    const till = await openTill();

    expect(textOf(await till.presses('cancel'))).toContain('Cancelled Nothing was charged.');
    expect((await till.order()).state).toBe('cancelled');
    expect(statusOf(await till.presses('pay'))).toBe(409);
  });

  it('is too late once it is paid', async () => {
    const till = await openTill({ card: 'good' });
    await till.presses('pay_saved');

    const page = await till.posts({ do: 'cancel' });

    expect(statusOf(page)).toBe(409);
    expect(textOf(page)).toContain('too late to cancel here');
    expect((await till.order()).state).toBe('paid');
  });

  it('pressed while Stripe takes the money: paid wins', async () => {
    const till = await openTill();
    till.town.provider.hands.payAt(toOf(await till.presses('pay')));

    await till.posts({ do: 'cancel' });
    await till.town.settle();

    expect(textOf(await till.opens())).toContain('Paid. Thank you!');
    expect(moved(till)).toEqual([['charge', total]]);
  });
});
