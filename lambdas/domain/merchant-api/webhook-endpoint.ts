// A webhook endpoint: where a merchant wants to hear of events, and the secrets that prove that it was us who told.
import type { ShopId } from '../shops/shop.ts';
import type { MerchantEventType } from './merchant-event.ts';

export type EndpointId = `whe_${string}`;

/** `gone`: it said so (410). `failing`: nothing got through for days. */
export type DisabledBecause = 'merchant' | 'gone' | 'failing';

export interface WebhookEndpoint {
  readonly id: EndpointId;
  readonly version: number;
  readonly shopId: ShopId;
  readonly url: string;
  readonly description?: string;
  /** None means all. */
  readonly eventTypes: readonly MerchantEventType[];
  /** As Standard Webhooks writes it: `whsec_` and base64. */
  readonly secret: string;
  /** What it was before it was rolled; signs beside the new one until then. */
  readonly previousSecret?: { readonly secret: string; readonly validUntilMs: number };
  readonly disabledBecause?: DisabledBecause;
  /** Since when nothing has got through; gone with the first success. */
  readonly failingSinceMs?: number;
  readonly createdAtMs: number;
}

export const mostEndpoints = 16;

/** Of a token's 256 random bits; the specification asks for 192 to 512. */
export function endpointSecret(token: string): string {
  const base64 = token.replaceAll('-', '+').replaceAll('_', '/');
  return `whsec_${base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')}`;
}

/** The newest first; more than one while a secret rolls. */
export function secretsOf(
  endpoint: Pick<WebhookEndpoint, 'secret' | 'previousSecret'>,
  nowMs: number,
): string[] {
  const { previousSecret } = endpoint;
  return previousSecret !== undefined && nowMs < previousSecret.validUntilMs
    ? [endpoint.secret, previousSecret.secret]
    : [endpoint.secret];
}

export function wants(endpoint: WebhookEndpoint, type: MerchantEventType): boolean {
  if (endpoint.disabledBecause !== undefined) return false;
  return endpoint.eventTypes.length === 0 || endpoint.eventTypes.includes(type);
}

/** Why a URL cannot be an endpoint, as far as its text tells. */
export function whyNotAUrl(
  text: string,
  { isLocal }: { readonly isLocal: boolean },
): string | undefined {
  if (!URL.canParse(text)) return 'It is not a URL.';
  const url = new URL(text);
  const isPlain = url.protocol === 'http:' && isLocal;
  if (url.protocol !== 'https:' && !isPlain) return 'It must begin with https://.';
  if (url.username !== '' || url.password !== '') return 'It must not hold a user or a password.';
  if (url.hash !== '') return 'It must not have a fragment.';
  return undefined;
}
