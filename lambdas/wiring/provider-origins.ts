// The origins of the pages that the provider shows to people.

/**
 * Where forms may lead. Checkout, 3-D Secure and onboarding live on Stripe's own hosts. What stands in for its API may be
 * a proxy in front of Stripe, or of a stand-in at another port of this machine.
 */
export function providerOrigins(stripeApiUrl: string): string[] {
  const stripe = 'https://*.stripe.com';
  const { origin } = new URL(stripeApiUrl);
  if (origin === 'https://api.stripe.com') return [stripe];
  return [origin, stripe, 'http://localhost:*', 'http://127.0.0.1:*'];
}
