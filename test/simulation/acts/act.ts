// One act of a run: plain data that a seed makes, with the faults that strike from it on, and what may follow before the next.
import type { MemoryCardName } from '../../../lambdas/adapters/memory/provider-cards.ts';
import type { Fault } from '../fault.ts';

export type Deed =
  | { readonly does: 'says' | 'says_at_shop'; readonly who: string; readonly text: string }
  | { readonly does: 'taps' | 'taps_at_shop'; readonly who: string; readonly title: string }
  | {
      readonly does: 'pays';
      readonly who: string;
      readonly card: MemoryCardName;
      readonly times: 1 | 2;
    }
  | { readonly does: 'answers_bank'; readonly isPassed: boolean; readonly isWrongAmount?: true }
  | { readonly does: 'claims'; readonly who: string }
  | { readonly does: 'sets_up_payouts'; readonly who: string }
  | {
      readonly does: 'buys';
      readonly who: string;
      readonly card: MemoryCardName;
      readonly how: HowToBuy;
    }
  | { readonly does: 'returns'; readonly who: string }
  | { readonly does: 'changes_bill'; readonly who: string; readonly to: BillChange }
  | { readonly does: 'shop_sends_bill'; readonly who: string }
  | { readonly does: 'shop_makes_link' }
  | { readonly does: 'opens_bill'; readonly who: string; readonly how: HowToOpen }
  | { readonly does: 'shop_acts_on_bill'; readonly what: 'remind' | 'cancel' }
  | { readonly does: 'joe_acts'; readonly what: JoesAct }
  | { readonly does: 'kept_cards_become'; readonly card: MemoryCardName }
  | {
      readonly does: 'charge_comes_late';
      readonly of: 'payment' | 'order';
      /** As which it goes through. */
      readonly card: MemoryCardName;
    }
  | { readonly does: 'bank_thinks'; readonly of: 'payment' | 'order' }
  | { readonly does: 'dashboard_refunds'; readonly cents: number }
  | { readonly does: 'bank_says'; readonly isPaid: boolean }
  | { readonly does: 'shop_moves'; readonly to: string }
  | { readonly does: 'shop_refunds'; readonly share: 'all' | 'some'; readonly isCancelled: boolean }
  | { readonly does: 'bank_disputes'; readonly of: 'payment' | 'order' }
  | { readonly does: 'bank_decides'; readonly of: 'payment' | 'order'; readonly isWon: boolean }
  | { readonly does: 'refund_ends'; readonly of: 'payment' | 'order'; readonly isDone: boolean }
  | {
      readonly does: 'account_changes';
      readonly who: string;
      readonly to: 'ready' | 'restricted' | 'restricted_unheard' | 'emptied';
    }
  | { readonly does: 'shop_account'; readonly to: 'active' | 'restricted' | 'left' }
  | {
      readonly does: 'rolls_secret';
      readonly which: 'messenger_app' | 'page_token' | 'stripe_webhook';
    }
  | { readonly does: 'deploys' }
  | { readonly does: 'passes'; readonly ms: number };

/** `async`: by a method whose bank says in days; `save`: ticks that the card be kept; `leaves`: closes the page. */
export type BillChange = 'shipping' | 'tip' | 'promotion' | 'cancel';

/** `anew`: takes it from the browser that had it first. */
export type HowToOpen = 'in_thread' | 'in_browser' | 'anew';

/** At the counter, of the newest order: in the console and not by the shop's own program. */
export type JoesAct = 'refuse' | 'evidence' | 'close' | 'cancel';

export type HowToBuy = 'wrong_amount' | 'plainly' | 'save' | 'async' | 'saved_card' | 'leaves';

export interface Act {
  readonly deed: Deed;
  readonly faults: readonly Fault[];
  /** How many things may happen before the next act; none: until nothing more can. */
  readonly turns?: number;
  /** Decides who comes first; 0: nobody, all goes in order. */
  readonly seed: number;
}

/** As a journey test would say it. */
export function inWords({ deed, faults, turns }: Act): string {
  const struck = faults
    .map(
      ({ kind, on, at, times = 1 }) =>
        `${kind}${times > 1 ? ` × ${times}` : ''} at call ${at} of ${on}`,
    )
    .join(', ');
  const cut = turns === undefined ? '' : ` — and ${turns} turns later`;
  return `${deedInWords(deed)}${struck === '' ? '' : `  [${struck}]`}${cut}`;
}

function deedInWords(deed: Deed): string {
  switch (deed.does) {
    case 'says':
      return `${deed.who} writes “${deed.text}”`;
    case 'says_at_shop':
      return `${deed.who} writes “${deed.text}” to Joe’s Coffee`;
    case 'taps':
      return `${deed.who} taps ${deed.title}`;
    case 'taps_at_shop':
      return `${deed.who} taps ${deed.title} at Joe’s Coffee`;
    case 'pays':
      return `${deed.who} reviews and pays with ${deed.card}${deed.times === 2 ? ', pressing twice' : ''}`;
    case 'answers_bank':
      return `whoever is asked by their bank ${deed.isPassed ? 'passes' : 'fails'}${deed.isWrongAmount === true ? ', and another amount is taken' : ''}`;
    case 'claims':
      return `${deed.who} opens a claim link`;
    case 'sets_up_payouts':
      return `${deed.who} sets up where they are paid`;
    case 'buys':
      return `${deed.who} pays the bill of Joe’s Coffee (${deed.how}, ${deed.card})`;
    case 'returns':
      return `${deed.who} comes back from the page of the provider`;
    case 'changes_bill':
      return `${deed.who} opens the bill of Joe’s Coffee: ${deed.to}`;
    case 'shop_sends_bill':
      return `Joe sends ${deed.who} a bill`;
    case 'shop_makes_link':
      return 'Joe makes a bill for whoever has its link';
    case 'opens_bill':
      return `${deed.who} opens the link of that bill (${deed.how})`;
    case 'shop_acts_on_bill':
      return deed.what === 'remind' ? 'Joe reminds of the bill' : 'Joe takes the bill back';
    case 'joe_acts':
      return `Joe opens the newest order in the console: ${deed.what}`;
    case 'kept_cards_become':
      return `all cards that were kept become ${deed.card}`;
    case 'charge_comes_late':
      return `a charge for a ${deed.of} that was refused goes through all the same, as ${deed.card}`;
    case 'bank_thinks':
      return `a bank that was satisfied takes its time with a ${deed.of}`;
    case 'dashboard_refunds':
      return `Joe refunds ${deed.cents} cents on the provider’s own dashboard`;
    case 'bank_says':
      return `the bank of a slow payment says ${deed.isPaid ? 'yes' : 'no'}`;
    case 'shop_moves':
      return `Joe moves the newest order to ${deed.to}`;
    case 'shop_refunds':
      return `Joe refunds ${deed.share} of the newest order${deed.isCancelled ? ' and cancels it' : ''}`;
    case 'bank_disputes':
      return `a bank disputes the newest ${deed.of}`;
    case 'bank_decides':
      return `the bank decides the dispute: ${deed.isWon ? 'won' : 'lost'}`;
    case 'refund_ends':
      return `the pending refund of the ${deed.of} ${deed.isDone ? 'arrives' : 'fails'}`;
    case 'account_changes':
      return `the payout account of ${deed.who} is ${deed.to}`;
    case 'shop_account':
      return `the account of Joe’s Coffee is ${deed.to}`;
    case 'rolls_secret':
      return `the operator rolls ${deed.which}`;
    case 'deploys':
      return 'a new version is deployed';
    case 'passes':
      return `${durationOf(deed.ms)} pass`;
  }
}

function durationOf(ms: number): string {
  const units = [
    [86_400_000, 'days'],
    [3_600_000, 'hours'],
    [60_000, 'minutes'],
  ] as const;
  const [size, unit] = units.find(([size]) => ms >= size) ?? ([1000, 'seconds'] as const);
  return `${Math.round(ms / size)} ${unit}`;
}
