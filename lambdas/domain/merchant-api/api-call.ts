// What is kept of a call with an Idempotency-Key, for ever.
import type { ShopId } from '../shops/shop.ts';

export interface ApiCall {
  readonly shopId: ShopId;
  /** As the merchant chose it; theirs alone. */
  readonly key: string;
  readonly version: number;
  /** One-way, of the method, the path and the body. */
  readonly fingerprint: string;
  /** When somebody last began to do it. */
  readonly startedAtMs: number;
  /** There once it is done. */
  readonly answer?: ApiAnswer;
}

export interface ApiAnswer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}
