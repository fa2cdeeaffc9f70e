// What every provider promises to shops, run against each implementation and each twin of the port.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { money } from '../../lambdas/domain/money/money.ts';
import type { Bill } from '../../lambdas/domain/orders/order.ts';
import type { CheckoutRequest, ShopProvider } from '../../lambdas/domain/orders/ports.ts';
import type { ShopMoney } from '../../lambdas/domain/orders/shop-money.ts';
import type { ShopId } from '../../lambdas/domain/shops/shop.ts';
import { until } from '../builders/until.ts';
import type { CardName } from './payment-provider.ts';

export type LosableShopCall =
  | 'openCheckout'
  | 'closeCheckout'
  | 'chargeSavedCard'
  | 'refund'
  | 'uploadEvidence'
  | 'sendEvidence'
  | 'lookUpCheckout'
  | 'lookAtBalance';

export interface ShopMoved {
  readonly kind: 'charge' | 'refund';
  readonly minor: number;
  /** The operator's part that moved with it. */
  readonly fee: number;
}

/** One provider with its outside: what buyers, banks and shopkeepers do there, what it loses, what it has moved. */
export interface ShopProviderUnderTest {
  readonly provider: ShopProvider;
  readonly money: ShopMoney;
  nowMs(): number;
  finishOnboarding(url: string, accountId: string): Promise<void>;
  restrict(accountId: string): Promise<void>;
  deauthorise(accountId: string): Promise<void>;
  /** Fills in Checkout's page; `back` is where it leads, undefined where the page refuses. */
  payPage(
    page: { readonly accountId: string; readonly url: string; readonly sessionId: string },
    how?: {
      readonly card?: CardName;
      readonly save?: boolean;
      readonly taken?: number;
      readonly isLater?: boolean;
      readonly payer?: { readonly name: string; readonly email: string };
    },
  ): Promise<string | undefined>;
  endLater(accountId: string, sessionId: string, isPaid: boolean): Promise<void>;
  answerAction(url: string, isPassed: boolean): Promise<void>;
  /** Ends a pending refund, or fails one that looked done, as the charged card has it; when the provider gets to it. */
  endRefund(accountId: string, refundId: string, isDone: boolean): Promise<void>;
  openDispute(accountId: string, intentId: string): Promise<string>;
  closeDispute(accountId: string, disputeId: string, result: 'won' | 'lost'): Promise<void>;
  /** Sends all that the account holds to its bank. */
  payOut(accountId: string): Promise<void>;
  /** The bank has the payout, or its account is closed. */
  endPayout(accountId: string, payoutId: string, isPaid: boolean): Promise<void>;
  /** The next call of this kind gets lost that way. */
  loseNext(call: LosableShopCall, fault: string): Promise<void>;
  moved(accountId: string): Promise<ShopMoved[]>;
  close(): Promise<void>;
}

const dollars = (minor: number) => money(minor, 'USD');

const bill: Bill = {
  lines: [
    {
      productId: 'prd_1',
      choices: ['Large', 'Oat milk'],
      quantity: 2,
      name: 'Flat white',
      unitPrice: dollars(500),
      amount: dollars(1000),
    },
  ],
  goods: dollars(1000),
  discount: dollars(100),
  shipping: dollars(300),
  tax: dollars(107),
  tip: dollars(93),
  total: dollars(1400),
};
const fee = dollars(14);
const pdf = {
  type: 'application/pdf',
  bytes: new TextEncoder().encode('%PDF-1.7\n\u00ff%%EOF'),
} as const;
const pageUrl = 'https://tender.test/order/back';

/** `faults` are all the ways in which a call can end without an answer there, done or not done. */
export function describeShopProvider(
  name: string,
  faults: readonly string[],
  open: () => Promise<ShopProviderUnderTest>,
): void {
  describe(`${name} as the shops' provider`, () => {
    let under: ShopProviderUnderTest;
    let expiresAtMs: number;
    beforeEach(async () => {
      under = await open();
      expiresAtMs = under.nowMs() + 31 * 60 * 1000;
    });
    afterEach(() => under.close());

    const onboard = async (id: ShopId = 'shp_1', accountId?: string) => {
      const opened = await under.provider.onboardMerchant({
        shop: { id, name: 'Joe’s Coffee', country: 'US' },
        returnUrl: pageUrl,
        refreshUrl: pageUrl,
        ...(accountId !== undefined && { accountId }),
      });
      if (opened.kind !== 'done') throw new Error(`No page to onboard: ${opened.kind}`);
      return opened;
    };

    const shopAccount = async (id: ShopId = 'shp_1') => {
      const { url, accountId } = await onboard(id);
      await under.finishOnboarding(url, accountId);
      return accountId;
    };

    const request = (accountId: string, more: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
      orderId: 'ord_1',
      number: 'K7M-2QX',
      attempt: 1,
      accountId,
      shopName: 'Joe’s Coffee',
      bill,
      fee,
      acceptedBrands: ['visa', 'mastercard', 'american_express', 'discover'],
      buyerId: 'per_ann',
      successUrl: pageUrl,
      cancelUrl: 'https://tender.test/order/cancel',
      expiresAtMs,
      ...more,
    });

    const openPage = async (accountId: string, more: Partial<CheckoutRequest> = {}) => {
      const opened = await under.provider.openCheckout(request(accountId, more));
      if (opened.kind !== 'done') throw new Error(`No page to pay: ${JSON.stringify(opened)}`);
      return { ...opened, accountId };
    };

    const answerOf = async (accountId: string, sessionId: string) => {
      const found = await under.provider.lookUp.checkout(accountId, sessionId);
      if (found.kind !== 'found') throw new Error(`No page found: ${found.kind}`);
      return found.thing.answer;
    };

    const paid = async (accountId: string, how: { card?: CardName; save?: boolean } = {}) => {
      const page = await openPage(accountId);
      await under.payPage(page, how);
      const answer = await answerOf(accountId, page.sessionId);
      if (answer.kind !== 'paid') throw new Error(`Not paid: ${answer.kind}`);
      return answer;
    };

    const savedCard = async (accountId: string, card: CardName = 'pm_card_visa') => {
      const { saved } = await paid(accountId, { card, save: true });
      if (saved === undefined) throw new Error('No card was kept');
      return {
        orderId: 'ord_2',
        number: 'K7M-2QY',
        attempt: 1,
        accountId,
        total: dollars(900),
        fee: dollars(9),
        customerId: saved.customerId,
        instrumentId: saved.instrument.id,
        returnUrl: pageUrl,
      } as const;
    };

    const refundOf = (
      [accountId, intentId]: readonly [string, string],
      minor: number,
      id = 'rfd_1',
    ) => ({
      orderId: 'ord_1' as const,
      refundId: id,
      accountId,
      intentId,
      amount: dollars(minor),
      reason: 'requested_by_customer' as const,
    });

    describe('a shop', () => {
      it('opens one account, however often it asks, and sells only when that is active', async () => {
        const { accountId, url } = await onboard();
        expect((await onboard()).accountId).toBe(accountId);
        expect(await under.provider.lookUp.merchant(accountId)).toMatchObject({
          kind: 'found',
          thing: { shopId: 'shp_1', status: 'started' },
        });
        expect(await under.provider.openCheckout(request(accountId))).toEqual({
          kind: 'declined',
          why: 'account_not_ready',
        });
        await under.finishOnboarding(url, accountId);
        expect(await under.provider.lookUp.merchant(accountId)).toEqual({
          kind: 'found',
          thing: { shopId: 'shp_1', status: 'active', missing: [] },
        });
      });

      it('is told in words what is missing, before the first sale and after', async () => {
        const { accountId, url } = await onboard();
        const before = await under.provider.lookUp.merchant(accountId);
        await under.finishOnboarding(url, accountId);
        await under.restrict(accountId);
        const after = await under.provider.lookUp.merchant(accountId);
        for (const found of [before, after]) {
          if (found.kind !== 'found') throw new Error('not found');
          expect(found.thing.missing.length).toBeGreaterThan(0);
          expect(found.thing.missing.join('')).toMatch(/^[A-Z][\w ]+$/u);
        }
        expect(after).toMatchObject({ thing: { status: 'restricted' } });
      });

      it('that leaves is known to have left; coming back is another account', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        await under.deauthorise(accountId);
        expect(await under.provider.lookUp.merchant(accountId)).toMatchObject({
          kind: 'found',
          thing: { status: 'left' },
        });
        expect(await under.provider.openCheckout(request(accountId, { attempt: 2 }))).toEqual({
          kind: 'declined',
          why: 'account_gone',
        });
        expect(await under.provider.lookUp.charge(accountId, intentId)).toEqual({
          kind: 'unknown',
          why: 'account_gone',
        });
        expect(await under.provider.refund(refundOf([accountId, intentId], 100))).toEqual({
          kind: 'declined',
          why: 'account_gone',
        });
      });
    });

    describe('Checkout', () => {
      it('takes exactly the bill, and the operator’s fee out of it', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        expect(await answerOf(accountId, page.sessionId)).toEqual({ kind: 'open' });
        expect(await under.payPage(page)).toContain(pageUrl);
        expect(await under.provider.lookUp.checkout(accountId, page.sessionId)).toEqual({
          kind: 'found',
          thing: {
            orderId: 'ord_1',
            answer: {
              kind: 'paid',
              intentId: expect.any(String),
              chargeId: expect.any(String),
              total: dollars(1400),
              card: { brand: 'visa', last4: '4242' },
            },
          },
        });
        expect(await under.moved(accountId)).toEqual([{ kind: 'charge', minor: 1400, fee: 14 }]);
      });

      it('opens one page a try, also when the answer was lost; another try is another page', async () => {
        const accountId = await shopAccount();
        const first = await openPage(accountId);
        expect(await openPage(accountId)).toEqual(first);
        expect((await openPage(accountId, { attempt: 2 })).sessionId).not.toBe(first.sessionId);
      });

      it('opens another page for whoever comes by another link after an answer was lost', async () => {
        const accountId = await shopAccount();
        const first = await openPage(accountId);
        const second = await openPage(accountId, { successUrl: `${pageUrl}/other` });
        expect(second.sessionId).not.toBe(first.sessionId);
        expect(await under.payPage(second)).toContain('/other');
      });

      it('refuses the same key with another bill as a bug', async () => {
        const accountId = await shopAccount();
        await openPage(accountId);
        const line = { ...bill.lines[0], productId: 'prd_1', choices: [], quantity: 1 } as const;
        const other: Bill = {
          ...bill,
          lines: [{ ...line, name: 'Cake', unitPrice: dollars(900), amount: dollars(900) }],
          goods: dollars(900),
          discount: dollars(0),
        };
        const asked = request(accountId, { bill: other });
        await expect(under.provider.openCheckout(asked)).rejects.toThrow('other parameters');
      });

      it('takes only the brands that the shop takes', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId, { acceptedBrands: ['mastercard'] });
        expect(await under.payPage(page, { card: 'pm_card_visa' })).toBeUndefined();
        expect(await under.payPage(page, { card: 'pm_card_amex' })).toBeUndefined();
        expect(await under.payPage(page, { card: 'pm_card_discover' })).toBeUndefined();
        expect(await answerOf(accountId, page.sessionId)).toEqual({ kind: 'open' });
        await under.payPage(page, { card: 'pm_card_mastercard' });
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({ kind: 'paid' });
      });

      it('stays open after a card that was declined, for another', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        expect(await under.payPage(page, { card: 'pm_card_chargeDeclined' })).toBeUndefined();
        expect(await answerOf(accountId, page.sessionId)).toEqual({ kind: 'open' });
        await under.payPage(page);
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({ kind: 'paid' });
        expect(await under.moved(accountId)).toHaveLength(1);
      });

      it('keeps a card only when the buyer ticks that', async () => {
        const accountId = await shopAccount();
        expect(await paid(accountId)).not.toHaveProperty('saved');
        const page = await openPage(accountId, { orderId: 'ord_3' });
        await under.payPage(page, { card: 'pm_card_mastercard', save: true });
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({
          saved: {
            customerId: expect.any(String),
            instrument: { id: expect.any(String), brand: 'mastercard', last4: '4444' },
          },
        });
      });

      it('for anybody keeps no card, whatever is ticked, and tells who paid as it was typed', async () => {
        const accountId = await shopAccount();
        const payer = { name: 'Gus Guest', email: 'gus@example.com' };
        const page = await openPage(accountId, { isForAnybody: true });
        await under.payPage(page, { save: true, payer });
        const answer = await answerOf(accountId, page.sessionId);
        expect(answer).toMatchObject({ kind: 'paid', payer });
        expect(answer).not.toHaveProperty('saved');
        expect(await under.moved(accountId)).toEqual([{ kind: 'charge', minor: 1400, fee: 14 }]);
        // The same page for a buyer of ours is another one, whose card can be kept.
        const known = await openPage(accountId, { orderId: 'ord_4' });
        await under.payPage(known, { save: true, payer });
        expect(await answerOf(accountId, known.sessionId)).toMatchObject({
          payer,
          saved: { instrument: { last4: '4242' } },
        });
      });

      it('is closed for good, twice as well as once', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        const { closeCheckout } = under.provider;
        expect(await closeCheckout(accountId, page.sessionId)).toEqual({ kind: 'closed' });
        expect(await closeCheckout(accountId, page.sessionId)).toEqual({ kind: 'closed' });
        expect(await under.payPage(page)).toBeUndefined();
        expect(await under.moved(accountId)).toEqual([]);
      });

      it('that was paid while it was being closed says so', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        await under.payPage(page);
        expect(await under.provider.closeCheckout(accountId, page.sessionId)).toMatchObject({
          kind: 'paid',
          total: dollars(1400),
        });
      });

      it.each([true, false])('by a bank that says days later: %s', async (isPaid) => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        await under.payPage(page, { isLater: true });
        const pending = { kind: 'pending', intentId: expect.any(String) };
        expect(await answerOf(accountId, page.sessionId)).toEqual(pending);
        expect(await under.provider.closeCheckout(accountId, page.sessionId)).toEqual(pending);
        await under.endLater(accountId, page.sessionId, isPaid);
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({
          kind: isPaid ? 'paid' : 'closed',
        });
        expect(await under.moved(accountId)).toHaveLength(isPaid ? 1 : 0);
      });

      it('tells what was really taken, should that be something else', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        await under.payPage(page, { taken: 1399 });
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({
          kind: 'paid',
          total: dollars(1399),
        });
      });

      it('is not opened when there is too little time left for it', async () => {
        const accountId = await shopAccount();
        const late = request(accountId, { expiresAtMs: under.nowMs() + 60_000 });
        expect(await under.provider.openCheckout(late)).toEqual({
          kind: 'declined',
          why: 'no_time_left',
        });
      });

      it('goes on without a customer that is gone', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId, { customerId: 'cus_gone' });
        await under.payPage(page);
        expect(await answerOf(accountId, page.sessionId)).toMatchObject({ kind: 'paid' });
      });

      it('of one shop is not there for another', async () => {
        const joes = await shopAccount('shp_1');
        const anns = await shopAccount('shp_2');
        const page = await openPage(joes);
        expect(await under.provider.lookUp.checkout(anns, page.sessionId)).toEqual({
          kind: 'not_found',
        });
      });
    });

    describe('a saved card', () => {
      it('is charged once, and asking again is the same answer', async () => {
        const accountId = await shopAccount();
        const asked = await savedCard(accountId);
        const answer = await under.provider.chargeSavedCard(asked);
        expect(answer).toMatchObject({ kind: 'done' });
        expect(await under.provider.chargeSavedCard(asked)).toEqual(answer);
        expect(await under.moved(accountId)).toEqual([
          { kind: 'charge', minor: 1400, fee: 14 },
          { kind: 'charge', minor: 900, fee: 9 },
        ]);
        if (answer.kind !== 'done') return;
        expect(await under.provider.lookUp.charge(accountId, answer.intentId)).toEqual({
          kind: 'found',
          thing: {
            orderId: 'ord_2',
            total: dollars(900),
            answer,
            card: { brand: 'visa', last4: '4242' },
          },
        });
      });

      it('of one shop cannot be charged by another', async () => {
        const asked = await savedCard(await shopAccount('shp_1'));
        const anns = await shopAccount('shp_2');
        expect(await under.provider.chargeSavedCard({ ...asked, accountId: anns })).toEqual({
          kind: 'declined',
          reason: 'instrument_gone',
        });
        expect(await under.moved(anns)).toEqual([]);
      });

      it.each([
        ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
        ['pm_card_chargeDeclinedLostCard', 'generic'],
      ] as const)('%s is declined as %s', async (instrumentId, reason) => {
        const accountId = await shopAccount();
        const asked = { ...(await savedCard(accountId)), instrumentId };
        const answer = await under.provider.chargeSavedCard(asked);
        expect(answer).toMatchObject({ kind: 'declined', reason });
        expect(await under.moved(accountId)).toHaveLength(1);
      });

      it.each([true, false])('asks its buyer where the bank wants that; passed: %s', async (is) => {
        const accountId = await shopAccount();
        const instrumentId = 'pm_card_authenticationRequired';
        const asked = { ...(await savedCard(accountId)), instrumentId };
        const answer = await under.provider.chargeSavedCard(asked);
        if (answer.kind !== 'needs_action') throw new Error(answer.kind);
        await under.answerAction(answer.url, is);
        expect(await under.provider.lookUp.charge(accountId, answer.intentId)).toMatchObject({
          thing: {
            answer: is ? { kind: 'done' } : { kind: 'declined', reason: 'authentication_failed' },
          },
        });
      });

      it('that waits for its buyer is given up, unless it was paid meanwhile', async () => {
        const accountId = await shopAccount();
        const instrumentId = 'pm_card_authenticationRequired';
        const asked = { ...(await savedCard(accountId)), instrumentId };
        const first = await under.provider.chargeSavedCard(asked);
        const second = await under.provider.chargeSavedCard({ ...asked, attempt: 2 });
        if (first.kind !== 'needs_action' || second.kind !== 'needs_action') {
          throw new Error('no action');
        }
        const { abandonCharge } = under.provider;
        expect(await abandonCharge(accountId, first.intentId)).toMatchObject({ kind: 'declined' });
        await under.answerAction(second.url, true);
        expect(await abandonCharge(accountId, second.intentId)).toMatchObject({ kind: 'done' });
      });
    });

    describe('a refund', () => {
      it('goes back in parts up to the whole, each with its part of the fee, each once', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const { refund } = under.provider;
        const first = await refund(refundOf([accountId, intentId], 700, 'rfd_1'));
        expect(first).toMatchObject({ kind: 'done' });
        expect(await refund(refundOf([accountId, intentId], 700, 'rfd_1'))).toEqual(first);
        expect(await refund(refundOf([accountId, intentId], 701, 'rfd_2'))).toMatchObject({
          kind: 'declined',
        });
        expect(await refund(refundOf([accountId, intentId], 700, 'rfd_3'))).toMatchObject({
          kind: 'done',
        });
        expect(await refund(refundOf([accountId, intentId], 1, 'rfd_4'))).toMatchObject({
          kind: 'declined',
        });
        expect(await under.moved(accountId)).toEqual([
          { kind: 'charge', minor: 1400, fee: 14 },
          { kind: 'refund', minor: 700, fee: 7 },
          { kind: 'refund', minor: 700, fee: 7 },
        ]);
      });

      it('is found by the provider’s id, with ours on it', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const answer = await under.provider.refund(refundOf([accountId, intentId], 300));
        if (answer.kind !== 'done') throw new Error(answer.kind);
        expect(await under.provider.lookUp.refund(accountId, answer.refundId)).toEqual({
          kind: 'found',
          thing: { orderId: 'ord_1', refundId: 'rfd_1', intentId, amount: dollars(300), answer },
        });
      });

      it('can be pending before it is done', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId, { card: 'pm_card_pendingRefund' });
        const answer = await under.provider.refund(refundOf([accountId, intentId], 300));
        if (answer.kind !== 'pending') throw new Error(answer.kind);
        await under.endRefund(accountId, answer.refundId, true);
        expect(await under.provider.lookUp.refund(accountId, answer.refundId)).toMatchObject({
          thing: { answer: { kind: 'done' } },
        });
      });

      it('that looked done can fail later', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId, { card: 'pm_card_refundFail' });
        const answer = await under.provider.refund(refundOf([accountId, intentId], 300));
        if (answer.kind !== 'done') throw new Error(answer.kind);
        await under.endRefund(accountId, answer.refundId, false);
        expect(await under.provider.lookUp.refund(accountId, answer.refundId)).toMatchObject({
          thing: { answer: { kind: 'declined', refundId: answer.refundId } },
        });
      });

      it('of a disputed charge is declined', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        await under.openDispute(accountId, intentId);
        expect(await under.provider.refund(refundOf([accountId, intentId], 300))).toEqual({
          kind: 'declined',
          why: 'charge_disputed',
        });
      });
    });

    describe('a dispute', () => {
      it('tells amount, fee, deadline and state, and takes the shop’s words once', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const disputeId = await under.openDispute(accountId, intentId);
        const { lookUp, sendEvidence } = under.provider;
        expect(await lookUp.dispute(accountId, disputeId)).toEqual({
          kind: 'found',
          thing: {
            intentId,
            amount: dollars(1400),
            fee: dollars(1500),
            reason: 'fraudulent',
            state: 'needs_response',
            respondBeforeMs: expect.any(Number),
          },
        });
        const words = { accountId, disputeId, text: 'She drank it here.' };
        expect(await sendEvidence(words)).toEqual({ kind: 'done' });
        expect(await sendEvidence(words)).toEqual({ kind: 'done' });
        expect(await sendEvidence({ ...words, text: 'Other words.' })).toEqual({
          kind: 'declined',
          why: 'already_sent',
        });
        expect(await lookUp.dispute(accountId, disputeId)).toMatchObject({
          thing: { state: 'under_review' },
        });
      });

      it('goes to the bank with files, each one file however often it is sent', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const disputeId = await under.openDispute(accountId, intentId);
        const { lookUp, sendEvidence, uploadEvidence } = under.provider;
        const receipt = { accountId, disputeId, kind: 'receipt', ...pdf } as const;
        const ready = await uploadEvidence(receipt);
        const again = await uploadEvidence(receipt);
        const elsewhere = await uploadEvidence({ ...receipt, kind: 'uncategorized_file' });
        if (ready.kind !== 'done' || elsewhere.kind !== 'done')
          throw new Error(JSON.stringify(ready));
        expect(again).toEqual(ready);
        expect(elsewhere.fileId).not.toBe(ready.fileId);
        // Nothing has gone to the bank yet.
        expect(await lookUp.dispute(accountId, disputeId)).toMatchObject({
          thing: { state: 'needs_response' },
        });
        const words = { accountId, disputeId, text: 'As the receipt shows.' };
        const files = { receipt: ready.fileId, uncategorized_file: elsewhere.fileId };
        expect(await sendEvidence({ ...words, files })).toEqual({ kind: 'done' });
        expect(await sendEvidence({ ...words, files })).toEqual({ kind: 'done' });
        expect(await sendEvidence(words)).toEqual({ kind: 'declined', why: 'already_sent' });
      });

      it('goes nowhere with a file of another shop, or one that never was', async () => {
        const accountId = await shopAccount();
        const other = await shopAccount('shp_2');
        const page = await openPage(other, { orderId: 'ord_9' });
        await under.payPage(page);
        const theirs = await answerOf(other, page.sessionId);
        if (theirs.kind !== 'paid') throw new Error('Not paid');
        const theirDispute = await under.openDispute(other, theirs.intentId);
        const { intentId } = await paid(accountId);
        const disputeId = await under.openDispute(accountId, intentId);
        const { lookUp, sendEvidence, uploadEvidence } = under.provider;
        const file = await uploadEvidence({
          accountId: other,
          disputeId: theirDispute,
          kind: 'receipt',
          ...pdf,
        });
        if (file.kind !== 'done') throw new Error('Not ready');
        const words = { accountId, disputeId, text: 'See the file.' };
        for (const receipt of [file.fileId, 'file_none']) {
          expect(await sendEvidence({ ...words, files: { receipt } })).toEqual({
            kind: 'declined',
            why: 'resource_missing',
          });
        }
        expect(await lookUp.dispute(accountId, disputeId)).toMatchObject({
          thing: { state: 'needs_response' },
        });
      });

      it.each(['won', 'lost'] as const)('ends %s, and takes no words then', async (result) => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const disputeId = await under.openDispute(accountId, intentId);
        await under.closeDispute(accountId, disputeId, result);
        const { lookUp, sendEvidence } = under.provider;
        expect(await lookUp.dispute(accountId, disputeId)).toMatchObject({
          thing: { state: result },
        });
        expect(await sendEvidence({ accountId, disputeId, text: 'Late.' })).toEqual({
          kind: 'declined',
          why: 'too_late',
        });
      });
    });

    describe('what a shop has', () => {
      const everything = { limit: 100, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER / 1000 };
      const movementsOf = async (accountId: string) => {
        const found = await under.money.movements(accountId, everything);
        if (found.kind !== 'found') throw new Error(`No movements: ${found.kind}`);
        return found.thing.things;
      };
      const balanceOf = async (accountId: string) => {
        const found = await under.money.balance(accountId);
        if (found.kind !== 'found') throw new Error(`No balance: ${found.kind}`);
        const minorOf = (amounts: readonly { minor: number }[]) =>
          amounts.reduce((all, { minor }) => all + minor, 0);
        return {
          available: minorOf(found.thing.available),
          pending: minorOf(found.thing.pending),
        };
      };
      const payoutsOf = async (accountId: string) => {
        const found = await under.money.payouts(accountId, { limit: 10 });
        if (found.kind !== 'found') throw new Error(`No payouts: ${found.kind}`);
        return found.thing.things;
      };

      /** What a charge cost is known a moment after its answer. */
      const sold = async (accountId: string) => {
        await paid(accountId);
        await until(async () => (await movementsOf(accountId)).length > 0);
      };

      it('is nothing before it sells', async () => {
        const accountId = await shopAccount();
        expect(await balanceOf(accountId)).toEqual({ available: 0, pending: 0 });
        expect(await movementsOf(accountId)).toEqual([]);
        expect(await payoutsOf(accountId)).toEqual([]);
      });

      it('is what was paid, less the operator’s part and the provider’s, at first pending', async () => {
        const accountId = await shopAccount();
        await sold(accountId);
        const [sale] = await movementsOf(accountId);
        expect(sale).toMatchObject({
          kind: 'sale',
          orderId: 'ord_1',
          amount: dollars(1400),
          operatorFee: dollars(14),
        });
        const { net, providerFee } = sale ?? { net: dollars(0), providerFee: dollars(0) };
        expect(providerFee.minor).toBeGreaterThan(0);
        expect(net.minor).toBe(1400 - 14 - providerFee.minor);
        expect(await balanceOf(accountId)).toEqual({ available: 0, pending: net.minor });
      });

      it('sums up to the balance, refunds and disputes and fees that came back in it, each with its order', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        await under.provider.refund(refundOf([accountId, intentId], 700));
        const movements = await movementsOf(accountId);
        const told = movements.map(({ kind, amount, operatorFee }) => [
          kind,
          amount.minor,
          operatorFee.minor,
        ]);
        expect(new Set(told)).toEqual(
          new Set([
            ['fee_back', 0, -7],
            ['refund', -700, 0],
            ['sale', 1400, 14],
          ]),
        );
        expect(movements.map(({ orderId }) => orderId)).toEqual(['ord_1', 'ord_1', 'ord_1']);
        const { available, pending } = await balanceOf(accountId);
        const net = movements.reduce((all, each) => all + each.net.minor, 0);
        expect(available + pending).toBe(net);
        for (const each of movements)
          expect(each.net.minor).toBe(
            each.amount.minor - each.operatorFee.minor - each.providerFee.minor,
          );
      });

      it('goes to its bank, which may send it back with a reason', async () => {
        const accountId = await shopAccount();
        await sold(accountId);
        const before = await balanceOf(accountId);
        await under.payOut(accountId);
        const [sent] = await payoutsOf(accountId);
        expect(sent).toMatchObject({ state: 'in_transit', amount: dollars(before.pending) });
        expect(sent?.arrivesAtMs).toBeGreaterThan(under.nowMs());
        expect(sent).not.toHaveProperty('trouble');
        const left = await balanceOf(accountId);
        expect(left.available + left.pending).toBe(0);
        await under.endPayout(accountId, sent?.id ?? '', true);
        expect((await payoutsOf(accountId))[0]).toMatchObject({ state: 'paid' });
        await under.endPayout(accountId, sent?.id ?? '', false);
        expect((await payoutsOf(accountId))[0]).toMatchObject({
          state: 'failed',
          trouble: 'account_closed',
        });
        const back = await balanceOf(accountId);
        expect(back.available + back.pending).toBe(before.pending);
        const kinds = (await movementsOf(accountId)).map(({ kind }) => kind).sort();
        expect(kinds).toEqual(['payout', 'payout_failed', 'sale']);
      });

      it('is read page by page, each movement once; a page that begins nowhere is not there', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        await under.provider.refund(refundOf([accountId, intentId], 700));
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = { ...everything, limit: 1, ...(after !== undefined && { after }) };
          const found = await under.money.movements(accountId, page);
          if (found.kind !== 'found') throw new Error(`No page: ${found.kind}`);
          seen.push(...found.thing.things.map(({ id }) => id));
          after = found.thing.next;
        } while (after !== undefined);
        expect(seen).toEqual((await movementsOf(accountId)).map(({ id }) => id));
        expect(
          await under.money.movements(accountId, { ...everything, after: 'txn_none' }),
        ).toEqual({
          kind: 'not_found',
        });
        expect(await under.money.payouts(accountId, { limit: 1, after: 'po_none' })).toEqual({
          kind: 'not_found',
        });
      });

      it('is told of one period alone, and of one shop alone', async () => {
        const accountId = await shopAccount('shp_1');
        const another = await shopAccount('shp_2');
        await sold(accountId);
        const hourMs = 3_600_000;
        const past = {
          limit: 10,
          fromMs: under.nowMs() - 9 * hourMs,
          toMs: under.nowMs() - hourMs,
        };
        expect(await under.money.movements(accountId, past)).toEqual({
          kind: 'found',
          thing: { things: [] },
        });
        expect(await movementsOf(another)).toEqual([]);
      });

      it('is unknown once the shop has left', async () => {
        const accountId = await shopAccount();
        await under.deauthorise(accountId);
        const gone = { kind: 'unknown', why: 'account_gone' };
        expect(await under.money.balance(accountId)).toEqual(gone);
        expect(await under.money.payouts(accountId, { limit: 1 })).toEqual(gone);
        expect(await under.money.movements(accountId, everything)).toEqual(gone);
      });

      it.each(faults)('is unknown, never nothing, when the call ends in %s', async (fault) => {
        const accountId = await shopAccount();
        await under.loseNext('lookAtBalance', fault);
        expect(await under.money.balance(accountId)).toMatchObject({ kind: 'unknown' });
        expect(await balanceOf(accountId)).toEqual({ available: 0, pending: 0 });
      });
    });

    describe('what the provider does not know', () => {
      it('is surely not there', async () => {
        const accountId = await shopAccount();
        const { lookUp } = under.provider;
        const found = await Promise.all([
          lookUp.checkout(accountId, 'cs_none'),
          lookUp.charge(accountId, 'pi_none'),
          lookUp.refund(accountId, 're_none'),
          lookUp.dispute(accountId, 'du_none'),
        ]);
        expect(found).toEqual(Array.from({ length: 4 }, () => ({ kind: 'not_found' })));
      });
    });

    describe.each(faults)('a call that ends in %s', (fault) => {
      it('to lay a file ready or to send it is unknown, and asking again does it once', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const disputeId = await under.openDispute(accountId, intentId);
        const { sendEvidence, uploadEvidence } = under.provider;
        const receipt = { accountId, disputeId, kind: 'receipt', ...pdf } as const;
        await under.loseNext('uploadEvidence', fault);
        expect(await uploadEvidence(receipt)).toMatchObject({ kind: 'unknown' });
        const ready = await uploadEvidence(receipt);
        if (ready.kind !== 'done') throw new Error(ready.why);
        const words = { accountId, disputeId, text: 'x', files: { receipt: ready.fileId } };
        await under.loseNext('sendEvidence', fault);
        expect(await sendEvidence(words)).toMatchObject({ kind: 'unknown' });
        expect(await sendEvidence(words)).toEqual({ kind: 'done' });
      });

      it('to open a page is unknown, and asking again opens one', async () => {
        const accountId = await shopAccount();
        await under.loseNext('openCheckout', fault);
        expect(await under.provider.openCheckout(request(accountId))).toMatchObject({
          kind: 'unknown',
        });
        const again = await under.provider.openCheckout(request(accountId));
        // A failure that is stored under the key is all that the key says, for a day.
        expect(again.kind).toBe(fault === 'error_500_after' ? 'unknown' : 'done');
      });

      it('to charge a saved card is unknown, and asking again charges once', async () => {
        const accountId = await shopAccount();
        const asked = await savedCard(accountId);
        await under.loseNext('chargeSavedCard', fault);
        expect(await under.provider.chargeSavedCard(asked)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.chargeSavedCard(asked)).toMatchObject({ kind: 'done' });
        const charges = await under.moved(accountId);
        expect(charges.filter(({ minor }) => minor === 900)).toHaveLength(1);
      });

      it('to charge a saved card or to refund is found by our mark, and so is that it was never made', async () => {
        const accountId = await shopAccount();
        const asked = await savedCard(accountId);
        const { lostCharge, lostRefund } = under.provider.lookUp;
        expect(await lostCharge(asked)).toEqual({ kind: 'not_found' });
        await under.loseNext('chargeSavedCard', fault);
        await under.provider.chargeSavedCard(asked);
        const isMade = (await under.moved(accountId)).some(({ minor }) => minor === 900);
        expect(await lostCharge(asked)).toMatchObject(
          isMade ? { kind: 'found', thing: { answer: { kind: 'done' } } } : { kind: 'not_found' },
        );
        expect(await lostCharge({ ...asked, attempt: asked.attempt + 1 })).toEqual({
          kind: 'not_found',
        });
        const charged = await under.provider.chargeSavedCard(asked);
        if (charged.kind !== 'done') throw new Error(charged.kind);
        const refund = refundOf([accountId, charged.intentId], 300);
        expect(await lostRefund(refund)).toEqual({ kind: 'not_found' });
        await under.provider.refund(refund);
        expect(await lostRefund(refund)).toMatchObject({
          kind: 'found',
          thing: { answer: { kind: 'done' }, refundId: refund.refundId },
        });
      });

      it('to refund is unknown, and asking again refunds once', async () => {
        const accountId = await shopAccount();
        const { intentId } = await paid(accountId);
        const asked = refundOf([accountId, intentId], 300);
        await under.loseNext('refund', fault);
        expect(await under.provider.refund(asked)).toMatchObject({ kind: 'unknown' });
        expect(await under.provider.refund(asked)).toMatchObject({ kind: 'done' });
        const moved = await under.moved(accountId);
        expect(moved.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
      });

      it('to close a page is unknown, and asking again closes it', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        await under.loseNext('closeCheckout', fault);
        const { closeCheckout } = under.provider;
        expect(await closeCheckout(accountId, page.sessionId)).toMatchObject({ kind: 'unknown' });
        expect(await closeCheckout(accountId, page.sessionId)).toEqual({ kind: 'closed' });
      });

      it('to look is unknown, never "not there"', async () => {
        const accountId = await shopAccount();
        const page = await openPage(accountId);
        await under.loseNext('lookUpCheckout', fault);
        expect(await under.provider.lookUp.checkout(accountId, page.sessionId)).toMatchObject({
          kind: 'unknown',
        });
        expect(await answerOf(accountId, page.sessionId)).toEqual({ kind: 'open' });
      });
    });
  });
}
