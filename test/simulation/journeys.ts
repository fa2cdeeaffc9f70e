// Whole stories without a fault, for crashes to be tried at each of their calls.
import type { Deed } from './acts/act.ts';
import type { Plan } from './plan.ts';
import type { Resident } from './people/residents.ts';

const ann: Resident = {
  handle: 'ann',
  name: 'Ann Archer',
  card: 'pm_card_visa',
  isAround: true,
  isReadyToBePaid: false,
};
const bob: Resident = { handle: 'bob', name: 'Bob Stone', isAround: true, isReadyToBePaid: true };
const newBob: Resident = { ...bob, isReadyToBePaid: false };

const minute: Deed = { does: 'passes', ms: 60_000 };
const sends: Deed = { does: 'says', who: 'ann', text: 'send $20 to @bob for lunch' };
const pays: Deed = { does: 'pays', who: 'ann', card: 'pm_card_visa', times: 1 };
const wants: Deed = { does: 'says_at_shop', who: 'ann', text: '1 mug' };
const checksOut: Deed = { does: 'says_at_shop', who: 'ann', text: 'checkout' };
const buys = (how: Extract<Deed, { does: 'buys' }>['how']): Deed => ({
  does: 'buys',
  who: 'ann',
  card: 'pm_card_visa',
  how,
});

function journey(name: string, residents: readonly Resident[], ...deeds: readonly Deed[]): Plan {
  const acts = deeds.map((deed) => ({ deed, faults: [], seed: 0 }));
  return { name, residents, mugs: 3, acts, arePatient: true };
}

export const journeys: readonly Plan[] = [
  journey('Ann pays Bob', [ann, bob], sends, pays, minute),
  journey(
    'Bob sets up where he is paid',
    [ann, newBob],
    sends,
    pays,
    { does: 'sets_up_payouts', who: 'bob' },
    minute,
  ),
  journey(
    'Ann takes it back',
    [ann, newBob],
    sends,
    pays,
    { does: 'taps', who: 'ann', title: 'Take it back' },
    minute,
  ),
  journey(
    'Bob declines',
    [ann, newBob],
    sends,
    pays,
    { does: 'taps', who: 'bob', title: 'Decline' },
    minute,
  ),
  journey(
    'Ann adds her first card',
    [{ handle: 'ann', name: 'Ann Archer', isAround: true, isReadyToBePaid: false }, newBob],
    sends,
    pays,
    minute,
  ),
  journey(
    'Bob opens a link',
    [ann, newBob],
    { does: 'says', who: 'ann', text: 'send $20 to my plumber' },
    pays,
    { does: 'claims', who: 'bob' },
    minute,
  ),
  journey(
    'Bob asks, and Ann pays',
    [ann, bob],
    { does: 'says', who: 'bob', text: 'ask @ann for $5 for pizza' },
    { does: 'taps', who: 'ann', title: 'Pay' },
    pays,
    minute,
  ),
  journey(
    'the bank asks Ann',
    [{ ...ann, card: 'pm_card_authenticationRequired' }, newBob],
    sends,
    pays,
    { does: 'answers_bank', isPassed: true },
    minute,
  ),
  journey(
    'the bank says no',
    [{ ...ann, card: 'pm_card_chargeDeclined' }, bob],
    sends,
    pays,
    minute,
  ),
  journey(
    'the bank takes it back and loses',
    [ann, newBob],
    sends,
    pays,
    { does: 'bank_disputes', of: 'payment' },
    { does: 'bank_decides', of: 'payment', isWon: true },
    minute,
  ),
  journey(
    'Ann buys a mug and gets it',
    [ann],
    wants,
    checksOut,
    buys('plainly'),
    { does: 'returns', who: 'ann' },
    { does: 'shop_moves', to: 'ready' },
    minute,
  ),
  journey(
    'Joe gives it back',
    [ann],
    wants,
    checksOut,
    buys('plainly'),
    { does: 'shop_refunds', share: 'all', isCancelled: true },
    minute,
  ),
  journey(
    'Ann buys again with the card that Joe keeps',
    [ann],
    wants,
    checksOut,
    buys('save'),
    wants,
    checksOut,
    buys('saved_card'),
    minute,
  ),
  journey(
    'the bank asks for the card that Joe keeps',
    [ann],
    wants,
    checksOut,
    buys('save'),
    { does: 'kept_cards_become', card: 'pm_card_authenticationRequired' },
    wants,
    checksOut,
    buys('saved_card'),
    { does: 'answers_bank', isPassed: true },
    minute,
  ),
  journey(
    'a card that was refused is charged when all is paid',
    [ann],
    wants,
    checksOut,
    buys('save'),
    // Until the card is kept, whatever died: else she is led to Checkout, and no card of hers is refused.
    { does: 'passes', ms: 20 * 60_000 },
    { does: 'kept_cards_become', card: 'pm_card_chargeDeclined' },
    wants,
    checksOut,
    buys('saved_card'),
    buys('plainly'),
    { does: 'charge_comes_late', of: 'order', card: 'pm_card_visa' },
    minute,
  ),
  journey(
    'Ann wants it back, and Joe says no',
    [ann],
    wants,
    checksOut,
    buys('plainly'),
    { does: 'says_at_shop', who: 'ann', text: 'refund' },
    { does: 'joe_acts', what: 'refuse' },
    minute,
  ),
  journey(
    'Joe answers the bank',
    [ann],
    wants,
    checksOut,
    buys('plainly'),
    { does: 'bank_disputes', of: 'order' },
    { does: 'joe_acts', what: 'evidence' },
    { does: 'bank_decides', of: 'order', isWon: true },
    minute,
  ),
  journey(
    'Joe reminds of a bill',
    [ann],
    { does: 'says_at_shop', who: 'ann', text: 'hi' },
    { does: 'shop_sends_bill', who: 'ann' },
    { does: 'shop_acts_on_bill', what: 'remind' },
    buys('plainly'),
    minute,
  ),
  journey(
    'a slow bank says yes',
    [ann],
    wants,
    checksOut,
    buys('async'),
    { does: 'bank_says', isPaid: true },
    minute,
  ),
  journey(
    'Joe sends a bill',
    [ann],
    { does: 'says_at_shop', who: 'ann', text: 'hi' },
    { does: 'shop_sends_bill', who: 'ann' },
    buys('plainly'),
    minute,
  ),
];
