// What every payment provider promises, run against each implementation and each twin of the port.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryCardName } from '../../lambdas/adapters/memory/provider-cards.ts';
import { money } from '../../lambdas/domain/money/money.ts';
import type { DeclineReason } from '../../lambdas/domain/payments/decline-reason.ts';
import type { PaymentId } from '../../lambdas/domain/payments/payment.ts';
import type { ChargeAnswer, PaymentProvider } from '../../lambdas/domain/payments/ports.ts';
import type { PersonId } from '../../lambdas/domain/people/person.ts';

/** A card as a person types it in, by the name of its test instrument. */
export type CardName = MemoryCardName;

export type Losable = 'charge' | 'payOut' | 'refund' | 'saveInstrument' | 'lookUpCharge';

export interface Moved {
  readonly kind: 'charge' | 'payout' | 'refund' | 'reversal';
  readonly minor: number;
}

/** One provider with its outside: what people and banks do there, what it loses, what it has really moved. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  /** Fills in the page that saves a card; gives the address that the page leads back to. */
  fillCardPage(url: string, card: CardName): Promise<string>;
  answerAction(url: string, isPassed: boolean): Promise<void>;
  finishOnboarding(url: string, accountId: string): Promise<void>;
  /** The next call of this kind gets lost that way. */
  loseNext(call: Losable, fault: string): Promise<void>;
  moved(paymentId: PaymentId): Promise<Moved[]>;
  openDispute(paymentId: PaymentId): Promise<string>;
  closeDispute(disputeId: string, status: 'won' | 'lost'): Promise<void>;
  close(): Promise<void>;
}

const paymentId: PaymentId = 'pay_1';
const ann: PersonId = 'per_ann';
const bob: PersonId = 'per_bob';
const total = money(2050, 'USD');
const amount = money(2000, 'USD');
const returnUrl = 'https://tender.test/pay/back';

/** `faults` are all the ways in which a call can end without an answer there, done or not done. */
export function describePaymentProvider(
  name: string,
  faults: readonly string[],
  open: () => Promise<ProviderUnderTest>,
): void {
  describe(`${name} as the payment provider`, () => {
    let under: ProviderUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    const saveCard = async (card: CardName) => {
      const opened = await under.provider.saveInstrument({
        personId: ann,
        tryId: `link_${card}`,
        returnUrl: 'https://tender.test/card?setup={SETUP_ID}',
        cancelUrl: 'https://tender.test/pay',
      });
      if (opened.kind !== 'done') throw new Error(`No page to save a card: ${opened.kind}`);
      const back = await under.fillCardPage(opened.url, card);
      const setupId = new URL(back).searchParams.get('setup') ?? '';
      return { setupId, customerId: opened.customerId };
    };

    const chargeRequest = async (card: CardName) => {
      const { setupId } = await saveCard(card);
      const saved = await under.provider.lookUp.instrument(setupId);
      if (saved.kind !== 'found' || saved.thing === 'not_finished')
        throw new Error('No card saved');
      const { customerId, instrument } = saved.thing;
      return { paymentId, total, customerId, instrumentId: instrument.id, returnUrl };
    };

    const charged = async (card: CardName = 'pm_card_visa') => {
      const request = await chargeRequest(card);
      return { request, ...asDone(await under.provider.charge(request)) };
    };

    const onboard = async () => {
      const opened = await under.provider.onboardRecipient({
        personId: bob,
        country: 'US',
        returnUrl,
        refreshUrl: returnUrl,
      });
      if (opened.kind !== 'done') throw new Error(`No page to onboard: ${opened.kind}`);
      return opened;
    };

    const readyAccount = async () => {
      const { url, accountId } = await onboard();
      await under.finishOnboarding(url, accountId);
      return accountId;
    };

    describe('saving a card', () => {
      it('tells whose it is and what may be shown of it', async () => {
        const { setupId, customerId } = await saveCard('pm_card_mastercard');
        expect(await under.provider.lookUp.instrument(setupId)).toEqual({
          kind: 'found',
          thing: {
            personId: ann,
            customerId,
            instrument: { id: expect.any(String), brand: 'mastercard', last4: '4444' },
          },
        });
      });

      it('makes one customer for a person, however often it is asked', async () => {
        const first = await saveCard('pm_card_visa');
        const second = await saveCard('pm_card_mastercard');
        expect(second.customerId).toBe(first.customerId);
        expect(second.setupId).not.toBe(first.setupId);
      });

      it('opens one page a try, also when the answer was lost', async () => {
        const request = { personId: ann, tryId: 'link_1', returnUrl, cancelUrl: returnUrl };
        const first = await under.provider.saveInstrument(request);
        expect(await under.provider.saveInstrument(request)).toEqual(first);
      });
    });

    describe('charging', () => {
      it('charges once, and asking again is the same answer', async () => {
        const { request, intentId, chargeId } = await charged();
        expect(await under.provider.charge(request)).toEqual({ kind: 'done', intentId, chargeId });
        expect(await under.moved(paymentId)).toEqual([{ kind: 'charge', minor: 2050 }]);
      });

      it('charges once when it is asked twice at the same moment', async () => {
        const request = await chargeRequest('pm_card_visa');
        const answers = await Promise.all([
          under.provider.charge(request),
          under.provider.charge(request),
        ]);
        expect(answers.map(({ kind }) => kind)).toContain('done');
        expect(await under.moved(paymentId)).toEqual([{ kind: 'charge', minor: 2050 }]);
      });

      it('refuses the same key with other terms as a bug', async () => {
        const { request } = await charged();
        const more = { ...request, total: money(9900, 'USD') };
        await expect(under.provider.charge(more)).rejects.toThrow('other parameters');
        expect(await under.moved(paymentId)).toEqual([{ kind: 'charge', minor: 2050 }]);
      });

      it.each<[CardName, DeclineReason]>([['pm_card_chargeCustomerFail', 'generic']])(
        'declines %s as %s, again and again, and moves nothing',
        async (card, reason) => {
          const request = await chargeRequest(card);
          const answer = await under.provider.charge(request);
          expect(answer).toMatchObject({ kind: 'declined', reason });
          expect(await under.provider.charge(request)).toEqual(answer);
          expect(await under.moved(paymentId)).toEqual([]);
        },
      );

      it.each<[CardName, DeclineReason]>([
        ['pm_card_chargeDeclined', 'generic'],
        ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
        ['pm_card_chargeDeclinedLostCard', 'generic'],
        ['pm_card_chargeDeclinedStolenCard', 'generic'],
        ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
        ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_details'],
        ['pm_card_chargeDeclinedProcessingError', 'try_again_later'],
        ['pm_card_chargeDeclinedVelocityLimitExceeded', 'limit_exceeded'],
        ['pm_card_radarBlock', 'generic'],
      ])('declines the test instrument %s as %s', async (instrumentId, reason) => {
        const { customerId } = await saveCard('pm_card_visa');
        const request = { paymentId, total, customerId, instrumentId, returnUrl };
        expect(await under.provider.charge(request)).toMatchObject({ kind: 'declined', reason });
        expect(await under.moved(paymentId)).toEqual([]);
      });

      it('declines a card that is not there as gone', async () => {
        const { customerId } = await saveCard('pm_card_visa');
        const request = { paymentId, total, customerId, instrumentId: 'pm_gone', returnUrl };
        expect(await under.provider.charge(request)).toEqual({
          kind: 'declined',
          reason: 'instrument_gone',
        });
      });

      it('asks the payer where their bank wants that, and is done when they pass', async () => {
        const request = await chargeRequest('pm_card_authenticationRequired');
        const asked = asAction(await under.provider.charge(request));
        expect(await under.moved(paymentId)).toEqual([]);
        await under.answerAction(asked.url, true);
        expect(await under.provider.lookUp.charge(asked.intentId)).toMatchObject({
          kind: 'found',
          thing: { paymentId, total, answer: { kind: 'done', intentId: asked.intentId } },
        });
        expect(await under.moved(paymentId)).toEqual([{ kind: 'charge', minor: 2050 }]);
      });

      it('declines when the payer fails their bank, or passes and is refused', async () => {
        const request = await chargeRequest('pm_card_authenticationRequired');
        const asked = asAction(await under.provider.charge(request));
        await under.answerAction(asked.url, false);
        expect(await under.provider.lookUp.charge(asked.intentId)).toMatchObject({
          thing: { answer: { kind: 'declined', reason: 'authentication_failed' } },
        });

        const other = await chargeRequest('pm_card_threeDSecureRequiredChargeDeclined');
        const again = asAction(await under.provider.charge({ ...other, paymentId: 'pay_2' }));
        await under.answerAction(again.url, true);
        expect(await under.provider.lookUp.charge(again.intentId)).toMatchObject({
          thing: { answer: { kind: 'declined', reason: 'generic' } },
        });
        expect(await under.moved(paymentId)).toEqual([]);
        expect(await under.moved('pay_2')).toEqual([]);
      });

      it('gives up a charge that waits for its payer, for good', async () => {
        const request = await chargeRequest('pm_card_authenticationRequired');
        const { intentId } = asAction(await under.provider.charge(request));
        const given = { kind: 'declined', reason: 'not_finished', intentId };
        expect(await under.provider.abandonCharge(intentId)).toEqual(given);
        expect(await under.provider.abandonCharge(intentId)).toEqual(given);
        expect(await under.provider.lookUp.charge(intentId)).toMatchObject({
          thing: { answer: given },
        });
      });

      it('tells the truth about giving up a charge that was done meanwhile', async () => {
        const { intentId, chargeId } = await charged();
        expect(await under.provider.abandonCharge(intentId)).toEqual({
          kind: 'done',
          intentId,
          chargeId,
        });
      });
    });

    describe.each(faults)('a call that is lost: %s', (fault) => {
      it('charges exactly once when it is asked again', async () => {
        const request = await chargeRequest('pm_card_visa');
        await under.loseNext('charge', fault);
        expect(await under.provider.charge(request)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.charge(request)).toMatchObject({ kind: 'done' });
        expect(await under.moved(paymentId)).toEqual([{ kind: 'charge', minor: 2050 }]);
      });

      it('pays out exactly once when it is asked again', async () => {
        const accountId = await readyAccount();
        const { chargeId } = await charged();
        const request = { paymentId, attempt: 1, amount, accountId, chargeId };
        await under.loseNext('payOut', fault);
        expect(await under.provider.payOut(request)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.payOut(request)).toMatchObject({ kind: 'done' });
        expect(await under.moved(paymentId)).toEqual([
          { kind: 'charge', minor: 2050 },
          { kind: 'payout', minor: 2000 },
        ]);
      });

      it('refunds exactly once when it is asked again', async () => {
        const { chargeId } = await charged();
        const request = { paymentId, chargeId, total };
        await under.loseNext('refund', fault);
        expect(await under.provider.refund(request)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.refund(request)).toMatchObject({ kind: 'done' });
        expect(await under.moved(paymentId)).toEqual([
          { kind: 'charge', minor: 2050 },
          { kind: 'refund', minor: 2050 },
        ]);
      });

      it('is unknown for a page and a look-up too', async () => {
        const request = { personId: ann, tryId: 'link_1', returnUrl, cancelUrl: returnUrl };
        await under.loseNext('saveInstrument', fault);
        expect(await under.provider.saveInstrument(request)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.saveInstrument(request)).toMatchObject({ kind: 'done' });
        const { intentId } = await charged();
        await under.loseNext('lookUpCharge', fault);
        expect(await under.provider.lookUp.charge(intentId)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.lookUp.charge(intentId)).toMatchObject({ kind: 'found' });
      });
    });

    it('finds a charge by our own id, or is sure that there is none', async () => {
      const request = await chargeRequest('pm_card_visa');
      expect(await under.provider.lookUp.chargeOf(paymentId, request.customerId)).toEqual({
        kind: 'not_found',
      });
      const { intentId, chargeId } = asDone(await under.provider.charge(request));
      expect(await under.provider.lookUp.chargeOf(paymentId, request.customerId)).toEqual({
        kind: 'found',
        thing: { paymentId, total, answer: { kind: 'done', intentId, chargeId } },
      });
    });

    describe('paying out', () => {
      it('waits for a recipient who is not ready, and a new attempt pays', async () => {
        const { url, accountId } = await onboard();
        const { chargeId } = await charged();
        const request = { paymentId, attempt: 1, amount, accountId, chargeId };
        expect(await under.provider.lookUp.recipient(accountId)).toEqual({
          kind: 'found',
          thing: { personId: bob, status: 'started' },
        });
        expect(await under.provider.payOut(request)).toEqual({ kind: 'recipient_not_ready' });

        await under.finishOnboarding(url, accountId);

        expect(await under.provider.lookUp.recipient(accountId)).toEqual({
          kind: 'found',
          thing: { personId: bob, status: 'ready' },
        });
        const paid = await under.provider.payOut({ ...request, attempt: 2 });
        expect(paid).toMatchObject({ kind: 'done' });
        expect(await under.provider.lookUp.payOutOf({ paymentId, attempt: 1 })).toEqual({
          kind: 'not_found',
        });
        expect(await under.provider.lookUp.payOutOf({ paymentId, attempt: 2 })).toEqual({
          kind: 'found',
          thing: { payOutId: paid.kind === 'done' ? paid.payOutId : '' },
        });
      });

      it('pays one attempt once, and never more than was charged', async () => {
        const accountId = await readyAccount();
        const { chargeId } = await charged();
        const request = { paymentId, attempt: 1, amount, accountId, chargeId };
        const [first, second] = await Promise.all([
          under.provider.payOut(request),
          under.provider.payOut(request),
        ]);
        expect([first.kind, second.kind]).toContain('done');
        expect(await under.provider.payOut({ ...request, attempt: 2 })).toMatchObject({
          kind: 'declined',
        });
        expect(await under.moved(paymentId)).toEqual([
          { kind: 'charge', minor: 2050 },
          { kind: 'payout', minor: 2000 },
        ]);
      });

      it('opens one account a person and a fresh page each time', async () => {
        const first = await onboard();
        const second = await onboard();
        expect(second.accountId).toBe(first.accountId);
        expect(second.url).not.toBe(first.url);
      });

      it('can be taken back once', async () => {
        const accountId = await readyAccount();
        const { chargeId } = await charged();
        const paid = await under.provider.payOut({
          paymentId,
          attempt: 1,
          amount,
          accountId,
          chargeId,
        });
        const payOutId = paid.kind === 'done' ? paid.payOutId : '';
        const reversed = await under.provider.reversePayOut({ paymentId, payOutId, amount });
        expect(reversed).toMatchObject({ kind: 'done' });
        expect(await under.provider.reversePayOut({ paymentId, payOutId, amount })).toEqual(
          reversed,
        );
        expect(await under.provider.lookUp.payOut(payOutId)).toEqual({
          kind: 'found',
          thing: { paymentId, isReversed: true },
        });
        expect(await under.provider.lookUp.payOutOf({ paymentId, attempt: 1 })).toEqual({
          kind: 'found',
          thing: { payOutId },
        });
        expect(await under.moved(paymentId)).toEqual([
          { kind: 'charge', minor: 2050 },
          { kind: 'payout', minor: 2000 },
          { kind: 'reversal', minor: 2000 },
        ]);
      });
    });

    describe('refunding', () => {
      it('gives all back, once, also when it is asked twice at the same moment', async () => {
        const { chargeId } = await charged();
        const request = { paymentId, chargeId, total };
        const answers = await Promise.all([
          under.provider.refund(request),
          under.provider.refund(request),
        ]);
        expect(answers.map(({ kind }) => kind)).toContain('done');
        const again = await under.provider.refund(request);
        const refundId = again.kind === 'done' ? again.refundId : '';
        expect(await under.provider.lookUp.refund(refundId)).toEqual({
          kind: 'found',
          thing: { paymentId, chargeId: request.chargeId, answer: { kind: 'done', refundId } },
        });
        expect(await under.moved(paymentId)).toEqual([
          { kind: 'charge', minor: 2050 },
          { kind: 'refund', minor: 2050 },
        ]);
      });

      it('can be under way first', async () => {
        const { chargeId } = await charged('pm_card_pendingRefund');
        const request = { paymentId, chargeId, total };
        expect(await under.provider.refund(request)).toMatchObject({ kind: 'pending' });
      });
    });

    describe('a dispute', () => {
      it.each(['won', 'lost'] as const)('is open, then %s', async (status) => {
        const { chargeId } = await charged();
        const disputeId = await under.openDispute(paymentId);
        expect(await under.provider.lookUp.dispute(disputeId)).toEqual({
          kind: 'found',
          thing: { paymentId, chargeId, status: 'open' },
        });
        await under.closeDispute(disputeId, status);
        expect(await under.provider.lookUp.dispute(disputeId)).toEqual({
          kind: 'found',
          thing: { paymentId, chargeId, status },
        });
      });

      it('stands in the way of a refund', async () => {
        const { chargeId } = await charged();
        await under.openDispute(paymentId);
        expect(await under.provider.refund({ paymentId, chargeId, total })).toEqual({
          kind: 'declined',
          why: 'charge_disputed',
        });
      });
    });

    it('is sure about what it does not have', async () => {
      const { lookUp } = under.provider;
      const notFound = { kind: 'not_found' };
      expect(await lookUp.charge('pi_nothing')).toEqual(notFound);
      expect(await lookUp.payOut('tr_nothing')).toEqual(notFound);
      expect(await lookUp.payOutOf({ paymentId: 'pay_nothing', attempt: 1 })).toEqual(notFound);
      expect(await lookUp.refund('re_nothing')).toEqual(notFound);
      expect(await lookUp.dispute('du_nothing')).toEqual(notFound);
      expect(await lookUp.recipient('acct_nothing')).toEqual(notFound);
      expect(await lookUp.instrument('cs_nothing')).toEqual(notFound);
    });
  });
}

function asDone(answer: ChargeAnswer) {
  if (answer.kind !== 'done') throw new Error(`Charged? ${JSON.stringify(answer)}`);
  return answer;
}

function asAction(answer: ChargeAnswer) {
  if (answer.kind !== 'needs_action') throw new Error(`Asked? ${JSON.stringify(answer)}`);
  return answer;
}
