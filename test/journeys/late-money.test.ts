// Money and people that are not there when they should be: late, days later, gone from Stripe, behind a block.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { type CoffeeShop, openCoffeeShop } from './driver/coffee-shop.ts';
import { buys, type JoesConsole, openJoesConsole, orders } from './driver/joes-console.ts';
import { joesAccount, joesBooks, newestCheckout } from './driver/joes-stripe.ts';
import { days, hours, minutes, openWallet, type Wallet } from './driver/wallet.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let wallet: Wallet;
let shop: CoffeeShop;
let joes: JoesConsole;
beforeAll(async () => {
  wallet = await openWallet();
  shop = await openCoffeeShop(wallet);
  joes = await openJoesConsole(shop);
});
afterAll(() => wallet.close());

const atCheckout = async (act: 'pay' | 'settle', body: object) => {
  const { id, account } = await newestCheckout(wallet);
  await wallet.stripe(`checkout/${id}/${act}?account=${account}`, body);
};

test('money that comes after an order has ended goes straight back, and its buyer is told', async () => {
  const cora = await shop.customer();
  const { bill, number } = await orders(cora, 'order an americano');
  // Stripe makes the page and its answer is lost, for good: nobody here knows where it is.
  await wallet.stripe('faults', {
    match: { method: 'POST', path: '/v1/checkout/sessions' },
    fault: 'error_500_after',
  });
  const page = await bill.press('Pay $');
  expect(page.words).toMatch(/not know|try again|moment/iu);
  await cora.writes('cancel');
  await cora.sees(new RegExp(`Order ${number} is cancelled`, 'u'));

  await atCheckout('pay', {});
  await cora.sees(
    new RegExp(`payment for order ${number} came after it had ended.*straight back`, 'u'),
  );
  await wallet.settled();
  const { charges, refunds } = await joesBooks(wallet);
  const charge = charges.find(({ refunded }) => refunded > 0);
  expect(charge?.refunded).toBe(charge?.amount);
  expect(refunds).toMatchObject([{ charge: charge?.id, amount: charge?.amount }]);
  expect(await cora.timesHeard(/received your order/u)).toBe(0);
  expect((await joes.order(number)).words).toContain('Cancelled');
});

test('a bank that says yes after three days makes the order then, and not before', async () => {
  const cora = await shop.customer();
  const { bill, number } = await orders(cora, 'order an americano');
  await bill.press('Pay $');
  await atCheckout('pay', { later: true });
  await cora.sees(new RegExp(`order ${number} is under way. Your bank says in some days`, 'u'));
  await wallet.later(days(3));
  expect(await cora.timesHeard(/received your order/u)).toBe(0);

  await atCheckout('settle', { result: 'succeeded' });
  await wallet.settled();
  await cora.writes('where is my order?');
  await cora.sees(new RegExp(`${number} · \\$3\\.54 · paid`, 'u'));
  expect((await joes.order(number)).words).toMatch(/Paid/u);
  expect((await joes.order(number)).hasButton('Start preparing')).toBe(true);
});

test('a bank that says no after three days leaves a bill that can be paid otherwise, or nothing', async () => {
  const cora = await shop.customer();
  const { bill, number } = await orders(cora, 'order an americano');
  await bill.press('Pay $');
  await atCheckout('pay', { later: true });
  await cora.sees(/Your bank says in some days/u);
  await wallet.later(days(3));
  await cora.writes('hello');
  await atCheckout('settle', { result: 'failed' });
  await cora.sees(new RegExp(`order ${number} did not go through, and nothing was charged`, 'u'));
  await wallet.settled();
  expect(
    (await joesBooks(wallet)).charges.filter(({ status }) => status === 'succeeded'),
  ).toHaveLength(2);
});

test('a buyer who blocks the Page is not told, and the console says so to whoever prepares the order', async () => {
  const cora = await shop.customer();
  const number = await buys(cora, 'order an americano');
  await wallet.messenger(`people/${cora.id}/threads/${joesPage.id}/block`, {});
  await (await joes.order(number)).press('Start preparing');
  await wallet.settled();
  const page = await joes.says(() => joes.order(number), /The buyer was not told/u);

  expect(page.words).toContain('Messenger did not deliver news of this order');
  expect(page.hasButton('Ready for pick-up')).toBe(true);
  await page.press('Ready for pick-up');
  await (await joes.order(number)).press('Handed over');
  await wallet.settled();
  expect((await joes.order(number)).words).toMatch(/Handed over/u);
  // Nobody is asked in vain for ever.
  await wallet.later(hours(2));
});

test('a shop that leaves Stripe with orders open: each ends where somebody sees it', async () => {
  const [ann, ben, cid] = [await shop.customer(), await shop.customer(), await shop.customer()];
  const paid = await buys(ann, 'order an americano');
  const paying = await orders(ben, 'order an americano');
  const stripe = await paying.bill.press('Pay $');
  const drafted = await orders(cid, 'order an americano');
  const account = await joesAccount(wallet);
  await wallet.stripe(`accounts/${account}/deauthorize`, {});
  await joes.says('/console/payouts', /No longer connected/u);

  // Not yet sent to Checkout: refused in words.
  const refused = await drafted.bill.press('Pay $');
  expect(refused.words).toContain('cannot take cards at the moment. Nothing was charged');
  // Paid before: the money is with the shop, and giving it back fails where staff see it.
  await joes.does(await joes.order(paid), 'refund', {
    how: 'all',
    reason: 'requested_by_customer',
  });
  await wallet.settled();
  await wallet.later(minutes(10));
  const refund = await joes.order(paid);
  console.log(`  refund after leaving: ${/Refunds .{0,120}/u.exec(refund.words)?.[0]}`);
  expect(refund.words).toMatch(/Refunds .*(?:Failed|on its way|Asked|waits|not )/iu);
  // At Checkout: whatever happens there, the order here ends.
  expect(stripe.words).toContain('Pay $');
  await wallet.later(hours(2));
  await wallet.later(days(1));
  const open = await joes.open('/console/orders?state=awaiting_payment');
  console.log(`  still awaiting payment: ${open.words.includes(paying.number)}`);
  expect((await joes.open('/console/orders')).words).toContain(paying.number);
});
