// Makes the Stripe SDK's client: version pinned, patience and retries named, pointed wherever STRIPE_API_URL says.
import { Stripe } from 'stripe';

/** Gives the client for the key that is valid now. */
export type StripeClient = () => Promise<Stripe>;

/** The API version whose words every file here speaks; the SDK's types are of the same one. */
const API_VERSION = '2026-10-28.endive';

/** One call ends, at the worst, after two timeouts and the SDK's pause between: inside an HTTP API's 30 s. */
const TIMEOUT_MS = 8000;

/** Safe to repeat because every call that could move money carries a key derived from our own ids. */
const MAX_NETWORK_RETRIES = 1;

export interface StripeClientOptions {
  /** Asked before each call, so that a rolled key needs no deploy; must be cached by whoever gives it. */
  readonly secretKey: () => Promise<string>;
  /** Origin only, such as `http://localhost:3002`; Stripe's own when absent. */
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
  readonly maxNetworkRetries?: number;
}

/** Keeps one client, and with it its warm connections, as long as the key stays the same. */
export function createStripeClient(options: StripeClientOptions): StripeClient {
  const config = {
    apiVersion: API_VERSION,
    timeout: options.timeoutMs ?? TIMEOUT_MS,
    maxNetworkRetries: options.maxNetworkRetries ?? MAX_NETWORK_RETRIES,
    telemetry: false,
    ...endpointOf(options.apiUrl),
  } as const;
  let current: { readonly key: string; readonly stripe: Stripe } | undefined;
  return async () => {
    const key = await options.secretKey();
    if (current?.key !== key) current = { key, stripe: new Stripe(key, config) };
    return current.stripe;
  };
}

function endpointOf(apiUrl: string | undefined) {
  if (apiUrl === undefined) return {};
  const url = new URL(apiUrl);
  const isHttp = url.protocol === 'http:';
  if ((!isHttp && url.protocol !== 'https:') || url.pathname !== '/') {
    throw new Error(
      `STRIPE_API_URL must be an http(s) origin without a path: ${url.origin}${url.pathname}`,
    );
  }
  return {
    // Node's http takes IPv6 hosts without their brackets.
    host: url.hostname.replace(/^\[|\]$/gu, ''),
    port: url.port === '' ? (isHttp ? 80 : 443) : Number(url.port),
    protocol: isHttp ? 'http' : 'https',
  } as const;
}
