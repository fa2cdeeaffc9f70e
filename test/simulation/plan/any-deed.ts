// One act of any kind, whether or not it fits: people do not keep to stories.
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
  laterCards,
  moves,
  stops,
  two,
  waysToBuy,
  waysToOpen,
  wishes,
} from './chances.ts';

const titles = [...stops, 'Pay', 'Withdraw', 'Remind', 'Get paid'];
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
  'refund',
  'i want a refund because it was cold',
];
const titlesAtShop = [
  'Ask for a refund',
  'Cancel',
  'No, thanks',
  'Check out',
  'Pay another way',
  'Empty cart',
];
const things = ['payment', 'order'] as const;

export function anyDeed(random: Random, residents: readonly Resident[]): Deed {
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
    [2, () => answersBank(random)],
    [2, () => ({ does: 'sets_up_payouts', who })],
    [3, () => ({ does: 'says_at_shop', who, text: random.pick(wishes) })],
    [3, () => ({ does: 'says_at_shop', who, text: random.pick(phrasesAtShop) })],
    [4, () => ({ does: 'buys', who, card: aCard(random), how: random.pick(waysToBuy) })],
    [1, () => ({ does: 'returns', who })],
    [2, () => ({ does: 'changes_bill', who, to: random.pick(billChanges) })],
    [1, () => ({ does: 'shop_sends_bill', who })],
    [0.5, () => ({ does: 'shop_makes_link' })],
    [1, () => ({ does: 'opens_bill', who, how: random.pick(waysToOpen) })],
    [0.5, () => ({ does: 'shop_acts_on_bill', what: random.pick(['remind', 'cancel'] as const) })],
    [1.5, () => ({ does: 'joe_acts', what: random.pick(joesActs) })],
    [0.5, () => ({ does: 'kept_cards_become', card: random.pick(laterCards) })],
    [1, () => ({ does: 'charge_comes_late', of: random.pick(things), card: 'pm_card_visa' })],
    [0.5, () => ({ does: 'bank_thinks', of: random.pick(things) })],
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
        to: random.pick(['ready', 'restricted', 'restricted_unheard', 'emptied'] as const),
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
