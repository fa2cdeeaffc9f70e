// Stripe's webhooks never come: every hour its own list is read, all settles the same and is told once; and each night the books are compared.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCoffeeShop } from './driver/coffee-shop.ts';
import { eventually } from './driver/eventually.ts';
import type { Person } from './driver/person.ts';
import { joesAccount, joesBooks, newestCheckout } from './driver/joes-stripe.ts';
import { pays } from './driver/steps.ts';
import { days, hours, type Member, openWallet, seconds, type Wallet } from './driver/wallet.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let wallet: Wallet;
let ann: Member;
let bob: Member;
let cora: Person;
let joe: Person;
beforeAll(async () => {
  wallet = await openWallet();
  await wallet.stripe('webhooks', { hold: true });
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
  const shop = await openCoffeeShop(wallet);
  ({ joe } = shop);
  cora = await shop.customer();
});
afterAll(() => wallet.close());

const key = () => ({ authorization: `Bearer ${wallet.settings.stripeSecretKey}` });

const linesOf = (source: string, code: string) =>
  wallet.logs.filter((each) => each.source.includes(source) && each.line.includes(`"${code}"`));

/** Once the run of this schedule has said what it did, so many times in all. */
async function hasRun(source: string, code: string, times: number) {
  return eventually(
    async () => {
      const lines = linesOf(source, code);
      return lines.length >= times ? lines.at(-1)?.line : undefined;
    },
    () => `${code} was not said ${times} times.`,
  );
}

test('a bank takes back what was paid out: known within the hour, and told once', async () => {
  await ann.writes(`send $20.00 to @${bob.handle}`);
  await ann.sees(/^Send \$20/u);
  await pays(ann);
  await ann.sees(/^\$20\.00.* charged to your/u);
  await wallet.later(seconds(11));
  const [charge] = (await wallet.books()).charges;
  await wallet.stripe('disputes', { charge: charge?.id });
  await wallet.settled();
  expect(await ann.timesHeard(/you dispute your \$20/u)).toBe(0);

  await wallet.later(hours(1));

  expect(await ann.timesHeard(/you dispute your \$20/u)).toBe(1);
  expect(await bob.timesHeard(/is disputed at the payer’s bank/u)).toBe(1);
  const [dispute] = (await wallet.books()).disputes;
  await wallet.stripe(`disputes/${dispute?.id}/close`, { result: 'won' });
  await wallet.later(hours(1));
  expect(await ann.timesHeard(/the payment stands/u)).toBe(1);
});

test('a coffee is paid by a bank in days, and given back in Stripe’s dashboard: the shop’s own account is read, too', async () => {
  await cora.writes('order two flat whites');
  await cora.writes('checkout');
  await cora.sees(/Total · /u);
  const bill = await cora.opens('Review and pay');
  await bill.press('Pay $');
  const { account, id } = await newestCheckout(wallet);
  await wallet.stripe(`checkout/${id}/pay?account=${account}`, { later: true });
  await wallet.later(hours(1));
  expect(await cora.timesHeard(/received your order/u)).toBe(0);

  await wallet.stripe(`checkout/${id}/settle?account=${account}`, { result: 'succeeded' });
  await wallet.later(hours(1));
  await wallet.later(hours(1));

  expect(await cora.timesHeard(/received your order/u)).toBe(1);
  expect(await joe.timesHeard(/order/iu)).toBeGreaterThan(0);

  const told = (await cora.heard()).length;
  const [charge] = (await joesBooks(wallet)).charges;
  const refunded = await fetch(`${wallet.machine.stripeUrl}/v1/refunds`, {
    method: 'POST',
    headers: { ...key(), 'stripe-account': account },
    body: new URLSearchParams({ charge: charge?.id ?? '' }),
  });
  expect(refunded.status).toBe(200);
  await wallet.later(hours(1));
  expect((await cora.heard()).length).toBe(told + 1);
  expect((await cora.heard()).at(-1)).toMatch(/back|refund/iu);
});

test('what was told stays told once, also when every webhook comes at last, all at once', async () => {
  const [annHeard, bobHeard, coraHeard] = [
    await ann.heard(),
    await bob.heard(),
    await cora.heard(),
  ];
  await wallet.later(hours(6));
  await wallet.stripe('webhooks', { order: 'shuffled', duplicate: 1 });
  await wallet.stripe('webhooks/release', {});
  await wallet.settled();
  await wallet.later(hours(1));

  expect(await ann.heard()).toEqual(annHeard);
  expect(await bob.heard()).toEqual(bobHeard);
  expect(await cora.heard()).toEqual(coraHeard);
});

test('each night the books are compared: all matches, until something of nobody’s bears our mark', async () => {
  await wallet.later(days(1));
  const line = await hasRun('bookkeeper', 'books_reconciled', 1);
  expect(line).toContain('"percentMatched":100');
  expect(line).toContain('"breaks":0');
  expect(linesOf('bookkeeper', 'books_differ')).toEqual([]);

  await chargesBesideUs();
  const before = linesOf('bookkeeper', 'books_reconciled').length;
  await wallet.later(days(1));

  const next = await hasRun('bookkeeper', 'books_reconciled', before + 1);
  expect(next).toContain('"differences":1');
  const [differing, ...others] = linesOf('bookkeeper', 'books_differ').map(
    ({ line: each }) => each,
  );
  expect(others).toEqual([]);
  for (const said of ['"level":"CRITICAL"', '"subject":"pay_nobody"', '"kind":"nobodys"'])
    expect(differing).toContain(said);
  expect(differing).not.toMatch(/500|USD/u);
});

test('a shop that takes our access away neither ends the check nor fills it with its orders', async () => {
  const account = await joesAccount(wallet);
  await wallet.stripe(`accounts/${account}/deauthorize`, {});
  const before = linesOf('bookkeeper', 'books_reconciled').length;
  await wallet.later(days(1));

  const line = await hasRun('bookkeeper', 'books_reconciled', before + 1);
  expect(line).toContain('"unread":1');
  expect(line).toContain('"differences":1');
  expect(linesOf('', 'events_backfilled').at(-1)?.line).toContain('"notKnown":1');
  expect(linesOf('', 'schedule_failed')).toEqual([]);
});

async function chargesBesideUs(): Promise<void> {
  const made = await fetch(`${wallet.machine.stripeUrl}/v1/payment_intents`, {
    method: 'POST',
    headers: key(),
    body: new URLSearchParams({
      amount: '500',
      currency: 'usd',
      confirm: 'true',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[]': 'card',
      'metadata[tender_payment]': 'pay_nobody',
    }),
  });
  expect(made.status).toBe(200);
}
