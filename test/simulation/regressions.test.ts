// Runs that broke a rule once, as small as they could be made: what was wrong then is right now.
import './cloud/environment.ts';
import { describe, expect, test } from 'vitest';
import type { Act, Deed } from './acts/act.ts';
import type { Fault } from './fault.ts';
import type { Resident } from './people/residents.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run.ts';
import { storyOf } from './story.ts';
import { muted } from './muted.ts';

muted();

const ann: Resident = { handle: 'ann', name: 'Ann Archer', isAround: true, isReadyToBePaid: false };
const act = (deed: Deed, ...faults: Fault[]): Act => ({ deed, faults, seed: 0 });

const bob: Resident = { handle: 'bob', name: 'Bob Stone', isAround: true, isReadyToBePaid: true };
const annPaysBob = [
  act({ does: 'says', who: 'ann', text: 'send $41 to @bob for lunch' }),
  act({ does: 'pays', who: 'ann', card: 'pm_card_visa', times: 1 }),
  act({ does: 'passes', ms: 60_000 }),
];
const annAtJoes = [
  act({ does: 'says_at_shop', who: 'ann', text: '1 mug and 1 flat white small' }),
  act({ does: 'says_at_shop', who: 'ann', text: 'checkout' }),
];
/** The bank disputes, and the answer about taking the payout back is lost. */
const unanswered = act(
  { does: 'bank_disputes', of: 'payment' },
  { kind: 'lost_after', on: 'stripe', at: 2 },
);

interface Regression {
  /** Where it was found. */
  readonly found: string;
  readonly title: string;
  readonly residents: readonly Resident[];
  readonly acts: readonly Act[];
}

const regressions: readonly Regression[] = [
  {
    found: '4/106',
    title: 'the last hints of a shop that has left Stripe do not wake the operator for ever',
    residents: [ann],
    acts: [
      ...annAtJoes,
      act(
        { does: 'buys', who: 'ann', card: 'pm_card_radarBlock', how: 'plainly' },
        { kind: 'lost_after', on: 'stripe', at: 2, times: 2 },
      ),
      act({ does: 'shop_account', to: 'left' }),
    ],
  },
  {
    found: '7/408',
    title:
      'a payout that was taken back without an answer is not called a loss when the bank decides',
    residents: [{ ...ann, card: 'pm_card_visa' }, bob],
    acts: [...annPaysBob, unanswered, act({ does: 'bank_decides', of: 'payment', isWon: false })],
  },
  {
    found: '7/408, won',
    title:
      'a payee whose payout was taken back without an answer is paid again when the dispute is won',
    residents: [{ ...ann, card: 'pm_card_visa' }, bob],
    acts: [...annPaysBob, unanswered, act({ does: 'bank_decides', of: 'payment', isWon: true })],
  },
  {
    found: '330/23',
    title:
      'a charge that was quicker than its end is booked as what was taken, not as what was asked',
    residents: [ann],
    acts: [
      ...annAtJoes,
      act({ does: 'buys', who: 'ann', card: 'pm_card_visa', how: 'save' }),
      act({ does: 'kept_cards_become', card: 'pm_card_authenticationRequired' }),
      act({ does: 'says_at_shop', who: 'ann', text: '2 flat white large' }),
      act({ does: 'says_at_shop', who: 'ann', text: 'checkout' }),
      {
        ...act({ does: 'buys', who: 'ann', card: 'pm_card_visa', how: 'saved_card' }),
        turns: 4,
      },
      act({ does: 'bank_thinks', of: 'order' }),
      {
        ...act({ does: 'says_at_shop', who: 'ann', text: 'cancel my order' }),
        seed: 32_943,
        turns: 25,
      },
      act({ does: 'answers_bank', isPassed: true, isWrongAmount: true }),
    ],
  },
  {
    found: '393/36',
    title: 'a second dispute is booked although its news is quicker than the end of the first',
    residents: [{ ...bob, card: 'pm_card_visa', isReadyToBePaid: false }],
    acts: [
      act({ does: 'says_at_shop', who: 'bob', text: '2 flat white large' }),
      act({ does: 'says_at_shop', who: 'bob', text: 'checkout' }),
      act({ does: 'buys', who: 'bob', card: 'pm_card_visa', how: 'plainly' }),
      act({ does: 'bank_disputes', of: 'order' }),
      act(
        { does: 'bank_decides', of: 'order', isWon: true },
        { kind: 'lost_after', on: 'tables', at: 2 },
      ),
      act({ does: 'bank_disputes', of: 'order' }),
      act({ does: 'bank_decides', of: 'order', isWon: false }),
    ],
  },
  {
    found: '667/89',
    title: 'a dispute on the account of a shop that has left Stripe is not asked about for ever',
    residents: [ann],
    acts: [
      ...annAtJoes,
      act({ does: 'buys', who: 'ann', card: 'pm_card_visa', how: 'plainly' }),
      act({ does: 'bank_disputes', of: 'order' }),
      act({ does: 'shop_account', to: 'left' }),
    ],
  },
  {
    found: '948/27',
    title: 'a refund on the dashboard is booked, though news of the charge is later than it',
    residents: [{ ...ann, card: 'pm_card_visa' }],
    acts: [
      ...annAtJoes,
      act(
        { does: 'buys', who: 'ann', card: 'pm_card_visa', how: 'saved_card' },
        { kind: 'delivered_late', on: 'any', at: 1 },
        { kind: 'delivered_late', on: 'any', at: 2 },
      ),
      act({ does: 'dashboard_refunds', cents: 391 }),
    ],
  },
  {
    found: '328/84',
    title: 'a request ends with a person where its payment does',
    residents: [{ ...ann, card: 'pm_card_chargeDeclinedLostCard' }, bob],
    acts: [
      act({ does: 'says', who: 'bob', text: 'ask @ann for $20 for pizza' }),
      act({ does: 'taps', who: 'ann', title: 'Pay' }),
      act(
        { does: 'pays', who: 'ann', card: 'pm_card_chargeDeclinedLostCard', times: 1 },
        { kind: 'lost_before', on: 'stripe', at: 1 },
      ),
      act(
        { does: 'passes', ms: 8 * 86_400_000 },
        { kind: 'lost_before', on: 'stripe', at: 1, times: 40 },
      ),
    ],
  },
  {
    found: '73000/734',
    title: 'a bank that takes its time after it was satisfied is not asked every minute for days',
    residents: [ann, bob],
    acts: [
      act({ does: 'says', who: 'bob', text: 'send $4 to @ann for lunch' }),
      act({ does: 'pays', who: 'bob', card: 'pm_card_authenticationRequired', times: 1 }),
      act({ does: 'bank_thinks', of: 'payment' }),
    ],
  },
  {
    found: '1295/46',
    title: 'a receipt is not said again when its echo waits in the same batch',
    residents: [
      { ...ann, card: 'pm_card_visa' },
      { ...bob, isReadyToBePaid: false },
    ],
    acts: [
      act({ does: 'says', who: 'ann', text: 'send $85 to @bob' }),
      act({ does: 'pays', who: 'ann', card: 'pm_card_chargeDeclinedLostCard', times: 1 }),
      act({ does: 'passes', ms: 10_000 }),
      { ...act({ does: 'sets_up_payouts', who: 'ann' }), seed: 71_936, turns: 26 },
      {
        ...act(
          { does: 'says', who: 'ann', text: 'ask @bob for $10' },
          { kind: 'crash_after', on: 'any', at: 31 },
          { kind: 'throttled', on: 'messenger', at: 2 },
        ),
        seed: 48_357,
      },
    ],
  },
];

describe.each(regressions)('$found: $title', ({ found: name, residents, acts }) => {
  test('breaks no rule', async () => {
    const plan: Plan = { name, residents, mugs: 2, acts };
    const { violation } = await runPlan(plan);
    expect(violation, violation && storyOf({ plan, violation })).toBeUndefined();
  });
});
