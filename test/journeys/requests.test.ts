// Asking for money: paid, declined, withdrawn, reminded, run out, and paid after a first try that failed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pays } from './driver/steps.ts';
import { days, type Member, minutes, openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let ann: Member;
let bob: Member;

beforeAll(async () => {
  wallet = await openWallet();
  [ann, bob] = await Promise.all([wallet.member(), wallet.payee()]);
});
afterAll(() => wallet.close());

async function asks(amount: string, asker: Member = bob): Promise<void> {
  await asker.writes(`ask @${ann.handle} for ${amount}`);
  await asker.sees(new RegExp(`^Asked .* for \\${amount}`, 'u'));
  await ann.sees(new RegExp(`asks you for \\${amount}`, 'u'));
}

async function chargesOf(cents: number): Promise<number> {
  return (await wallet.books()).charges.filter(({ amount }) => amount === cents).length;
}

test('Bob asks, Ann pays: the same review and page as for sending, and both get a receipt', async () => {
  await bob.writes(`ask @${ann.handle} for $41.00 for concert tickets`);
  await ann.sees(/\(@.*\) asks you for \$41\.00 for “concert tickets”/u);

  await ann.taps('Pay');
  await ann.sees(/^Send \$41\.00 to .* for “concert tickets”/u);
  await pays(ann);
  await wallet.later(seconds(11));

  await bob.sees(/paid your request for \$41\.00/u);
  await bob.sees(/\$41\.00 .*on its way to your account/u);
  expect(await ann.seesReceipts(1)).toHaveLength(1);
  expect(await bob.seesReceipts(1)).toHaveLength(1);
  expect(await chargesOf(4100)).toBe(1);
});

test('Ann declines: Bob is told, and her Pay button no longer pays', async () => {
  await asks('$42.00');

  await ann.taps('Decline');
  await bob.sees(/declined your request for \$42\.00/u);
  await ann.taps('Pay');

  await ann.sees(/That request is declined/u);
  expect(await chargesOf(4200)).toBe(0);
});

test('Bob withdraws: Ann is told, and her Pay button no longer pays', async () => {
  await asks('$43.00');

  await bob.taps('Withdraw');
  await ann.sees(/withdrew the request for \$43\.00/u);
  await ann.taps('Pay');

  await ann.sees(/That request is withdrawn/u);
  expect(await chargesOf(4300)).toBe(0);
});

test('a review that is cancelled opens the request again, and it can be paid after all', async () => {
  await asks('$45.00');
  await ann.taps('Pay');
  await ann.sees(/^Send \$45\.00/u);
  await ann.taps('Cancel');
  await ann.sees(/Cancelled\. Nothing was charged/u);

  await ann.taps('Pay');
  await wallet.settled();
  await pays(ann);

  await bob.sees(/sent you \$45\.00/u);
  await wallet.later(seconds(11));
  await bob.sees(/paid your request for \$45\.00/u);
  expect(await chargesOf(4500)).toBe(1);
});

test('a stranger who taps a copied Pay button pays nothing', async () => {
  await asks('$46.00');
  const card = await ann.sees(/asks you for \$46\.00/u);
  const pay = card.taps.find(({ title }) => title === 'Pay');
  const mallory = await wallet.member();
  if (pay === undefined || pay.kind === 'link') throw new Error('There is no Pay button.');

  await mallory.phone.tap(pay);

  await mallory.sees(/There is no open request/u);
  expect(await mallory.timesHeard(/\$46\.00/u)).toBe(0);
});

test('a reminder once a day, and after fourteen days the request runs out', async () => {
  const carla = await wallet.member();
  await asks('$44.00', carla);

  await carla.taps('Remind');
  await ann.sees(/still waits for your answer about \$44\.00/u);
  await carla.taps('Remind');
  await carla.sees(/One reminder a day is enough/u);
  expect(await ann.timesHeard(/still waits for your answer about \$44\.00/u)).toBe(1);
  await wallet.later(days(14) + minutes(2));

  await carla.sees(/request for USD 44\.00 .*state is now: run out/u);
  await ann.taps('Pay');
  await ann.sees(/That request is run out/u);
});
