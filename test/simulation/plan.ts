// Makes the plan of a run from its seed: who lives in the town, what is done there, and what goes wrong meanwhile.
import type { MemoryCardName } from '../../lambdas/adapters/memory/provider-cards.ts';
import type { Act, Deed, HowToBuy } from './acts/act.ts';
import { type Fault, faultsOf, faultsOfMoney } from './fault.ts';
import { cardNames, type Resident } from './people/residents.ts';
import { type Random, randomFrom } from './random.ts';

export interface Plan {
  readonly name: string;
  readonly residents: readonly Resident[];
  readonly mugs: number;
  readonly acts: readonly Act[];
  /** Whoever does not find what they look for waits a little and looks again. */
  readonly arePatient?: true;
}

const people = [
  ['ann', 'Ann Archer'],
  ['bob', 'Bob Stone'],
  ['zoe', 'Zoe Hill'],
  ['max', 'Max Moon'],
] as const;

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

export function planOf(seed: number, run: number): Plan {
  const random = randomFrom(seed, run);
  const residents = people.slice(0, 2 + random.below(3)).map(
    ([handle, name], index): Resident => ({
      handle,
      name,
      isAround: random.chance(0.85),
      ...(index === 3 ? { isStranger: true } : {}),
      isReadyToBePaid: index === 1 ? random.chance(0.7) : random.chance(0.3),
      ...(random.chance(0.6) ? { card: aCard(random) } : {}),
    }),
  );
  const wrong = random.pick([0, 0.2, 0.4, 0.7]);
  const acts = random.chance(0.5) ? chapters(random, residents) : loose(random, residents);
  return {
    name: `${seed}/${run}`,
    residents,
    mugs: 1 + random.below(3),
    acts: acts.map((deed) => actOf(deed, random, wrong)),
  };
}

function actOf(deed: Deed, random: Random, wrong: number): Act {
  const faults: Fault[] = [];
  while (random.chance(wrong) && faults.length < 4) {
    faults.push(aFault(random, deed));
  }
  const isCut = random.chance(0.35);
  return {
    deed,
    faults,
    seed: 1 + random.below(1_000_000),
    ...(isCut ? { turns: random.below(40) } : {}),
  };
}

/** Vendors are called seldom, tables at every turn: so much later may a fault come. An outage lasts. */
function aFault(random: Random, { does }: Deed): Fault {
  const isOfMoney = (does === 'pays' || does === 'buys' || does === 'passes') && random.chance(0.4);
  const [, on, kinds] = isOfMoney ? faultsOfMoney : random.weighed(faultsOf);
  const kind = random.pick(kinds);
  const isSeldom = on !== 'any' && on !== 'tables';
  const at = 1 + random.below(isSeldom ? 3 : random.pick([4, 12, 40]));
  const isOutage = on === 'stripe' && random.chance(0.4);
  return { kind, on, at, ...(isOutage ? { times: random.pick([2, 5, 40]) } : {}) };
}

/** Mostly cards that work: what goes wrong with the others is soon known. */
function aCard(random: Random): MemoryCardName {
  return random.chance(0.6) ? 'pm_card_visa' : random.pick(cardNames);
}

/** Stories that people live, with something in between. */
function chapters(random: Random, residents: readonly Resident[]): Deed[] {
  const stories = [
    sendAndPay,
    sendAndPay,
    buyAndGet,
    buyAndGet,
    askAndAnswer,
    giveALink,
    payABill,
    arrive,
  ];
  const told: Deed[] = [];
  const count = 1 + random.below(3);
  for (let at = 0; at < count; at += 1) {
    for (const deed of random.pick(stories)(random, residents)) {
      told.push(deed);
      if (random.chance(0.25)) told.push(anyDeed(random, residents));
    }
  }
  return told.slice(0, 25);
}

function loose(random: Random, residents: readonly Resident[]): Deed[] {
  return Array.from({ length: 5 + random.below(16) }, () => anyDeed(random, residents));
}

type Teller = (random: Random, residents: readonly Resident[]) => Deed[];

const sendAndPay: Teller = (random, residents) => {
  const [who, other] = two(random, residents);
  return [
    { does: 'says', who, text: `send $${amount(random)} to @${other} for lunch` },
    { does: 'pays', who, card: aCard(random), times: random.chance(0.2) ? 2 : 1 },
    ...maybe<Deed>(random, 0.3, { does: 'answers_bank', isPassed: random.chance(0.7) }),
    ...maybe<Deed>(random, 0.4, {
      does: 'taps',
      who: random.pick([who, other]),
      title: random.pick(stops),
    }),
    ...maybe<Deed>(random, 0.4, { does: 'sets_up_payouts', who: other }),
    { does: 'passes', ms: aWhile(random) },
    ...maybe<Deed>(random, 0.3, { does: 'bank_disputes', of: 'payment' }),
    ...maybe<Deed>(random, 0.3, { does: 'bank_decides', of: 'payment', isWon: random.chance(0.5) }),
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
    ...maybe<Deed>(random, 0.3, { does: 'answers_bank', isPassed: random.chance(0.7) }),
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

const stops = ['Undo', 'Take it back', 'Decline', 'Cancel', 'Try again'];
const titles = [...stops, 'Pay', 'Withdraw', 'Remind', 'Get paid'];
const wishes = [
  '2 flat white large',
  '1 mug',
  '2 mug',
  '1 flat white small',
  '1 mug and 1 flat white small',
];
const waysToBuy: readonly HowToBuy[] = [
  'plainly',
  'wrong_amount',
  'plainly',
  'plainly',
  'save',
  'async',
  'saved_card',
  'leaves',
];
const moves = ['preparing', 'ready', 'fulfilled', 'paid'];
const phrases = [
  'help',
  'activity',
  'who am i',
  'undo',
  'cancel',
  'hello',
  'stop',
  'what is my limit',
];
const phrasesAtShop = [
  'menu',
  'cart',
  'checkout',
  'my orders',
  'cancel my order',
  'empty cart',
  'hi',
  'reorder',
];

function anyDeed(random: Random, residents: readonly Resident[]): Deed {
  const [who, other] = two(random, residents);
  const makers: readonly (readonly [number, () => Deed])[] = [
    [5, () => ({ does: 'says', who, text: `send $${amount(random)} to @${other}` })],
    [5, () => ({ does: 'pays', who, card: aCard(random), times: random.chance(0.2) ? 2 : 1 })],
    [5, () => ({ does: 'taps', who, title: random.pick(titles) })],
    [6, () => ({ does: 'passes', ms: aWhile(random) })],
    [2, () => ({ does: 'says', who, text: `ask @${other} for $${amount(random)}` })],
    [1, () => ({ does: 'says', who, text: 'send $20 to my plumber' })],
    [2, () => ({ does: 'says', who, text: random.pick(phrases) })],
    [2, () => ({ does: 'claims', who })],
    [2, () => ({ does: 'answers_bank', isPassed: random.chance(0.7) })],
    [2, () => ({ does: 'sets_up_payouts', who })],
    [3, () => ({ does: 'says_at_shop', who, text: random.pick(wishes) })],
    [3, () => ({ does: 'says_at_shop', who, text: random.pick(phrasesAtShop) })],
    [4, () => ({ does: 'buys', who, card: aCard(random), how: random.pick(waysToBuy) })],
    [1, () => ({ does: 'returns', who })],
    [2, () => ({ does: 'changes_bill', who, to: random.pick(billChanges) })],
    [1, () => ({ does: 'shop_sends_bill', who })],
    [1, () => ({ does: 'dashboard_refunds', cents: 50 + random.below(400) })],
    [1, () => ({ does: 'bank_says', isPaid: random.chance(0.5) })],
    [1, () => ({ does: 'taps_at_shop', who, title: random.pick(titlesAtShop) })],
    [2, () => ({ does: 'shop_moves', to: random.pick(moves) })],
    [2, () => aRefund(random)],
    [1, () => ({ does: 'bank_disputes', of: random.pick(things) })],
    [1, () => ({ does: 'bank_decides', of: random.pick(things), isWon: random.chance(0.5) })],
    [1, () => ({ does: 'refund_ends', of: random.pick(things), isDone: random.chance(0.5) })],
    [
      1,
      () => ({
        does: 'account_changes',
        who,
        to: random.pick(['ready', 'restricted', 'emptied'] as const),
      }),
    ],
    [
      0.5,
      () => ({
        does: 'shop_account',
        to: random.pick(['active', 'active', 'restricted', 'left'] as const),
      }),
    ],
    [
      0.5,
      () => ({
        does: 'rolls_secret',
        which: random.pick(['messenger_app', 'page_token', 'stripe_webhook'] as const),
      }),
    ],
    [0.5, () => ({ does: 'deploys' })],
  ];
  const [, make] = random.weighed(makers);
  return make();
}

const billChanges = ['shipping', 'tip', 'promotion', 'cancel'] as const;
const titlesAtShop = ['Cancel', 'No, thanks', 'Check out', 'Pay another way', 'Empty cart'];
const things = ['payment', 'order'] as const;

function aRefund(random: Random): Deed {
  const share = random.pick(['all', 'some'] as const);
  return { does: 'shop_refunds', share, isCancelled: share === 'all' && random.chance(0.4) };
}

function two(random: Random, residents: readonly Resident[]): [string, string] {
  const who = random.pick(residents);
  const other = random.pick(residents.filter((each) => each !== who));
  return [who.handle, other.handle];
}

function amount(random: Random): number {
  return 1 + random.below(random.pick([10, 60, 120]));
}

function aWhile(random: Random): number {
  return random.pick([
    seconds,
    10 * seconds,
    30 * seconds,
    minutes,
    6 * minutes,
    20 * minutes,
    40 * minutes,
    hours,
    days,
    3 * days,
    8 * days,
  ]);
}

function maybe<Thing>(random: Random, chance: number, thing: Thing): Thing[] {
  return random.chance(chance) ? [thing] : [];
}
