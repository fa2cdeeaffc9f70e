// Stripe keeps the provider's promises to shops: the real SDK against the stand-in, which refuses what Stripe would refuse.
import { describeShopProvider } from '../../contracts/shop-provider.ts';
import { openStripeShopUnderTest } from './shop-under-test.ts';

const faults = [
  'timeout_before',
  'timeout_after',
  'drop_before',
  'drop_after',
  'cut_body',
  'error_500_before',
  'error_500_after',
  'rate_limit_429',
];

describeShopProvider('Stripe', faults, openStripeShopUnderTest);
