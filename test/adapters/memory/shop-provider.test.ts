// The shops' twin keeps the provider's promises to shops, and tells of what happens as webhooks would.
import { describe, expect, it } from 'vitest';
import type { ProviderFault } from '../../../lambdas/adapters/memory/payment-provider.ts';
import {
  createMemoryShopProvider,
  type MemoryShopProvider,
  type ShopProviderCall,
} from '../../../lambdas/adapters/memory/shop-provider.ts';
import { money } from '../../../lambdas/domain/money/money.ts';
import {
  describeShopProvider,
  type LosableShopCall,
  type ShopProviderUnderTest,
} from '../../contracts/shop-provider.ts';

const clock = { now: () => 1_795_000_000_000 };

const callOf: Record<LosableShopCall, ShopProviderCall> = {
  openCheckout: 'openCheckout',
  closeCheckout: 'closeCheckout',
  chargeSavedCard: 'chargeSavedCard',
  refund: 'refund',
  uploadEvidence: 'uploadEvidence',
  sendEvidence: 'sendEvidence',
  lookUpCheckout: 'lookUp.checkout',
  lookAtBalance: 'money.balance',
};

const isFault = (text: string): text is ProviderFault => text.startsWith('lost_');

function underTest(twin: MemoryShopProvider): ShopProviderUnderTest {
  const { hands, movements, failNext } = twin;
  return {
    provider: twin.shopProvider,
    money: twin.shopMoney,
    payOut: async (accountId) => void hands.payOut(accountId),
    endPayout: async (_, payoutId, isPaid) =>
      hands.endPayout(payoutId, isPaid ? undefined : 'account_closed'),
    nowMs: clock.now,
    finishOnboarding: async (_, accountId) => hands.finishOnboarding(accountId),
    restrict: async (accountId) => hands.restrictMerchant(accountId),
    deauthorise: async (accountId) => hands.deauthorise(accountId),
    async payPage({ sessionId }, { card, save, taken, isLater, payer } = {}) {
      const outcome = hands.payCheckout(sessionId, {
        ...(card !== undefined && { card }),
        ...(save !== undefined && { save }),
        ...(payer !== undefined && { payer }),
        ...(taken !== undefined && { taken: money(taken, 'USD') }),
        ...(isLater !== undefined && { isAsync: isLater }),
      });
      return outcome.kind === 'back' ? outcome.url : undefined;
    },
    endLater: async (_, sessionId, isPaid) => hands.endAsync(sessionId, isPaid),
    answerAction: async (url, isPassed) => hands.answerAction(url, isPassed),
    endRefund: async (_, refundId, isDone) => hands.endRefund(refundId, isDone),
    openDispute: async (_, intentId) => hands.openDispute(intentId),
    closeDispute: async (_, disputeId, result) => hands.closeDispute(disputeId, result),
    async loseNext(call, fault) {
      if (isFault(fault)) failNext(callOf[call], fault);
    },
    moved: async (accountId) =>
      movements().flatMap((moved) =>
        moved.accountId === accountId && (moved.kind === 'charge' || moved.kind === 'refund')
          ? [{ kind: moved.kind, minor: moved.amount.minor, fee: moved.fee.minor }]
          : [],
      ),
    close: async () => undefined,
  };
}

describeShopProvider('the twin', ['lost_before', 'lost_after'], async () =>
  underTest(createMemoryShopProvider({ clock })),
);

describe('the shops’ twin', () => {
  it('tells what happened since it was last asked, of which account', async () => {
    const { shopProvider, hands, takeEvents } = createMemoryShopProvider({ clock });
    const opened = await shopProvider.onboardMerchant({
      shop: { id: 'shp_1', name: 'Joe’s', country: 'US' },
      returnUrl: 'https://tender.test',
      refreshUrl: 'https://tender.test',
    });
    if (opened.kind !== 'done') throw new Error('not opened');
    const { accountId } = opened;
    hands.finishOnboarding(accountId);
    const { customerId, instrumentId } = hands.saveCard(accountId, 'pm_card_visa');
    const charged = await shopProvider.chargeSavedCard({
      orderId: 'ord_1',
      number: 'AAA-111',
      attempt: 1,
      accountId,
      total: money(1000, 'USD'),
      fee: money(10, 'USD'),
      customerId,
      instrumentId,
      returnUrl: 'https://tender.test',
    });
    if (charged.kind !== 'done') throw new Error('not charged');
    hands.refundByHand(charged.intentId, money(100, 'USD'));
    const about = takeEvents().map((event) =>
      event.kind === 'shop_event' && event.accountId === accountId ? event.about.kind : event.kind,
    );
    expect(about).toEqual(['merchant_changed', 'charge_changed', 'refund_changed']);
    expect(takeEvents()).toEqual([]);
  });
});
