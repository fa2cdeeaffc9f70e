// What the acts of a plan are made of: who, how much, how long, and how people like to pay.
import type { MemoryCardName } from '../../../lambdas/adapters/memory/provider-cards.ts';
import type { Deed, HowToBuy } from '../acts/act.ts';
import { cardNames, type Resident } from '../people/residents.ts';
import type { Random } from '../random.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;
export const stops = ['Undo', 'Take it back', 'Decline', 'Cancel', 'Try again'];
export const wishes = [
  '2 flat white large',
  '1 mug',
  '2 mug',
  '1 flat white small',
  '1 mug and 1 flat white small',
];
export const waysToBuy: readonly HowToBuy[] = [
  'plainly',
  'wrong_amount',
  'plainly',
  'plainly',
  'save',
  'async',
  'saved_card',
  'leaves',
];
export const moves = ['preparing', 'ready', 'fulfilled', 'paid'];
export const joesActs = ['refuse', 'evidence', 'evidence', 'close', 'cancel'] as const;
export const waysToOpen = ['in_thread', 'in_browser', 'anew'] as const;
/** What a card that was kept turns out to be. */
export const laterCards = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_authenticationRequired',
  'pm_card_authenticationRequired',
  'pm_card_pendingRefund',
  'pm_card_refundFail',
] as const;
/** Of money that comes, and may not go back at once. */
export const lateCards = ['pm_card_visa', 'pm_card_pendingRefund', 'pm_card_refundFail'] as const;
export const billChanges = ['shipping', 'tip', 'promotion', 'cancel'] as const;

/** Mostly cards that work: what goes wrong with the others is soon known. */
export function aCard(random: Random): MemoryCardName {
  return random.chance(0.6) ? 'pm_card_visa' : random.pick(cardNames);
}

export function aRefund(random: Random): Deed {
  const share = random.pick(['all', 'some'] as const);
  return { does: 'shop_refunds', share, isCancelled: share === 'all' && random.chance(0.4) };
}

export function answersBank(random: Random): Deed {
  const isWrongAmount = random.chance(0.15);
  return {
    does: 'answers_bank',
    isPassed: random.chance(0.7),
    ...(isWrongAmount ? { isWrongAmount } : {}),
  };
}

export function two(random: Random, residents: readonly Resident[]): [string, string] {
  const who = random.pick(residents);
  const other = random.pick(residents.filter((each) => each !== who));
  return [who.handle, other.handle];
}

export function amount(random: Random): number {
  return 1 + random.below(random.pick([10, 60, 120]));
}

export function aWhile(random: Random): number {
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

export function maybe<Thing>(random: Random, chance: number, thing: Thing): Thing[] {
  return random.chance(chance) ? [thing] : [];
}
