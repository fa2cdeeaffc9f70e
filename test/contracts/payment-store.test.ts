// What every PaymentStore does: a step is written whole or not at all, once, by one of those who race for it.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import type { Payment } from '../../lambdas/domain/payments/payment.ts';
import type { PaymentChange } from '../../lambdas/domain/payments/ports.ts';
import { takeRequestStep } from '../../lambdas/domain/requests/take-request-step.ts';
import {
  aClaimDraft,
  aDraft,
  anAskedRequest,
  aPersonId,
  charged,
  confirmed,
  next,
  noonMs,
  wholeLife,
} from '../builders/payments.ts';
import { openStores, sorted, storeKinds } from './open-stores.ts';

describe.each(storeKinds)('payments %s', (kind) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await openStores(kind);
  });

  const commitAll = async (changes: readonly PaymentChange[]): Promise<Payment> => {
    for (const change of changes) expect(await stores.payments.commit(change)).toBe('done');
    const last = changes.at(-1);
    if (last === undefined) throw new Error('nothing was committed');
    return last.payment;
  };
  const held = (changes: Partial<Payment> = {}) => commitAll(wholeLife(changes).slice(0, 3));
  const ids = (payments: readonly Payment[]) => payments.map(({ id }) => id);

  it('keeps every step of a life, with its journal in order', async () => {
    const life = wholeLife();
    const paid = await commitAll(life);

    expect(await stores.payments.get(paid.id)).toEqual(paid);
    expect(await stores.payments.journalOf(paid.id)).toEqual(life.map(({ entry }) => entry));
    expect(await stores.payments.spendingOf(paid.payerId)).toEqual({
      personId: paid.payerId,
      version: 1,
      days: { '2026-11-22': { USD: 2000 } },
    });
  });

  it('knows nothing of what was never made', async () => {
    expect(await stores.payments.get('pay_none')).toBeUndefined();
    expect(await stores.payments.get(`pay_${'x'.repeat(5000)}`)).toBeUndefined();
    expect(await stores.payments.journalOf('pay_none')).toEqual([]);
    expect(await stores.payments.byClaimCode('none')).toBeUndefined();
    expect(await stores.payments.spendingOf('per_none')).toBeUndefined();
  });

  it('lets exactly one of twenty different steps win', async () => {
    const payment = await held();
    const racers = Array.from({ length: 20 }, (_, index) => {
      const step = (['undone', 'refused', 'claim_expired', 'payout_started'] as const)[index % 4];
      const change = next(payment, step ?? 'undone');
      return { ...change, entry: { ...change.entry, atMs: change.entry.atMs + index } };
    });

    const outcomes = await Promise.all(racers.map((racer) => stores.payments.commit(racer)));

    expect(sorted(outcomes)).toEqual([...Array<string>(19).fill('conflict'), 'done']);
    const winner = racers[outcomes.indexOf('done')];
    expect(await stores.payments.get(payment.id)).toEqual(winner?.payment);
    expect((await stores.payments.journalOf(payment.id)).at(-1)).toEqual(winner?.entry);
  });

  it('tells the same change apart from another of the same moment: only the same is done again', async () => {
    const drafted = aDraft();
    await stores.payments.commit(drafted);
    const change = next(drafted.payment, 'confirmed', {
      instrument: { id: 'pm_1', brand: 'visa', last4: '4242' },
    });
    const otherCard = next(drafted.payment, 'confirmed', {
      instrument: { id: 'pm_2', brand: 'visa', last4: '4343' },
    });
    expect(otherCard.entry).toEqual(change.entry);

    expect(await stores.payments.commit(change)).toBe('done');
    expect(await stores.payments.commit(change)).toBe('done');
    expect(await stores.payments.commit(structuredClone(change))).toBe('done');
    expect(await stores.payments.commit(otherCard)).toBe('conflict');
    expect((await stores.payments.get(drafted.payment.id))?.instrument?.id).toBe('pm_1');
  });

  it('knows the same change again when its fields come in another order', async () => {
    const change = aDraft();
    await stores.payments.commit(change);
    const turned = (value: object) => Object.fromEntries(Object.entries(value).reverse());

    const again = { ...change, payment: { ...change.payment, ...turned(change.payment) } };
    const reordered: PaymentChange = {
      entry: again.entry,
      payment: { ...again.payment, amount: { currency: 'USD', minor: 2000 } },
    };
    expect(await stores.payments.commit(reordered)).toBe('done');
  });

  it('says done to a change that was made, also after the payment went on', async () => {
    const life = wholeLife();
    await commitAll(life);

    for (const change of life) expect(await stores.payments.commit(change)).toBe('done');
    const paid = life.at(-1)?.payment;
    expect(await stores.payments.get(paid?.id ?? 'pay_')).toEqual(paid);
    expect(await stores.payments.spendingOf(paid?.payerId ?? 'per_')).toMatchObject({ version: 1 });
  });

  it('refuses a draft whose id is another draft’s', async () => {
    const draft = aDraft();
    await stores.payments.commit(draft);
    const other = aDraft({ id: draft.payment.id, payerId: draft.payment.payerId, note: 'rent' });

    expect(await stores.payments.commit(other)).toBe('conflict');
    expect((await stores.payments.get(draft.payment.id))?.note).toBe('lunch');
  });

  it('refuses a step from a version that is not there yet', async () => {
    const drafted = aDraft();
    await stores.payments.commit(drafted);
    const charging = confirmed(drafted.payment, undefined);

    expect(await stores.payments.commit(charged(charging.payment))).toBe('conflict');
    expect(await stores.payments.get(drafted.payment.id)).toEqual(drafted.payment);
    expect(await stores.payments.journalOf(drafted.payment.id)).toHaveLength(1);
  });

  it('writes nothing of a step when the running totals moved', async () => {
    const payerId = aPersonId();
    const [one, other] = [aDraft({ payerId }), aDraft({ payerId })];
    await commitAll([one, other]);
    await commitAll([confirmed(one.payment, undefined)]);

    const late = confirmed(other.payment, undefined);
    expect(await stores.payments.commit(late)).toBe('conflict');
    expect(await stores.payments.get(other.payment.id)).toEqual(other.payment);
    expect(await stores.payments.journalOf(other.payment.id)).toHaveLength(1);

    const reread = confirmed(other.payment, await stores.payments.spendingOf(payerId));
    expect(await stores.payments.commit(reread)).toBe('done');
    expect((await stores.payments.spendingOf(payerId))?.days).toEqual({
      '2026-11-22': { USD: 4000 },
    });
  });

  it('lets ten payments of one payer be counted at once, none lost', async () => {
    const payerId = aPersonId();
    const drafts = Array.from({ length: 10 }, () => aDraft({ payerId }));
    await commitAll(drafts);
    const confirmOnce = async ({ payment }: PaymentChange) => {
      const change = confirmed(payment, await stores.payments.spendingOf(payerId));
      return stores.payments.commit(change);
    };

    for (let left = drafts; left.length > 0; ) {
      const outcomes = await Promise.all(left.map(confirmOnce));
      expect(outcomes).toContain('done');
      left = left.filter((_, index) => outcomes[index] === 'conflict');
    }

    expect((await stores.payments.spendingOf(payerId))?.days).toEqual({
      '2026-11-22': { USD: 20_000 },
    });
  });

  it('moves the request that it answers in the same write, or neither', async () => {
    const asked = anAskedRequest();
    await stores.requests.commit(asked);
    const drafted = aDraft({ requestId: asked.request.id });
    const step = { step: 'accepted', actor: 'payer', nowMs: noonMs } as const;
    const accepted = takeRequestStep(asked.request, step);
    const change: PaymentChange = { ...drafted, request: accepted };

    expect(await stores.payments.commit(change)).toBe('done');
    expect(await stores.requests.get(asked.request.id)).toEqual(accepted.request);
    expect(await stores.requests.journalOf(asked.request.id)).toEqual([
      asked.entry,
      accepted.entry,
    ]);

    const late: PaymentChange = { ...aDraft({ requestId: asked.request.id }), request: accepted };
    expect(await stores.payments.commit(late)).toBe('conflict');
    expect(await stores.payments.get(late.payment.id)).toBeUndefined();
    expect(await stores.payments.commit(change)).toBe('done');
  });

  it('finds a payment by its claim code, before and after it was claimed', async () => {
    const drafted = aClaimDraft('c0de #1');
    const charging = confirmed(drafted.payment, undefined);
    const inHand = charged(charging.payment);
    await commitAll([drafted, charging, inHand]);
    expect(await stores.payments.byClaimCode('c0de #1')).toEqual(inHand.payment);

    const claimed = next(inHand.payment, 'claimed', {
      payee: { kind: 'person', personId: aPersonId() },
    });
    await commitAll([claimed]);
    expect(await stores.payments.byClaimCode('c0de #1')).toEqual(claimed.payment);
    expect(await stores.payments.byClaimCode('c0de')).toBeUndefined();
  });

  it('does not let a second payment take a claim code', async () => {
    const first = aClaimDraft('c0de-2');
    const second = aClaimDraft('c0de-2');
    await commitAll([first]);

    expect(await stores.payments.commit(second)).toBe('conflict');
    expect(await stores.payments.get(second.payment.id)).toBeUndefined();
    expect((await stores.payments.byClaimCode('c0de-2'))?.id).toBe(first.payment.id);
  });

  it('lets one of many claim', async () => {
    const payment = await held({
      payee: { kind: 'claim', claimCode: 'c0de-3', calledName: 'Robin' },
    });
    const claims = Array.from({ length: 10 }, () =>
      next(payment, 'claimed', { payee: { kind: 'person', personId: aPersonId() } }),
    );

    const outcomes = await Promise.all(claims.map((claim) => stores.payments.commit(claim)));

    expect(sorted(outcomes)).toEqual([...Array<string>(9).fill('conflict'), 'done']);
    const winner = claims[outcomes.indexOf('done')];
    expect((await stores.payments.byClaimCode('c0de-3'))?.payee).toEqual(winner?.payment.payee);
  });

  it('shows a person what they sent and what they were sent, newest first', async () => {
    const ann = aPersonId();
    const sent = await commitAll([aDraft({ payerId: ann, createdAtMs: noonMs + 1 })]);
    const payee = { kind: 'person', personId: ann } as const;
    const waiting = await held({ payee, createdAtMs: noonMs + 2 });
    const received = await commitAll(wholeLife({ payee, createdAtMs: noonMs }));
    await commitAll([aDraft({ payee, createdAtMs: noonMs + 3 })]);

    const all = await stores.payments.ofPerson(ann, { limit: 10 });
    expect(ids(all)).toEqual([waiting.id, sent.id, received.id]);
    expect(all[0]).toEqual(waiting);
    expect(ids(await stores.payments.ofPerson(ann, { limit: 2 }))).toEqual([waiting.id, sent.id]);
    expect(ids(await stores.payments.ofPerson(ann, { limit: 5, beforeMs: noonMs + 1 }))).toEqual([
      received.id,
    ]);
  });

  it('loses none of many that were made in the same millisecond', async () => {
    const payerId = aPersonId();
    const made = [0, 1, 1, 1, 1, 2, 2, 3].map((later) =>
      aDraft({ payerId, createdAtMs: noonMs + later }),
    );
    for (const { payment } of made) {
      await stores.payments.commit(aDraft(payment));
    }

    for (const limit of [1, 2, 3, 5, 8]) {
      const seen: string[] = [];
      let page = await stores.payments.ofPerson(payerId, { limit });
      while (page.length > 0) {
        seen.push(...ids(page));
        const beforeMs = page.at(-1)?.createdAtMs ?? 0;
        page = await stores.payments.ofPerson(payerId, { limit, beforeMs });
      }
      expect(seen).toHaveLength(8);
      expect(new Set(seen)).toEqual(new Set(made.map(({ payment }) => payment.id)));
    }
  });

  it('turns pages also at times that no button of ours holds', async () => {
    const payerId = aPersonId();
    const { payment } = aDraft({ payerId });
    await commitAll([aDraft(payment)]);

    for (const beforeMs of [999_999_999_999_999, Number.MAX_SAFE_INTEGER]) {
      expect(ids(await stores.payments.ofPerson(payerId, { limit: 5, beforeMs }))).toEqual([
        payment.id,
      ]);
    }
    for (const beforeMs of [0, -1, -Number.MAX_SAFE_INTEGER]) {
      expect(await stores.payments.ofPerson(payerId, { limit: 5, beforeMs })).toEqual([]);
    }
  });

  it('reads more than one batch of a hundred', async () => {
    const payerId = aPersonId();
    const drafts = Array.from({ length: 120 }, (_, index) =>
      aDraft({ payerId, createdAtMs: noonMs + index }),
    );
    // A few at a time: DynamoDB Local writes one after the other, and the last of many would wait too long.
    for (let at = 0; at < drafts.length; at += 8) {
      await Promise.all(drafts.slice(at, at + 8).map((draft) => stores.payments.commit(draft)));
    }

    const all = await stores.payments.ofPerson(payerId, { limit: 200 });
    expect(ids(all)).toEqual(drafts.map(({ payment }) => payment.id).reverse());
  });

  it('finds what is held for a person, oldest first, and only while it is', async () => {
    const payee = { kind: 'person', personId: aPersonId() } as const;
    const later = await held({ payee, createdAtMs: noonMs + 5 });
    const earlier = await held({ payee, createdAtMs: noonMs });
    await commitAll(wholeLife({ payee, createdAtMs: noonMs + 1 }));
    await commitAll([aDraft({ payee })]);

    expect(ids(await stores.payments.heldFor(payee.personId, 10))).toEqual([earlier.id, later.id]);
    expect(ids(await stores.payments.heldFor(payee.personId, 1))).toEqual([earlier.id]);

    await commitAll([next(earlier, 'undone')]);
    expect(ids(await stores.payments.heldFor(payee.personId, 10))).toEqual([later.id]);
  });

  it.each([
    ['emoji and right-to-left letters', '🍕 بيتزا ‏עם גבינה'],
    ['a null byte', 'a\u0000b'],
    ['nothing', ''],
  ])('keeps %s in a note', async (_what, note) => {
    const { payment } = aDraft({ note });
    await commitAll([aDraft(payment)]);

    expect((await stores.payments.get(payment.id))?.note).toBe(note);
  });

  it('knows a change again though its note held half a surrogate pair', async () => {
    const change = aDraft({ note: 'a\ud83d' });

    expect(await stores.payments.commit(change)).toBe('done');
    expect((await stores.payments.get(change.payment.id))?.note).toBe('a\ufffd');
    expect(await stores.payments.commit(change)).toBe('done');
  });

  it('refuses clearly what is larger than any item may be, and writes nothing', async () => {
    const change = aDraft({ note: 'n'.repeat(410_000) });

    await expect(stores.payments.commit(change)).rejects.toThrow(/Payment of 41\d{4} bytes/);
    expect(await stores.payments.get(change.payment.id)).toBeUndefined();
    expect(await stores.payments.journalOf(change.payment.id)).toEqual([]);
  });

  it('keeps amounts as large as numbers go', async () => {
    const amount = { minor: Number.MAX_SAFE_INTEGER, currency: 'KWD' } as const;
    const { payment } = aDraft({ amount, fee: { minor: 0, currency: 'KWD' } });
    await commitAll([aDraft(payment)]);

    expect((await stores.payments.get(payment.id))?.amount).toEqual(amount);
  });
});
