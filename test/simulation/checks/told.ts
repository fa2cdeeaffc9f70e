// What people are told: nothing that did not happen, nothing twice once we know that it is said, and in the end all that concerns them.
import type { Town } from '../town.ts';
import { Violation } from '../violation.ts';
import type { Bubble } from '../vendors/messenger.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** So long at most an outage may hold back what is to be told. */
const tellingMs = 24 * 60 * 60 * 1000;

/** Who must hear of a step. `payee` only where it is somebody; all other steps are nobody's news. */
const hearers: Readonly<Record<string, readonly string[]>> = {
  draft_expired: ['payer'],
  action_reminded: ['payer'],
  charge_unknown: ['payer'],
  charge_declined: ['payer'],
  charged_late: ['payer'],
  charged: ['payer', 'payee'],
  claimed: ['payer', 'payee'],
  payout_postponed: ['payee'],
  paid_out: ['payer', 'payee'],
  undone: ['payee'],
  refused: ['payer'],
  claim_expired: ['payer', 'payee'],
  refunded: ['payer'],
  disputed: ['payer', 'payee'],
  disputed_while_held: ['payer', 'payee'],
  dispute_won: ['payer', 'payee'],
  dispute_won_while_held: ['payer', 'payee'],
  dispute_lost: ['payer', 'payee'],
  sent_to_review: ['payer'],
};
const requestHearers: Readonly<Record<string, readonly string[]>> = {
  asked: ['payer'],
  reminded: ['payer'],
  fulfilled: ['asker'],
  declined: ['asker'],
  withdrawn: ['payer'],
  expired: ['asker'],
};
const orderHearers: Readonly<Record<string, readonly string[]>> = {
  draft_expired: ['buyer'],
  payment_pending: ['buyer'],
  payment_declined: ['buyer'],
  order_cancelled: ['buyer'],
  order_expired: ['buyer'],
  paid: ['buyer'],
  paid_wrongly: ['buyer'],
  paid_late: ['buyer'],
  paid_twice: ['buyer'],
  preparing: ['buyer'],
  ready: ['buyer'],
  fulfilled: ['buyer'],
  cancelled_by_shop: ['buyer'],
  reminded: ['buyer'],
  refund_refused: ['buyer'],
  refunded: ['buyer'],
  refund_failed: ['buyer'],
  dispute_opened: ['buyer'],
  dispute_won: ['buyer'],
  dispute_lost: ['buyer'],
};

/** Words that may be said of a payment only after it took one of these steps. */
const truths: readonly (readonly [RegExp, RegExp, readonly string[]])[] = [
  [/^pay_/u, /charged to your/u, ['charged']],
  [/^pay_/u, / got your |on its way to your account|^Receipt/u, ['paid_out']],
  [/^pay_/u, /is on its way back to your/u, ['refunded']],
  [/^pay_/u, /nothing was charged/iu, ['charge_declined', 'draft_expired']],
  [/^pay_/u, / sent you /u, ['charged']],
  [/^ord_/u, /Thank you! |^Receipt/u, ['paid']],
  [/^ord_/u, /is on its way back to your card/u, ['refunded']],
  [
    /^ord_/u,
    /Nothing was charged/u,
    ['draft_cancelled', 'draft_expired', 'order_cancelled', 'order_expired', 'payment_declined'],
  ],
];

export interface Told {
  hear(bubble: Bubble, to: { pageId: string; psid: string }): Promise<void> | void;
  /** Everybody has heard what concerns them. */
  checkAtTheEnd(): Promise<void>;
  /** Bubbles that were said once more after their answer was lost. */
  readonly repeated: number;
}

export function openTold({ stores, cloud, messenger }: Town, ledger: Ledger): Told {
  const said = new Map<string, number>();
  let repeated = 0;

  function entryOf(outboxId: string): LedgerEntry | undefined {
    const [subject = '', sequence = ''] = outboxId.split(':');
    return ledger.entries.get(subject)?.[Number(sequence) - 1];
  }

  function checkTruth(words: string, entry: LedgerEntry): void {
    const { subject, sequence } = entry;
    const steps = (ledger.entries.get(subject) ?? []).slice(0, sequence).map(({ step }) => step);
    for (const [of, pattern, wanted] of truths) {
      if (!of.test(subject) || !pattern.test(words)) continue;
      if (!wanted.some((step) => steps.includes(step)))
        throw new Violation(`“${words}” was said of ${subject}, which only ${steps.join(', ')}.`);
    }
  }

  function mustHear(entry: LedgerEntry): readonly string[] {
    const item = ledger.item(entry.subject);
    const payee = item?.['payee'] as { personId?: string } | undefined;
    const people: Readonly<Record<string, unknown>> = {
      payer: item?.['payerId'],
      payee: wasTakenAfter(entry) ? undefined : payee?.personId,
      asker: item?.['askerId'],
      buyer: item?.['address'] === undefined || wasTakenAfter(entry) ? undefined : item['buyerId'],
    };
    // Whoever leaves the page of a bill that stands was refused nothing.
    if (entry.reason === 'page_left' || wasOvertaken(entry)) return [];
    return (tableFor(entry.subject)[entry.step] ?? [])
      .map((role) => people[role])
      .filter((id) => typeof id === 'string');
  }

  /** Nobody is reminded of a bill that they have just gone on with, or that has just ended. */
  function wasOvertaken({ subject, sequence, step, atMs }: LedgerEntry): boolean {
    if (!subject.startsWith('ord_') || step !== 'reminded') return false;
    const later = (ledger.entries.get(subject) ?? []).slice(sequence);
    return later.some((next) => next.to !== 'draft' && next.atMs - atMs < tellingMs);
  }

  /** A payment or a bill that was nobody's yet: what became of it before is not the news of who has it now. */
  function wasTakenAfter({ subject, sequence }: LedgerEntry): boolean {
    const later = (ledger.entries.get(subject) ?? []).slice(sequence);
    return later.some(({ step }) => step === 'claimed');
  }

  async function checkHeard(entry: LedgerEntry, personId: string): Promise<void> {
    const id = `${entry.subject}:${entry.sequence}:${personId}:1`;
    const item = await stores.outbox.get(id);
    const name = `${personId} and ${entry.step} of ${entry.subject}`;
    if (item === undefined && ledger.haveSaidStop.has(personId)) return;
    if (item === undefined) throw new Violation(`${name}: was never told.`);
    if (item.state === 'undeliverable') return;
    if (item.state !== 'sent') throw new Violation(`${name}: still ${item.state}.`);
    if ((said.get(id) ?? 0) === 0)
      throw new Violation(`${name}: looks sent and is not in the thread.`);
  }

  return {
    get repeated() {
      return repeated;
    },
    hear({ outboxId, words }) {
      if (outboxId === '') throw new Violation(`“${words}” was said without an id.`);
      const times = (said.get(outboxId) ?? 0) + 1;
      said.set(outboxId, times);
      if (times > 1) {
        repeated += 1;
        const known = outboxItem(cloud, outboxId);
        // An echo may come between the mark of one more attempt and its send: whoever marked could not know.
        const isMarkedAgain = Number(known?.['attempts'] ?? 0) >= times;
        if (known?.['state'] === 'sent' && !isMarkedAgain)
          throw new Violation(`“${words}” was said again although we knew of it.`);
      }
      if (!/^(?:pay|req|ord)_/u.test(outboxId)) return;
      const entry = entryOf(outboxId);
      if (entry === undefined)
        throw new Violation(`“${words}” tells of ${outboxId}, which did not happen.`);
      checkTruth(words, entry);
    },
    async checkAtTheEnd() {
      for (const entries of ledger.entries.values())
        for (const entry of entries)
          for (const personId of mustHear(entry)) await checkHeard(entry, personId);
      void messenger;
    },
  };
}

function tableFor(subject: string): Readonly<Record<string, readonly string[]>> {
  if (subject.startsWith('ord_')) return orderHearers;
  return subject.startsWith('req_') ? requestHearers : hearers;
}

function outboxItem(cloud: Town['cloud'], id: string) {
  return cloud.tables
    .table('Users')
    .all()
    .find((item) => item['entity'] === 'OutboxItem' && item['id'] === id);
}
