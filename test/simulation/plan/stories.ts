// Stories that people live, with chance in between: sending, asking, buying, paying a bill, coming for the first time.
import type { MemoryCardName } from '../../../lambdas/adapters/memory/provider-cards.ts';
import type { Deed } from '../acts/act.ts';
import type { Resident } from '../people/residents.ts';
import type { Random } from '../random.ts';
import {
  aCard,
  amount,
  answersBank,
  aRefund,
  aWhile,
  billChanges,
  joesActs,
  lateCards,
  maybe,
  moves,
  stops,
  two,
  waysToBuy,
  waysToOpen,
  wishes,
} from './chances.ts';

const complaints = ['refund', 'i want a refund because it was cold', 'cancel my order'];

type Teller = (random: Random, residents: readonly Resident[]) => Deed[];

/** Of the account that money is paid out to. */
const fates = [
  'restricted',
  'restricted_unheard',
  'restricted_unheard',
  'ready',
  'emptied',
] as const;

const sendAndPay: Teller = (random, residents) => {
  const [who, other] = two(random, residents);
  return [
    { does: 'says', who, text: `send $${amount(random)} to @${other} for lunch` },
    { does: 'pays', who, card: aCard(random), times: random.chance(0.2) ? 2 : 1 },
    ...maybe<Deed>(random, 0.1, { does: 'bank_thinks', of: 'payment' }),
    ...maybe<Deed>(random, 0.3, answersBank(random)),
    ...maybe<Deed>(random, 0.3, {
      does: 'charge_comes_late',
      of: 'payment',
      card: random.pick(lateCards),
    }),
    ...maybe<Deed>(random, 0.4, {
      does: 'taps',
      who: random.pick([who, other]),
      title: random.pick(stops),
    }),
    ...maybe<Deed>(random, 0.4, { does: 'sets_up_payouts', who: other }),
    ...maybe<Deed>(random, 0.2, { does: 'account_changes', who: other, to: random.pick(fates) }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.2, { does: 'account_changes', who: other, to: 'emptied' }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_disputes', of: 'payment' }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_decides', of: 'payment', isWon: random.chance(0.5) }),
    ...maybe<Deed>(random, 0.3, { does: 'refund_ends', of: 'payment', isDone: random.chance(0.5) }),
    ...maybe<Deed>(random, 0.3, { does: 'passes', ms: aWhile(random) }),
  ];
};

const giveALink: Teller = (random, residents) => {
  const [who, other] = two(random, residents);
  return [
    { does: 'says', who, text: `send $${amount(random)} to my plumber for the tap` },
    { does: 'pays', who, card: aCard(random), times: 1 },
    { does: 'claims', who: other },
    ...maybe<Deed>(random, 0.4, { does: 'taps', who, title: 'Take it back' }),
    ...maybe<Deed>(random, 0.6, { does: 'sets_up_payouts', who: other }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.3, { does: 'bank_disputes', of: 'payment' }),
  ];
};

const askAndAnswer: Teller = (random, residents) => {
  const [who, other] = two(random, residents);
  return [
    { does: 'says', who, text: `ask @${other} for $${amount(random)} for pizza` },
    { does: 'taps', who: other, title: random.pick(['Pay', 'Pay', 'Decline']) },
    { does: 'pays', who: other, card: aCard(random), times: 1 },
    ...maybe<Deed>(random, 0.3, { does: 'taps', who, title: 'Withdraw' }),
    { does: 'passes', ms: aWhile(random) },
  ];
};

const buyAndGet: Teller = (random, residents) => {
  const [who] = two(random, residents);
  return [
    { does: 'says_at_shop', who, text: random.pick(wishes) },
    { does: 'says_at_shop', who, text: 'checkout' },
    ...maybe<Deed>(random, 0.3, { does: 'changes_bill', who, to: random.pick(billChanges) }),
    { does: 'buys', who, card: aCard(random), how: random.pick(waysToBuy) },
    ...maybe<Deed>(random, 0.3, answersBank(random)),
    ...maybe<Deed>(random, 0.5, { does: 'returns', who }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_says', isPaid: random.chance(0.6) }),
    ...maybe<Deed>(random, 0.2, { does: 'says_at_shop', who, text: 'cancel my order' }),
    ...maybe<Deed>(random, 0.2, { does: 'dashboard_refunds', cents: 50 + random.below(400) }),
    ...maybe<Deed>(random, 0.5, { does: 'shop_moves', to: random.pick(moves) }),
    ...maybe<Deed>(random, 0.5, aRefund(random)),
    ...maybe<Deed>(random, 0.3, { does: 'shop_moves', to: random.pick(moves) }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.3, { does: 'refund_ends', of: 'order', isDone: random.chance(0.5) }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_disputes', of: 'order' }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_decides', of: 'order', isWon: random.chance(0.5) }),
  ];
};

const payABill: Teller = (random, residents) => {
  const [who] = two(random, residents);
  return [
    { does: 'says_at_shop', who, text: 'hi' },
    { does: 'shop_sends_bill', who },
    { does: 'buys', who, card: aCard(random), how: random.pick(waysToBuy) },
    ...maybe<Deed>(random, 0.3, { does: 'taps_at_shop', who, title: 'No, thanks' }),
    ...maybe<Deed>(random, 0.3, { does: 'buys', who, card: aCard(random), how: 'plainly' }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.4, { does: 'buys', who, card: aCard(random), how: 'saved_card' }),
    ...maybe<Deed>(random, 0.4, aRefund(random)),
    { does: 'passes', ms: aWhile(random) },
  ];
};

/** The card that was kept on the first day is not what it was on the second. */
function withKeptCard(random: Random, who: string, later: MemoryCardName): Deed[] {
  const wants = (): Deed[] => [
    { does: 'says_at_shop', who, text: random.pick(wishes) },
    { does: 'says_at_shop', who, text: 'checkout' },
  ];
  return [
    ...wants(),
    { does: 'buys', who, card: 'pm_card_visa', how: 'save' },
    { does: 'kept_cards_become', card: later },
    ...wants(),
    { does: 'buys', who, card: 'pm_card_visa', how: 'saved_card' },
  ];
}

const beAsked: Teller = (random, residents) => {
  const [who] = two(random, residents);
  return [
    ...withKeptCard(random, who, 'pm_card_authenticationRequired'),
    ...maybe<Deed>(random, 0.2, { does: 'bank_thinks', of: 'order' }),
    ...maybe<Deed>(random, 0.2, { does: 'says_at_shop', who, text: 'cancel my order' }),
    ...maybe<Deed>(random, 0.3, { does: 'passes', ms: aWhile(random) }),
    ...maybe<Deed>(random, 0.1, { does: 'shop_account', to: 'left' }),
    ...maybe<Deed>(random, 0.5, answersBank(random)),
    ...maybe<Deed>(random, 0.3, { does: 'bank_says', isPaid: random.chance(0.6) }),
    ...maybe<Deed>(random, 0.4, { does: 'buys', who, card: aCard(random), how: 'plainly' }),
    { does: 'passes', ms: aWhile(random) },
  ];
};

/** The first try is refused, and goes through all the same when the order is long paid, or over. */
const payTwice: Teller = (random, residents) => {
  const [who] = two(random, residents);
  const how = random.pick(['plainly', 'plainly', 'wrong_amount'] as const);
  return [
    ...withKeptCard(random, who, 'pm_card_chargeDeclined'),
    ...random.pick<readonly Deed[]>([
      [{ does: 'buys', who, card: 'pm_card_visa', how }],
      [{ does: 'buys', who, card: 'pm_card_visa', how }],
      [{ does: 'buys', who, card: 'pm_card_visa', how }],
      [{ does: 'says_at_shop', who, text: 'cancel my order' }],
      [{ does: 'passes', ms: 60 * 60_000 }],
      [],
    ]),
    ...maybe<Deed>(random, 0.7, { does: 'shop_moves', to: random.pick(moves) }),
    { does: 'charge_comes_late', of: 'order', card: random.pick(lateCards) },
    ...afterwards(random),
  ];
};

/** What may become of money that was taken. */
function afterwards(random: Random): Deed[] {
  return [
    ...maybe<Deed>(random, 0.5, { does: 'bank_disputes', of: 'order' }),
    ...maybe<Deed>(random, 0.5, { does: 'joe_acts', what: 'evidence' }),
    ...maybe<Deed>(random, 0.5, { does: 'passes', ms: aWhile(random) }),
    ...maybe<Deed>(random, 0.3, { does: 'shop_moves', to: random.pick(moves) }),
    ...maybe<Deed>(random, 0.4, { does: 'bank_decides', of: 'order', isWon: random.chance(0.6) }),
    ...maybe<Deed>(random, 0.3, { does: 'refund_ends', of: 'order', isDone: random.chance(0.5) }),
  ];
}

/** Something is not as it should be: the buyer asks, the shop says yes or no, and then there is the bank. */
const complain: Teller = (random, residents) => {
  const [who] = two(random, residents);
  return [
    { does: 'says_at_shop', who, text: random.pick(wishes) },
    { does: 'says_at_shop', who, text: 'checkout' },
    {
      does: 'buys',
      who,
      card: random.pick(lateCards),
      how: random.pick(['plainly', 'plainly', 'plainly', 'wrong_amount'] as const),
    },
    ...maybe<Deed>(random, 0.7, { does: 'shop_moves', to: random.pick(moves) }),
    ...maybe<Deed>(random, 0.5, { does: 'shop_moves', to: random.pick(moves) }),
    ...maybe<Deed>(random, 0.5, { does: 'says_at_shop', who, text: random.pick(complaints) }),
    ...maybe<Deed>(random, 0.4, { does: 'joe_acts', what: 'refuse' }),
    ...maybe<Deed>(random, 0.3, { does: 'joe_acts', what: random.pick(joesActs) }),
    ...maybe<Deed>(random, 0.4, aRefund(random)),
    ...maybe<Deed>(random, 0.2, { does: 'dashboard_refunds', cents: 50 + random.below(400) }),
    ...afterwards(random),
  ];
};

const takeABill: Teller = (random, residents) => {
  const [who, other] = two(random, residents);
  return [
    { does: 'shop_makes_link' },
    { does: 'opens_bill', who, how: random.pick(waysToOpen) },
    ...maybe<Deed>(random, 0.5, { does: 'opens_bill', who: other, how: random.pick(waysToOpen) }),
    ...maybe<Deed>(random, 0.5, { does: 'shop_acts_on_bill', what: 'remind' }),
    ...maybe<Deed>(random, 0.7, {
      does: 'buys',
      who,
      card: aCard(random),
      how: random.pick(waysToBuy),
    }),
    ...maybe<Deed>(random, 0.2, { does: 'shop_acts_on_bill', what: 'cancel' }),
    ...maybe<Deed>(random, 0.3, { does: 'buys', who: other, card: aCard(random), how: 'plainly' }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.3, aRefund(random)),
  ];
};

const arrive: Teller = (random, residents) => {
  const [, other] = two(random, residents);
  const who = residents.at(-1)?.handle ?? other;
  return [
    { does: 'says', who, text: 'hello' },
    { does: 'taps', who, title: 'I agree' },
    { does: 'says', who, text: `@${who}` },
    { does: 'says', who: other, text: `send $${amount(random)} to @${who}` },
    { does: 'pays', who: other, card: aCard(random), times: 1 },
    { does: 'sets_up_payouts', who },
    { does: 'passes', ms: aWhile(random) },
  ];
};

/** As often as they stand here. */
export const stories: readonly Teller[] = [
  sendAndPay,
  sendAndPay,
  buyAndGet,
  buyAndGet,
  askAndAnswer,
  giveALink,
  payABill,
  beAsked,
  payTwice,
  complain,
  takeABill,
  arrive,
];
